"""The outbox: a message is rendered when posted, in the same transaction as its cause, sealed, and blanked once sent.

Claims are short leases; SMTP runs between two transactions, so several workers may run. A message is sent at least
once with a stable Message-ID. A row may name a registered check that is asked again at sending.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import LargeBinary, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from emails.message import Message
from emails.messages import Site
from emails.transport import NotSent, SafeMail, send
from portal.core import audit, clock, mailbox, sweep, vault
from portal.core.db import Instant, Json, Line, Model, Short, begin_to_read, db, is_sqlite, transaction
from portal.core.errors import N_, NotFound, RuleBroken

log = logging.getLogger("portal.outbox")

LEASE = timedelta(minutes=5)  # longer than a mail server may keep us waiting, step by step
TURN = timedelta(seconds=20)  # for one round of sending, before the worker's other work has its turn
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)]
IN_ONE_STATEMENT = 1000
CANDIDATE = "candidate"  # among the arguments of the check: whose key sealed the message

checks: dict[str, Callable[[dict[str, Any]], bool]] = {}
"""Named checks asked again at sending; filled from the features' `outbox_checks`."""


class OutboxStatus(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    FAILED = "failed"


class OutboxMessage(Model):
    """`sealed` holds address and words until sent. `once` makes posting it twice harmless."""

    __tablename__ = "outbox_message"

    once: Mapped[Line] = mapped_column(unique=True)
    kind: Mapped[Short]
    language: Mapped[Short]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    due_at: Mapped[Instant] = mapped_column(index=True)
    check_name: Mapped[Short | None]
    check_args: Mapped[Json | None]
    status: Mapped[Short] = mapped_column(default=OutboxStatus.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[Instant | None]
    posted_at: Mapped[Instant]
    sent_at: Mapped[Instant | None]
    message_id: Mapped[Line]
    trouble: Mapped[Short] = mapped_column(default="")


vault.register_sealed_column(OutboxMessage, "sealed", mailbox.CONTEXT)


def site() -> Site:
    config = current_app.extensions["config"]
    return Site(config.base_url, config.host, config.reply_to, config.phone)


def post(
    message: Message,
    *,
    once: str,
    due_at: datetime | None = None,
    check: tuple[str, dict[str, Any]] | None = None,
    candidate_id: UUID | None = None,
) -> UUID:
    """Put a message into the outbox; the second posting of the same `once` does nothing. Returns the id it was given.

    A message to a candidate names the candidate: it is sealed with that key, and dies with it.
    """
    row_id = uuid4()
    args = {**(check[1] if check else {}), **({CANDIDATE: str(candidate_id)} if candidate_id else {})}
    put = (sqlite.insert if is_sqlite() else postgresql.insert)(OutboxMessage).values(
        id=row_id,
        once=once,
        kind=message.kind,
        language=message.language,
        sealed=mailbox.seal(message, candidate_id),
        due_at=due_at or clock.now(),
        check_name=check[0] if check else None,
        check_args=args or None,
        status=OutboxStatus.WAITING,
        attempts=0,
        posted_at=clock.now(),
        message_id=f"<{row_id}@{message.domain or current_app.extensions['config'].hostname}>",
        trouble="",
    )
    db.session.execute(put.on_conflict_do_nothing(index_elements=["once"]))
    return row_id


def posted(onces: Collection[str]) -> set[str]:
    """Which of these have been posted, sent or not."""
    wanted = list(onces)
    some = (wanted[start : start + IN_ONE_STATEMENT] for start in range(0, len(wanted), IN_ONE_STATEMENT))
    each = (db.session.scalars(select(OutboxMessage.once).where(OutboxMessage.once.in_(part))) for part in some)
    return {once for found in each for once in found}


def withdraw(once: str) -> bool:
    """Take back a message that was not sent yet. False when it may leave all the same: a worker holds it just now, or
    has sent it.
    """
    row = db.session.scalar(select(OutboxMessage).where(OutboxMessage.once == once).with_for_update())
    if row is None or row.status != OutboxStatus.WAITING:
        return row is None or row.status != OutboxStatus.SENT
    row.status, row.sealed = OutboxStatus.REFUSED, None
    return row.leased_until is None or row.leased_until <= clock.now()


def send_again(message_id: UUID) -> None:
    """Let a message that failed wait anew, as it was. Raises `NotFound` and `RuleBroken`."""
    row = db.session.scalar(select(OutboxMessage).where(OutboxMessage.id == message_id).with_for_update())
    if row is None:
        raise NotFound
    if row.status != OutboxStatus.FAILED:
        raise RuleBroken(N_("This message has not failed. Open the list again to see how it stands."))
    row.status, row.due_at, row.attempts, row.leased_until = OutboxStatus.WAITING, clock.now(), 0, None
    audit.record("outbox.sent_again", "outbox_message", row.id)


def forget(message_ids: Iterable[UUID]) -> None:
    """Delete rows altogether, sent or not: the person they went to is erased."""
    db.session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(list(message_ids))))


