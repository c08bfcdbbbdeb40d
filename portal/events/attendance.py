"""Who was there. Marked by a person; it can be corrected, and completions follow."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.core import audit, clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.events import certificates, rules, seats
from portal.events.models import Event, EventStatus, SignUp, SignUpStatus


def expected(event_id: UUID) -> list[SignUp]:
    """The confirmed, by name."""
    query = select(SignUp).where(SignUp.event_id == event_id, SignUp.status == SignUpStatus.CONFIRMED)
    query = query.where(SignUp.name != "")  # names that are forgotten cannot be marked
    return list(db.session.scalars(query.order_by(SignUp.sort_key, SignUp.id)))


def is_seen(sign_up: SignUp) -> bool:
    """Marked present, or not marked yet but checked in at the door."""
    return sign_up.checked_in_at is not None if sign_up.attended is None else sign_up.attended


def mark_attendance(event: Event, present: Collection[UUID], by: Viewer) -> tuple[int, int]:
    """Those named were there, the other confirmed were not. Returns how many were and were not.

    Marking the same again changes nothing. Raises `RuleBroken` before the event begins.
    """
    event = seats.lock(event.id)
    rules.check_markable(event.status == EventStatus.CANCELLED, event.starts_at, clock.now())
    everyone = expected(event.id)
    for sign_up in everyone:
        mark(event, sign_up, sign_up.id in present, by)
    there = sum(1 for sign_up in everyone if sign_up.attended)
    audit.record(
        "event.attendance_marked", "event", event.id, facts={"present": there, "absent": len(everyone) - there}
    )
    return there, len(everyone) - there


def mark(event: Event, sign_up: SignUp, attended: bool, by: Viewer) -> None:
    before, sign_up.attended = sign_up.attended, attended
    if attended and not before:
        certificates.provided().attended(event, sign_up, by.id)
    elif before and not attended:
        certificates.provided().not_attended(event, sign_up, by.id)


def to_mark() -> list[Event]:
    """Events that are over and whose attendance nobody has marked, the oldest first."""
    unmarked = select(SignUp.event_id).where(SignUp.status == SignUpStatus.CONFIRMED, SignUp.attended.is_(None))
    query = select(Event).where(
        Event.status == EventStatus.PUBLISHED,
        Event.ends_at <= clock.now(),
        Event.id.in_(unmarked),
        Event.names_gone_on.is_(None),
    )
    return list(db.session.scalars(query.order_by(Event.ends_at)))
