"""A day on which the worker has every piece of event work to do. Its clock is fixed, so that lives are alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage
from portal.events import letters, seats
from portal.events.models import EventKind, SignUpStatus
from tests.factories import events

NOON = datetime(2027, 2, 9, 12, tzinfo=clock.FINLAND)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def busy_day() -> None:
    """Mail that waits (some no longer true), a hold that ran out before a waiting list, reminders, things to forget."""
    with clock.travel(NOON - 3 * HOUR), transaction():
        full = events.event(title_fi="Full", capacity=1)
        events.with_status(full, SignUpStatus.WAITING, email="first@example.fi")
        events.with_status(full, SignUpStatus.WAITING, email="second@example.fi")
        events.with_status(full, SignUpStatus.UNCONFIRMED, email="late@example.fi")
        reminders()
        leftovers()
    with clock.travel(NOON - timedelta(minutes=5)), transaction():
        db.session.execute(delete(OutboxMessage))
        events.sign_up(events.event(title_fi="Open"), confirmed=False, email="new@example.fi")
        gone = events.event(title_fi="Left", starts_at=NOON + 20 * HOUR)
        left = events.with_status(gone, SignUpStatus.CONFIRMED, email="left@example.fi")
        letters.reminder("event_tomorrow", gone, left)
        seats.end(seats.lock(gone.id), left, SignUpStatus.CANCELLED)


def reminders() -> None:
    tomorrow = events.event(title_fi="Tomorrow", starts_at=NOON + 23 * HOUR, kind=EventKind.THEME_SEMINAR)
    soon = events.event(title_fi="Soon", starts_at=NOON + timedelta(minutes=50))
    for event, email in ((tomorrow, "tomorrow@example.fi"), (soon, "soon@example.fi")):
        row = events.with_status(event, SignUpStatus.CONFIRMED, email=email)
        row.confirmed_at = NOON - 9 * DAY


def leftovers() -> None:
    past = events.event(title_fi="Past", starts_at=NOON - 40 * DAY)
    came = events.with_status(past, SignUpStatus.CONFIRMED, email="came@example.fi", needs="captions")
    silent = events.with_status(past, SignUpStatus.EXPIRED, email="silent@example.fi")
    came.confirmed_at = silent.ended_at = NOON - 39 * DAY
