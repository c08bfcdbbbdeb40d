"""Accounts: looking them up, and making them. The other verbs stand in modules named by their noun."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.accounts import passwords, second_factors
from portal.accounts.models import Account, AccountStatus
from portal.accounts.rules import normal_email
from portal.core import audit, clock
from portal.core.access import Role
from portal.core.db import db, sort_key
from portal.core.errors import NotFound


def get(account_id: UUID) -> Account:
    """Raises `NotFound`."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def find_by_email(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email == normal_email(email)))


def names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of these accounts in one statement; an unknown id is left out."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {account_id: name for account_id, name in rows}


def staff(role: Role | str) -> list[Account]:
    """The active accounts of a role, by name."""
    return _active(Account.role == str(role))


def members_of(company_id: UUID) -> list[Account]:
    """The active members of a company, by name."""
    return _active(Account.company_id == company_id)


def _active(condition: object) -> list[Account]:
    query = select(Account).where(Account.status == AccountStatus.ACTIVE, condition)  # type: ignore[arg-type]
    return list(db.session.scalars(query.order_by(Account.sort_key, Account.id)))


def new_account(
    email: str, display_name: str, role: Role | str, company_id: UUID | None = None, language: str = "fi"
) -> Account:
    """An account that is invited and has no password yet; added to the session."""
    account = Account(
        email=normal_email(email),
        display_name=display_name,
        sort_key=sort_key(display_name),
        role=str(role),
        status=AccountStatus.INVITED,
        company_id=company_id,
        language=language,
        created_at=clock.now(),
    )
    db.session.add(account)
    return account


def create(
    email: str,
    display_name: str,
    role: Role | str,
    company_id: UUID | None = None,
    language: str = "fi",
    password: str | None = None,
    totp_secret: str | None = None,
) -> Account:
    """An active account, for seeds: with a password, and a second factor when its secret (base32) is given."""
    account = new_account(email, display_name, role, company_id, language)
    account.status = AccountStatus.ACTIVE
    account.password_hash = passwords.hashed(password) if password else None
    if totp_secret:
        second_factors.keep_secret(account, totp_secret)
    audit.record("account.created", "account", account.id, facts={"role": account.role})
    return account
