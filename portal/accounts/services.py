"""Accounts: looking them up, and making them. The other verbs stand in modules named by their noun."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError

from emails import messages
from portal.accounts import attempts, passwords, second_factors
from portal.accounts.models import Account, AccountStatus
from portal.accounts.rules import normal_email
from portal.core import audit, clock, links, outbox, settings
from portal.core.access import Role
from portal.core.db import db, sort_key
from portal.core.errors import N_, NotFound

INVITATION = "account.invitation"
INVITATION_DAYS = settings.declare(
    "account.invitation_days", 7, N_("An invitation to an account is valid, days"), 1, 30
)


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
    return {row.id: row.display_name for row in rows}


def staff(role: Role | str) -> list[Account]:
    """The active accounts of a role, by name."""
    return _active(Account.role == str(role))


def members_of(company_id: UUID) -> list[Account]:
    """The active members of a company, by name."""
    return _active(Account.company_id == company_id)


def _active(condition: ColumnElement[bool]) -> list[Account]:
    query = select(Account).where(Account.status == AccountStatus.ACTIVE, condition)
    return list(db.session.scalars(query.order_by(Account.sort_key, Account.id)))


def sort_key_of(display_name: str, account_id: UUID) -> str:
    """Sorts by name and is unique, so that a list can be paged by it."""
    return f"{sort_key(display_name)[:250]} {account_id.hex}"


def new_account(
    email: str, display_name: str, role: Role | str, company_id: UUID | None = None, language: str = "fi"
) -> Account:
    """An account that is invited and has no password yet; added to the session."""
    account_id = uuid4()
    account = Account(
        id=account_id,
        email=normal_email(email),
        display_name=display_name,
        sort_key=sort_key_of(display_name, account_id),
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
    *,
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


def invite(
    email: str,
    display_name: str,
    role: Role | str,
    company_id: UUID | None = None,
    language: str = "fi",
    *,
    by: Account | None = None,
) -> Account:
    """Invite somebody by mail. Where the address is taken nobody is told but its owner: show nothing of what returns.

    An invitation that was not accepted is sent again, as it was; an account in use gets a note that it exists.
    """
    account = find_by_email(email)
    if account is None:
        account = _new_or_anothers(email, display_name, role, company_id, language)
        facts = {"role": account.role}
        audit.record("account.invited", "account", account.id, facts=facts, by=by.id if by else None)
    if not attempts.is_allowed(attempts.INVITATION_BY_ACCOUNT, account.id):
        return account
    if account.status == AccountStatus.INVITED:
        send_invitation(account)
    elif account.is_active:
        message = messages.account_known(outbox.site(), account.email, account.language)
        outbox.post(message, once=f"account-known:{uuid4()}")
    return account


def _new_or_anothers(email: str, *values: Any) -> Account:
    """A new account, or the one that another request has just made for this address."""
    try:
        with db.session.begin_nested():
            return new_account(email, *values)
    except IntegrityError:
        return db.session.scalars(select(Account).where(Account.email == normal_email(email))).one()


def send_invitation(account: Account) -> None:
    """A new link by mail; the one sent before ends."""
    days = settings.number(INVITATION_DAYS)
    token = links.issue(INVITATION, account.id, timedelta(days=days))
    message = messages.account_invitation(outbox.site(), account.email, account.language, token, days)
    outbox.post(message, once=f"account-invitation:{uuid4()}")
