"""Reaching a candidate: a call is the rule, and comes back as a task; a message only inside the safe-contact plan.

A message is a fixed neutral text, sealed with the candidate's key until it leaves. The plan is asked again when it is
sent; whatever does not leave becomes a task for the officer (design: P7).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, select

from emails import messages
from emails.message import Message
from portal.accounts.models import Account
from portal.candidates import reach, rules, sealing
from portal.candidates.models import Candidate, CandidateStatus, ContactMessage
from portal.candidates.values import Identity, Note, SafeContact
from portal.core import audit, clock, outbox
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.core.keystore import KeyGone
from portal.core.outbox import OutboxMessage, OutboxStatus

CHECK = "safe_contact"
OVER = (CandidateStatus.CLOSED, CandidateStatus.ERASED)
UNSENT = (OutboxStatus.REFUSED, OutboxStatus.FAILED)


def record(candidate_id: UUID, outcome: str, text: str, call_on: date | None, by: Account) -> None:
    """What came of a call or a meeting: a sealed note and the day of the next call. Unsent messages are dealt with."""
    row = reach.load(candidate_id, by, lock=True)
    rules.check_contact(outcome, call_on, clock.today())
    sealing.seal_note(row.id, Note(clock.now(), by.id, text, outcome))
    row.call_on = call_on
    for each in unsent([row.id]):
        each.handled_at = clock.now()
    said = {"outcome": outcome, "call_on": call_on}
    audit.record("contact.made", "candidate", row.id, candidate_ids=[row.id], facts=said)


@dataclass(frozen=True)
class Offer:
    """What could be sent now: the texts as they would read, and when one would leave."""

    sender: str
    previews: dict[str, Message]
    leaves_at: datetime


def neutral_sender() -> str:
    return str(current_app.extensions["config"].neutral_sender)


def offer(candidate: Candidate) -> Offer:
    """For the officer to choose from; neither address nor name is in it. Raises `RuleBroken` outside the plan."""
    who = sealing.open_identity(candidate.id)
    check(candidate, who)
    plan = who.safe_contact
    return Offer(
        neutral_sender(),
        {text: written(plan, text, "") for text in rules.texts_allowed(plan)},
        rules.leaves_at(plan, clock.now()),
    )


def check(candidate: Candidate, who: Identity) -> None:
    rules.check_may_send(
        who.safe_contact,
        is_open=candidate.status not in OVER,
        has_address=bool(who.email),
        has_sender=bool(neutral_sender()),
    )


def refusal(candidate: Candidate, plan: SafeContact) -> RuleBroken | None:
    """Why nothing may be sent, as far as the plan says; for a page that opens no identity."""
    try:
        rules.check_may_send(plan, is_open=candidate.status not in OVER, has_address=True, has_sender=True)
    except RuleBroken as why:
        return why
    return None


def written(plan: SafeContact, text: str, to: str) -> Message:
    return messages.contact(neutral_sender(), to, plan.language, text, plan.message_words)


def post(candidate_id: UUID, text: str, by: Account) -> datetime:
    """Post one of the plan's texts; returns when it leaves."""
    row = reach.load(candidate_id, by, lock=True)
    who = sealing.open_identity(row.id)
    check(row, who)
    if text not in rules.texts_allowed(who.safe_contact):
        raise RuleBroken(N_("Choose what the message says."), field="text")
    if waiting_one(row.id) is not None:
        raise RuleBroken(N_("A message waits already. Take it back first, if another should go."))
    due_at = rules.leaves_at(who.safe_contact, clock.now())
    message = ContactMessage(candidate_id=row.id, text=text, posted_by_id=by.id, posted_at=clock.now(), due_at=due_at)
    message.outbox_id = outbox.post(
        written(who.safe_contact, text, who.email),
        once=f"contact:{message.id}",
        due_at=due_at,
        check=(CHECK, {"message": str(message.id), "plan": who.safe_contact.version, "identity": who.version}),
        candidate_id=row.id,
    )
    db.session.add(message)
    audit.record("message.posted", "candidate", row.id, candidate_ids=[row.id], facts={"text": text, "due_at": due_at})
    return due_at


