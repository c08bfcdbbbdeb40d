"""Accounts, their sessions and second factor. One role an account, one company a member, a unique e-mail address."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.access import Role
from portal.core.db import Id, Instant, Line, Model, Short

NO_SESSION: Any = None


class AccountStatus(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"


S = AccountStatus
NEXT: dict[AccountStatus, frozenset[AccountStatus]] = {
    S.INVITED: frozenset({S.ACTIVE, S.DEACTIVATED}),
    S.ACTIVE: frozenset({S.DEACTIVATED}),
    S.DEACTIVATED: frozenset({S.ACTIVE, S.INVITED}),
}


class Account(Model):
    """`email` is kept in lower case. `company_id` is set for owners and recruiters only."""

    email: Mapped[Line] = mapped_column(unique=True)
    display_name: Mapped[Line]
    sort_key: Mapped[Line]
    role: Mapped[Short]
    status: Mapped[Short] = mapped_column(default=AccountStatus.INVITED)
    company_id: Mapped[Id | None] = mapped_column(ForeignKey("company.id"), index=True)
    language: Mapped[Short] = mapped_column(default="fi")
    password_hash: Mapped[str | None]
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed for this account
    totp_last_step: Mapped[int] = mapped_column(default=0)
    second_factor_since: Mapped[Instant | None]
    created_at: Mapped[Instant]
    deactivated_at: Mapped[Instant | None]
    reopened_at: Mapped[Instant | None]  # the last time it was opened again after that
    first_steps_away_at: Mapped[Instant | None]  # when the first steps on the start page were put away
    version: Mapped[int] = mapped_column(default=1)

    # what Flask-Login asks
    is_authenticated = True
    is_anonymous = False
    must_pass_second_factor = False  # set on the loaded object from its session
    session_id = NO_SESSION  # the id of the database session it was loaded through
    session_token = ""  # what the cookie holds for it

    def get_id(self) -> str:
        return self.session_token

    @property
    def is_active(self) -> bool:
        return self.status == AccountStatus.ACTIVE

    @property
    def is_member(self) -> bool:
        return self.role in (Role.OWNER, Role.RECRUITER)


class Session(Model):
    """One sign-in on one device. The cookie holds a token whose hash stands here; it rotates with each step up."""

    __tablename__ = "account_session"

    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    second_factor_at: Mapped[Instant | None]
    device: Mapped[Line] = mapped_column(default="")
    ended_at: Mapped[Instant | None]


class RecoveryCode(Model):
    __tablename__ = "recovery_code"

    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[Instant | None]


class Attempt(Model):
    """A failed sign-in, as keyed hashes of account and network address; kept 24 hours."""

    __tablename__ = "sign_in_attempt"

    key: Mapped[str] = mapped_column(index=True)
    at: Mapped[Instant] = mapped_column(index=True)


class EmailChange(Model):
    """A new address, confirmed at both the old and the new one before it holds."""

    __tablename__ = "email_change"

    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    new_email: Mapped[Line]
    asked_at: Mapped[Instant]
    old_confirmed_at: Mapped[Instant | None]
    new_confirmed_at: Mapped[Instant | None]
    done_at: Mapped[Instant | None]
