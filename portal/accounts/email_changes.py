"""A new e-mail address holds when both the old and the new one have confirmed it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from emails import messages
from portal.accounts import services
from portal.accounts.models import Account, EmailChange
from portal.core import audit, clock, links, outbox
from portal.core.db import db
from portal.core.errors import N_, RuleBroken

VALID = timedelta(hours=24)
PURPOSES = {"old": "account.email_old", "new": "account.email_new"}
GONE = N_("This link has been used or is too old. Start the change again in your account.")


def waiting_of(account: Account) -> EmailChange | None:
    """The change that still waits to be confirmed."""
    return db.session.scalar(
        select(EmailChange)
        .where(EmailChange.account_id == account.id, EmailChange.done_at.is_(None))
        .where(EmailChange.asked_at > clock.now() - VALID)
    )


def ask(account: Account, new_email: str) -> None:
    """Send a link to each address. One that has an account already gets none, and nobody learns of it."""
    if new_email == account.email:
        raise RuleBroken(N_("This is your address already. Write the new one."), field="email")
    cancel(account)
    change = EmailChange(account_id=account.id, new_email=new_email, asked_at=clock.now())
    db.session.add(change)
    hours, site = int(VALID.total_seconds()) // 3600, outbox.site()
    old, new = (links.issue(PURPOSES[side], change.id, VALID) for side in ("old", "new"))
    outbox.post(messages.email_change_old(site, account.email, account.language, old, hours), once=f"email:{uuid4()}")
    if services.find_by_email(new_email) is None:
        outbox.post(messages.email_change_new(site, new_email, account.language, new, hours), once=f"email:{uuid4()}")
    audit.record("account.email_change_asked", "account", account.id)


def cancel(account: Account) -> None:
    """Forget the change that waits, with its links."""
    for change in db.session.scalars(
        select(EmailChange).where(EmailChange.account_id == account.id, EmailChange.done_at.is_(None))
    ):
        for purpose in PURPOSES.values():
            links.end_all(purpose, change.id)
        db.session.delete(change)


def find(side: str, token: str) -> EmailChange | None:
    """The change a link confirms; None when it no longer works."""
    change_id = links.find(PURPOSES[side], token)
    return db.session.get(EmailChange, change_id) if change_id else None


def confirm(side: str, token: str) -> bool:
    """Confirm one side; True when the new address now holds."""
    change_id = links.use(PURPOSES[side], token)
    change = db.session.get(EmailChange, change_id, with_for_update=True) if change_id else None
    if change is None:
        raise RuleBroken(GONE)
    if side == "old":
        change.old_confirmed_at = clock.now()
    else:
        change.new_confirmed_at = clock.now()
    if change.old_confirmed_at is None or change.new_confirmed_at is None:
        return False
    account = services.get(change.account_id)
    _move(account, change.new_email)
    change.done_at = clock.now()
    audit.record("account.email_changed", "account", account.id, by=account.id)
    return True


def _move(account: Account, email: str) -> None:
    """An address belongs to one account; the database says so when two move at once."""
    try:
        with db.session.begin_nested():
            account.email = email
            account.version += 1
    except IntegrityError:
        raise RuleBroken(N_("This address cannot be taken into use. Choose another one in your account.")) from None
