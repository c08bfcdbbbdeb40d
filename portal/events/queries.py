"""Reads of events that are more than a look-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import request
from sqlalchemy import Select, func, or_, select, tuple_

from portal.core import pages
from portal.core.db import db
from portal.core.errors import NotFound
from portal.events.models import Event, SignUp, SignUpStatus

LENGTH = 50


def page_by_start(query: Select[Event], next_first: bool = False) -> pages.Page:
    """The latest first, or the next; `?after=` holds start and id of the last event of the page before."""
    key = tuple_(Event.starts_at, Event.id)
    if after := request.args.get("after", "")[:100]:
        last = tuple_(*read_key(after))
        query = query.where(key > last if next_first else key < last)
    order = (Event.starts_at, Event.id) if next_first else (Event.starts_at.desc(), Event.id.desc())
    rows = list(db.session.scalars(query.order_by(*order).limit(LENGTH + 1)))
    more, rows = len(rows) > LENGTH, rows[:LENGTH]
    following = pages.address(after=write_key(rows[-1])) if more else None
    return pages.Page(rows, pages.address(after=None) if after else None, following)


def write_key(event: Event) -> str:
    return f"{event.starts_at.astimezone(UTC):%Y%m%dT%H%M%S}_{event.id}"


def read_key(text: str) -> tuple[datetime, UUID]:
    start, _, event_id = text.partition("_")
    try:
        return datetime.strptime(start, "%Y%m%dT%H%M%S").replace(tzinfo=UTC), UUID(event_id)
    except ValueError:
        raise NotFound from None


def counts(events: Sequence[Event]) -> dict[UUID, dict[str, int]]:
    """How many sign-ups of each status, by event; one statement."""
    query = select(SignUp.event_id, SignUp.status, func.count()).where(
        SignUp.event_id.in_([event.id for event in events])
    )
    found: dict[UUID, dict[str, int]] = {event.id: dict.fromkeys(SignUpStatus, 0) for event in events}
    for event_id, status, count in db.session.execute(query.group_by(SignUp.event_id, SignUp.status)):
        found[event_id][SignUpStatus(status)] = count
    return found


@dataclass(frozen=True)
class Turnout:
    """Of the confirmed: how many were there, were not, and are not marked yet. `tell_needs` counts everybody's."""

    present: int
    absent: int
    unmarked: int
    tell_needs: int


def turnout(event: Event) -> Turnout:
    """One statement."""
    seat = SignUp.status == SignUpStatus.CONFIRMED
    told = or_(SignUp.needs.is_not(None), SignUp.diet.is_not(None))
    query = select(
        func.count().filter(seat, SignUp.attended.is_(True)),
        func.count().filter(seat, SignUp.attended.is_(False)),
        func.count().filter(seat, SignUp.attended.is_(None)),
        func.count().filter(told),
    )
    present, absent, unmarked, tell_needs = db.session.execute(query.where(SignUp.event_id == event.id)).one()
    return Turnout(present, absent, unmarked, tell_needs)