def take_back(candidate_id: UUID, by: Account) -> None:
    """The message that waits does not leave. Raises `NotFound` when none waits, `RuleBroken` when it is on its way."""
    row = reach.load(candidate_id, by, lock=True)
    message = waiting_one(row.id)
    if message is None:
        raise NotFound
    if not outbox.withdraw(f"contact:{message.id}"):
        raise RuleBroken(N_("The message is leaving just now, and it is too late to take it back."))
    message.handled_at = clock.now()
    audit.record("message.taken_back", "candidate", row.id, candidate_ids=[row.id])


def may_leave(args: dict[str, Any]) -> bool:
    """Asked again at sending; a refusal is written down, so that it becomes the officer's task."""
    message = db.session.get(ContactMessage, UUID(args["message"]))
    if message is None or message.handled_at is not None:
        return False
    message.why_not = why_not(message, args["plan"], args["identity"])
    return not message.why_not


def why_not(message: ContactMessage, plan_version: int, identity_version: int) -> str:
    """A code of `words.NOT_SENT`, or nothing when it may leave now."""
    row = db.session.get(Candidate, message.candidate_id)
    if row is None or row.status in OVER:
        return "closed"
    try:
        who = sealing.open_identity(row.id)
    except KeyGone:
        return "closed"
    if who.version != identity_version:
        return "address"
    try:
        rules.check_plan_allows(who.safe_contact)
    except RuleBroken:
        return "plan"
    if who.safe_contact.version != plan_version:
        return "plan"
    return "" if rules.is_within_hours(who.safe_contact, clock.now()) else "hours"


@dataclass(frozen=True)
class Posted:
    """The last message and how it stands."""

    text: str
    posted_at: datetime
    due_at: datetime
    status: str
    sent_at: datetime | None
    why_not: str
    is_handled: bool


def last(candidate_id: UUID) -> Posted | None:
    query = (
        select(ContactMessage, OutboxMessage.status, OutboxMessage.sent_at)
        .join(OutboxMessage, OutboxMessage.id == ContactMessage.outbox_id)
        .where(ContactMessage.candidate_id == candidate_id)
        .order_by(ContactMessage.posted_at.desc(), ContactMessage.id)
        .limit(1)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    message, status, sent_at = found
    why = message.why_not or ("server" if status == OutboxStatus.FAILED else "")
    handled = message.handled_at is not None
    return Posted(message.text, message.posted_at, message.due_at, status, sent_at, why, handled)


def waiting_one(candidate_id: UUID) -> ContactMessage | None:
    return db.session.scalar(_with_status(OutboxStatus.WAITING).where(ContactMessage.candidate_id == candidate_id))


def unsent(candidate_ids: Collection[UUID]) -> Sequence[ContactMessage]:
    """Messages that did not leave and that nobody has dealt with."""
    query = _with_status(*UNSENT).where(ContactMessage.candidate_id.in_(candidate_ids))
    return list(db.session.scalars(query.where(ContactMessage.handled_at.is_(None))))


def _with_status(*statuses: OutboxStatus) -> Any:
    joined = select(ContactMessage).join(OutboxMessage, OutboxMessage.id == ContactMessage.outbox_id)
    return joined.where(OutboxMessage.status.in_(statuses)).order_by(ContactMessage.posted_at)


def of(candidate_id: UUID) -> Sequence[ContactMessage]:
    """Every message, oldest first, for subject access."""
    query = select(ContactMessage).where(ContactMessage.candidate_id == candidate_id)
    return list(db.session.scalars(query.order_by(ContactMessage.posted_at)))


def erase(candidate_id: UUID) -> None:
    """With what waits in the outbox."""
    own = select(ContactMessage.outbox_id).where(ContactMessage.candidate_id == candidate_id)
    outbox.forget(db.session.scalars(own).all())
    db.session.execute(delete(ContactMessage).where(ContactMessage.candidate_id == candidate_id))
