"""The password step: the same answer after the same work, whether or not an address has an account."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from portal.accounts import attempts, passwords, services
from portal.accounts.models import Account
from portal.accounts.rules import normal_email
from portal.core import edge
from portal.core.db import db, transaction
from portal.core.errors import N_, RuleBroken


class OwnPassword(Protocol):
    """A form that asks for the present password."""

    current: Any
    once: Any


WRONG = N_("The e-mail address or the password is wrong. Check both and try again.")


def check_password(email: str, password: str, network: str) -> Account:
    """The account these belong to. Ends the transaction that is open, since hashing takes time; raises when wrong."""
    email = normal_email(email)
    taken = attempts.reserve((attempts.PASSWORD_BY_ACCOUNT, email), (attempts.PASSWORD_BY_NETWORK, network))
    account = services.find_by_email(email)
    password_hash = account.password_hash if account is not None and account.is_active else None
    db.session.rollback()
    if passwords.is_right(password_hash, password):
        forgive(taken)
        account = services.find_by_email(email)
        if account is not None and account.is_active and account.password_hash == password_hash:
            return account
    raise RuleBroken(WRONG)


def check_own_password(account: Account, form: OwnPassword) -> None:
    """Ask the signed-in person again before something weighty; the same limit counts. Ends the open transaction.

    The form's key, which went with it, is taken again in the next one.
    """
    account_id, email, password_hash = account.id, account.email, account.password_hash
    taken = attempts.reserve((attempts.PASSWORD_BY_ACCOUNT, email))
    if not passwords.is_right(password_hash, form.current.data):
        raise RuleBroken(N_("The password is wrong. Write your present password."), field="current")
    forgive(taken)
    edge.claim_once(str(form.once.data))
    if services.get(account_id).password_hash != password_hash:
        raise RuleBroken(N_("Your password was changed meanwhile. Sign in again."), field="current")


def forgive(taken: list[UUID]) -> None:
    """At once: what a view does next may end the transaction again, and a right password never counts."""
    with transaction():
        attempts.forgive(taken)
