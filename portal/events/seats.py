"""Seats: the one place that moves them. confirmed + held + offered ≤ capacity, and nobody waits while a seat is free.

Every move begins with `lock`, so that moves of one event come one after another on every database; the count itself
is guarded once more by its own UPDATE.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update

from portal.core import audit, clock, states
from portal.core.db import db
from portal.core.errors import NotFound
from portal.events import answers, letters, rules
from portal.events.models import LIVE, SIGN_UP_NEXT, Event, EventStatus, SignUp, SignUpStatus


def lock(event_id: UUID) -> Event:
    """The event as it is now, its row locked until the transaction ends. Raises `NotFound`."""
    query = select(Event).where(Event.id == event_id).with_for_update(key_share=True)
    event = db.session.scalar(query.execution_options(populate_existing=True))
    if event is None:
        raise NotFound
    return event


def lock_for(sign_up: SignUp) -> Event:
    """Lock the event of a sign-up, bring its seats up to now, and read the sign-up anew."""
    event = lock(sign_up.event_id)
    db.session.refresh(sign_up)
    settle(event)
    return event


def take(event: Event, sign_up: SignUp) -> bool:
    """Give the sign-up a seat, if one is free or it has one already."""
    if not sign_up.holds_seat:
        free = update(Event).where(Event.id == event.id, Event.taken < Event.capacity)
        won = db.session.execute(free.values(taken=Event.taken + 1))
        sign_up.holds_seat = won.rowcount == 1  # type: ignore[attr-defined]  # a cursor result
    return sign_up.holds_seat


def let_in(event: Event, sign_up: SignUp, over: bool) -> bool:
    """A confirmed seat for somebody who stands at the door: a free one; with `over` also one more than there were.

    False when there is none.
    """
    if not take(event, sign_up):
        if not over:
            return False
        more = update(Event).where(Event.id == event.id)
        db.session.execute(more.values(capacity=Event.capacity + 1, taken=Event.taken + 1))
        sign_up.holds_seat = True
        audit.record("event.seat_added", "event", event.id)
    if sign_up.status == SignUpStatus.WAITING:
        states.move(sign_up, SignUpStatus.OFFERED, SIGN_UP_NEXT)
    states.move(sign_up, SignUpStatus.CONFIRMED, SIGN_UP_NEXT)
    sign_up.confirmed_at, sign_up.held_until = sign_up.confirmed_at or clock.now(), None
    return True


def give_back(event: Event, sign_up: SignUp) -> None:
    if sign_up.holds_seat:
        sign_up.holds_seat = False
        db.session.execute(update(Event).where(Event.id == event.id).values(taken=Event.taken - 1))


def end(event: Event, sign_up: SignUp, status: SignUpStatus, reason: str = "") -> None:
    """End a sign-up: its seat is free, its address may sign up again, what it needed and answered is forgotten."""
    states.move(sign_up, status, SIGN_UP_NEXT, reason=reason)
    sign_up.ended_at, sign_up.held_until, sign_up.live_email = clock.now(), None, None
    sign_up.needs, sign_up.diet = None, None
    answers.forget(sign_up.id)
    give_back(event, sign_up)


def settle(event: Event) -> None:
    """Bring the seats up to this instant: free what was not confirmed or accepted in time, offer what is free."""
    for sign_up in overdue(event.id):
        offered = sign_up.status == SignUpStatus.OFFERED
        end(event, sign_up, SignUpStatus.LAPSED if offered else SignUpStatus.EXPIRED)
    offer_free(event)


def offer_free(event: Event) -> None:
    """Offer free seats to those who wait, in the order of their first request."""
    now = clock.now()
    db.session.flush()
    if event.status != EventStatus.PUBLISHED or now >= event.starts_at or event.taken >= event.capacity:
        return
    for sign_up in waiting(event.id, event.capacity - event.taken):
        if not take(event, sign_up):
            return
        states.move(sign_up, SignUpStatus.OFFERED, SIGN_UP_NEXT)
        sign_up.held_until = rules.offer_deadline(now, event.starts_at)
        letters.offered(event, sign_up)


def push_out(event: Event, capacity: int) -> None:
    """Lower the number of seats: first those unconfirmed lose theirs, then offers, then the latest confirmed."""
    order = [SignUpStatus.UNCONFIRMED, SignUpStatus.OFFERED, SignUpStatus.CONFIRMED]
    query = select(SignUp).where(SignUp.event_id == event.id, SignUp.holds_seat).order_by(SignUp.asked_at.desc())
    for sign_up in sorted(db.session.scalars(query).all(), key=lambda row: order.index(SignUpStatus(row.status))):
        if event.taken <= capacity:
            break
        if sign_up.status == SignUpStatus.UNCONFIRMED:
            give_back(event, sign_up)
        else:
            was = SignUpStatus(sign_up.status)
            end(event, sign_up, SignUpStatus.CANCELLED)
            letters.ended("seat_lost", event, sign_up, was)


def hold(event: Event, sign_up: SignUp) -> bool:
    """A new sign-up takes a seat at once, if one is free; its confirmation or its time decides."""
    sign_up.held_until = clock.now() + rules.HOLD
    return take(event, sign_up)


def settle_in(event: Event, sign_up: SignUp) -> None:
    """The address is confirmed: the seat, or else a place in the waiting list."""
    sign_up.confirmed_at, sign_up.held_until = clock.now(), None
    if take(event, sign_up):
        states.move(sign_up, SignUpStatus.CONFIRMED, SIGN_UP_NEXT)
        letters.confirmed(event, sign_up)
    else:
        states.move(sign_up, SignUpStatus.WAITING, SIGN_UP_NEXT)
        letters.waiting(event, sign_up)


def take_offer(event: Event, sign_up: SignUp) -> None:
    states.move(sign_up, SignUpStatus.CONFIRMED, SIGN_UP_NEXT)
    sign_up.held_until = None
    letters.confirmed(event, sign_up)


def set_capacity(event: Event, capacity: int) -> None:
    """More seats are offered to those who wait; with fewer, the last lose theirs. Call after `lock`."""
    push_out(event, capacity)
    event.capacity = capacity
    offer_free(event)


def overdue(event_id: UUID) -> list[SignUp]:
    query = select(SignUp).where(SignUp.event_id == event_id, is_overdue(clock.now()))
    return list(db.session.scalars(query.order_by(SignUp.held_until)))


def is_overdue(now: datetime) -> ColumnElement[bool]:
    timed = SignUp.status.in_((SignUpStatus.UNCONFIRMED, SignUpStatus.OFFERED))
    return timed & SignUp.held_until.is_not(None) & (SignUp.held_until <= now)


def waiting(event_id: UUID, most: int) -> list[SignUp]:
    query = select(SignUp).where(SignUp.event_id == event_id, SignUp.status == SignUpStatus.WAITING)
    return list(db.session.scalars(query.order_by(SignUp.asked_at, SignUp.id).limit(most)))


def left(events: list[Event]) -> dict[UUID, int]:
    """Seats that nobody has confirmed, by event; right also while the worker stands still. One statement.

    A seat held for an address that is not confirmed counts as free: else whoever types somebody's address would see by
    the number whether that person was signed up already. It may be taken all the same; then one waits.
    """
    now = clock.now()
    free_soon = func.count().filter(SignUp.holds_seat & (is_overdue(now) | (SignUp.status == SignUpStatus.UNCONFIRMED)))
    in_line = func.count().filter(SignUp.status == SignUpStatus.WAITING)
    query = select(SignUp.event_id, free_soon, in_line).where(
        SignUp.event_id.in_([event.id for event in events]), SignUp.status.in_(LIVE)
    )
    counts = {event_id: (soon, line) for event_id, soon, line in db.session.execute(query.group_by(SignUp.event_id))}
    found = {}
    for event in events:
        soon, line = counts.get(event.id, (0, 0))
        found[event.id] = max(0, event.capacity - event.taken + soon - line)
    return found


def events_to_settle() -> list[UUID]:
    """Events where a hold or an offer has run out, or somebody waits beside a free seat."""
    late = select(SignUp.event_id).where(is_overdue(clock.now()))
    idle = (
        select(Event.id)
        .join(SignUp, SignUp.event_id == Event.id)
        .where(SignUp.status == SignUpStatus.WAITING, Event.taken < Event.capacity, Event.starts_at > clock.now())
        .where(Event.status == EventStatus.PUBLISHED)
    )
    query = select(Event.id).where(or_(Event.id.in_(late), Event.id.in_(idle)))
    return list(db.session.scalars(query))
