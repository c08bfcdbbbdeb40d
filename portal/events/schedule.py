"""What the worker does for events by the clock. Each run may be repeated: every mail has its own key."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update

from portal.core import clock, outbox, retention
from portal.core.db import db, transaction
from portal.events import letters, rules, seats
from portal.events.models import Event, EventKind, EventStatus, SignUp, SignUpStatus

SOON = timedelta(hours=1)
THANKS_AFTER, THANKS_UNTIL = timedelta(hours=1), timedelta(days=14)
AT_ONCE = 500


def settle_seats() -> None:
    """Free what was not confirmed or accepted in time, and offer it on."""
    with transaction():
        late = seats.events_to_settle()
    for event_id in late:
        with transaction():
            seats.settle(seats.lock(event_id))


def remind() -> None:
    """The day before by the wall clock; for webinars an hour before too. Who confirmed later has just had a mail."""
    now = clock.now()
    with transaction():
        query = select(Event).where(
            Event.status == EventStatus.PUBLISHED, Event.starts_at > now, Event.starts_at < now + timedelta(hours=26)
        )
        for event in db.session.scalars(query).all():
            if now >= event.starts_at - SOON:
                if event.kind == EventKind.WEBINAR:
                    remind_all("event_soon", event, event.starts_at - SOON)
            elif now >= (day_before := rules.the_day_before(event.starts_at)):
                remind_all("event_tomorrow", event, day_before)


def remind_all(name: str, event: Event, due_at: datetime) -> None:
    query = select(SignUp).where(SignUp.event_id == event.id, SignUp.status == SignUpStatus.CONFIRMED)
    everyone = db.session.scalars(query.where(SignUp.confirmed_at < due_at)).all()
    keys = {letters.key(name, sign_up, event.starts_at.isoformat()): sign_up for sign_up in everyone}
    for key in keys.keys() - outbox.posted(keys):  # writing anew what is there already takes long for a large event
        letters.reminder(name, event, keys[key])


def thank() -> None:
    """When an event has been over for an hour, those marked present hear from us; a late mark within two weeks too."""
    now = clock.now()
    with transaction():
        over = and_(Event.ends_at <= now - THANKS_AFTER, Event.ends_at > now - THANKS_UNTIL)
        query = select(SignUp, Event).join(Event, Event.id == SignUp.event_id).where(over)
        query = query.where(Event.status == EventStatus.PUBLISHED, SignUp.attended.is_(True), SignUp.thanked.is_(False))
        for sign_up, event in db.session.execute(query.order_by(SignUp.id).limit(AT_ONCE)).all():
            letters.thanks(event, sign_up)
            sign_up.thanked = True


def forget_needs() -> int:
    """What people need to take part goes a week after the event."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - rules.NEEDS_KEPT)
    told = or_(SignUp.needs.is_not(None), SignUp.diet.is_not(None))
    return retention.count(update(SignUp).where(SignUp.event_id.in_(over), told).values(needs=None, diet=None))


def forget_unconfirmed() -> int:
    """A sign-up whose address nobody confirmed says only that somebody typed that address."""
    limit = clock.now() - rules.UNCONFIRMED_KEPT
    return retention.count(delete(SignUp).where(SignUp.status == SignUpStatus.EXPIRED, SignUp.ended_at < limit))
