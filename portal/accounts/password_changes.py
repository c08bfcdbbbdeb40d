"""A new password: by a link for one who has forgotten it, or by the signed-in person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from emails import messages
from portal.accounts import attempts, services, sessions
from portal.accounts.models import Account, AccountStatus
from portal.accounts.rules import check_email
from portal.core import audit, jobs, links, outbox
from portal.core.db import db, transaction
from portal.core.errors import N_, RuleBroken
from portal.core.jobs import Job

RESET = "account.password"
RESET_JOB = "accounts.password_reset"
VALID = timedelta(minutes=60)


def ask_for_reset(email: str, network: str) -> None:
    """The same work and the same answer whether or not the address has an account: the worker sends what there is.

    Raises when it is no address at all: that tells nothing of anybody.
    """
    check_email(email)
    attempts.take((attempts.RESET_BY_NETWORK, network))
    account = services.find_by_email(email)
    jobs.enqueue(RESET_JOB, {"account": account.id if account else uuid4()}, by=None)


def send_reset(job: Job, report: Callable[[int], None]) -> None:
    """The worker's part; repeated it sends nothing twice."""
    once = f"password-reset:{job.id}"
    with transaction():
        account = db.session.get(Account, UUID(job.args["account"]))
        posted = db.session.scalar(select(outbox.OutboxMessage.id).where(outbox.OutboxMessage.once == once))
        if account is None or posted:
            return
        if not attempts.is_allowed(attempts.RESET_BY_ACCOUNT, account.id):
            return
        if account.status == AccountStatus.INVITED:
            services.send_invitation(account)
        elif account.is_active:
            token = links.issue(RESET, account.id, VALID)
            minutes = int(VALID.total_seconds()) // 60
            message = messages.password_reset(outbox.site(), account.email, account.language, token, minutes)
            outbox.post(message, once=once)


def find(token: str) -> Account | None:
    """The account a link gives a new password; None when the link no longer works."""
    account_id = links.find(RESET, token)
    account = services.get(account_id) if account_id else None
    return account if account is not None and account.is_active else None


def reset(token: str, password_hash: str) -> None:
    """Use the link up. Every session ends."""
    account_id = links.use(RESET, token)
    account = services.get(account_id) if account_id else None
    if account is None or not account.is_active:
        raise RuleBroken(N_("This link has been used or is too old. Ask for a new one."))
    change(account, password_hash)


def change(account: Account, password_hash: str) -> None:
    """Set the password, end every session and every link to a new password, and tell the owner by mail."""
    account.password_hash = password_hash
    links.end_all(RESET, account.id)
    sessions.end_all(account)
    audit.record("account.password_changed", "account", account.id, by=account.id)
    message = messages.password_changed(outbox.site(), account.email, account.language)
    outbox.post(message, once=f"password-changed:{uuid4()}")