def forget_about(ids: Collection[UUID]) -> int:
    """Delete what has not left yet and is about one of these: a message's `once` names what it is about."""
    names = {str(each) for each in ids}
    unsent = db.session.execute(select(OutboxMessage.id, OutboxMessage.once).where(OutboxMessage.sealed.is_not(None)))
    found = [row.id for row in unsent if names & set(row.once.split(":"))]
    if not sweep.is_dry():
        forget(found)
    return len(found)


# --- sending, by the worker alone ----------------------------------------------


@dataclass(frozen=True)
class Claim:
    row_id: UUID
    message: Message | None
    message_id: str


def send_due(limit: int = 50) -> int:
    """Send what is due; returns how many left. A server that is slow or takes nothing holds up no other work: after
    `TURN`, or when it turns out to be closed, the rest waits for the next round.
    """
    sent, end = 0, time.monotonic() + TURN.total_seconds()
    for _ in range(limit):
        claim = take_one()
        if claim is None or (left := deliver(claim)) is None:
            break
        sent += left
        if time.monotonic() >= end:
            break
    return sent


def take_one() -> Claim | None:
    """Lease the oldest due message in a short transaction; refused checks end it here."""
    with transaction():
        now = clock.now()
        query = (
            select(OutboxMessage)
            .where(OutboxMessage.status == OutboxStatus.WAITING, OutboxMessage.due_at <= now)
            .where(or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until < now))
            .order_by(OutboxMessage.due_at, OutboxMessage.id)
            .limit(1)
        )
        if transport() is None:
            return None
        row = db.session.scalar(query if is_sqlite() else query.with_for_update(skip_locked=True))
        if row is None:
            return None
        row.attempts += 1
        return prepare(row, now)


def prepare(row: OutboxMessage, now: datetime) -> Claim:
    """The row's message under a lease; without a message when its check refuses or it cannot be made ready."""
    nothing = Claim(row.id, None, row.message_id)
    try:
        with db.session.begin_nested():
            allowed = still_allowed(row)
        message = mailbox.unseal(row.sealed or b"", addressee(row)) if allowed else None
    except Exception as fault:  # whatever it is, those behind it in line must not wait for it
        log.exception("message not ready", extra={"event": "outbox.not_ready", "id": str(row.id)})
        postpone(row, NotSent(type(fault).__name__))
        return nothing
    if message is None:
        row.status, row.sealed = OutboxStatus.REFUSED, None
        log.info("message refused by its check", extra={"event": "outbox.refused", "id": str(row.id)})
        return nothing
    row.leased_until = now + LEASE
    return Claim(row.id, message, row.message_id)


def addressee(row: OutboxMessage) -> UUID | None:
    """The candidate it was sealed for, if any."""
    named = (row.check_args or {}).get(CANDIDATE)
    return UUID(named) if named else None


def still_allowed(row: OutboxMessage) -> bool:
    if row.check_name is None:
        return True
    check = checks.get(row.check_name)
    return check is not None and check(row.check_args or {})


def deliver(claim: Claim) -> int | None:
    """Send between two transactions and record what came of it; returns how many left, None from a closed server."""
    if claim.message is None:
        return 0
    begin_to_read()
    db.session.rollback()
    try:
        transport_send(claim.message, claim.message_id)
    except Exception as fault:  # what no transport foresees counts as not sent, and says its kind only
        error = fault if isinstance(fault, NotSent) else NotSent(type(fault).__name__)
        with transaction():
            postpone(locked(claim.row_id), error)
        return None if error.closed else 0
    with transaction():
        row = locked(claim.row_id)
        row.status, row.sent_at, row.sealed, row.leased_until = OutboxStatus.SENT, clock.now(), None, None
        row.trouble = ""
    return 1


def locked(row_id: UUID) -> OutboxMessage:
    return db.session.scalars(select(OutboxMessage).where(OutboxMessage.id == row_id).with_for_update()).one()


def postpone(row: OutboxMessage, error: NotSent) -> None:
    """Wait longer each time; one that was taken back meanwhile stays so."""
    if row.status != OutboxStatus.WAITING:
        return
    row.leased_until = None
    row.trouble = error.reason[:40]
    if error.final or row.attempts > len(WAITS):
        row.status = OutboxStatus.FAILED  # kept sealed, so that an administrator can send it again
    else:
        row.due_at = clock.now() + WAITS[row.attempts - 1]
    log.warning("message not sent", extra={"event": "outbox.not_sent", "id": str(row.id), "reason": error.reason})


Transport = Callable[[Message, str], None]


def transport() -> Transport | None:
    """SMTP when configured, else the demo mailbox, else nothing: messages wait."""
    mail: SafeMail | None = current_app.extensions["smtp"]
    config = current_app.extensions["config"]
    if mail is not None:
        return lambda message, message_id: send(mail, message, message_id, config.reply_to)
    return mailbox.keep if current_app.extensions["demo"]() else None


def transport_send(message: Message, message_id: str) -> None:
    leave = transport()
    if leave is None:
        raise NotSent("no mail server")
    leave(message, message_id)


def oldest_unsent() -> datetime | None:
    """When the oldest message that should have left was due; for `/readyz`."""
    query = select(func.min(OutboxMessage.due_at)).where(
        OutboxMessage.status == OutboxStatus.WAITING, OutboxMessage.due_at <= clock.now()
    )
    return db.session.scalar(query)
