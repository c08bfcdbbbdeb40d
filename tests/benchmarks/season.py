"""A country's events of some years: 2,000 of them with 100,000 sign-ups, put in with bulk inserts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from portal.core import clock
from portal.core.db import db, transaction
from portal.events.models import Event, EventKind, SignUp, SignUpStatus
from tests.factories import events as factory

EVENTS, SIGN_UPS, LARGEST = 2_000, 100_000, 500
AT_ONCE = 5_000


def build() -> UUID:
    """Half of the events are over, half are to come, one each day; returns the one with the most people."""
    with transaction():
        event = factory.event(join_link="")
        rows = [event_row(values(event), number) for number in range(EVENTS)]
        put(Event, rows)
        person = factory.with_status(event, SignUpStatus.CONFIRMED)
        db.session.flush()
        put(SignUp, people(values(person), rows))
        db.session.expunge_all()
    return UUID(str(rows[0]["id"]))


def values(row: Any) -> dict[str, Any]:
    """A row as columns, so that what features add later is there too."""
    return {attribute.key: getattr(row, attribute.key) for attribute in type(row).__mapper__.column_attrs}


def event_row(like: dict[str, Any], number: int) -> dict[str, Any]:
    starts_at = clock.now() + timedelta(days=number + 1 if number < EVENTS / 2 else EVENTS / 2 - number - 1)
    kinds = list(EventKind)
    seats = LARGEST if number == 0 else 60
    return like | {
        "id": uuid4(),
        "kind": kinds[number % len(kinds)],
        "title_fi": f"Tapahtuma {number}",
        "title_en": f"Event {number}",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "sign_up_closes_at": starts_at,
        "capacity": seats,
        "taken": 0,
    }


def people(like: dict[str, Any], events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    each = (SIGN_UPS - LARGEST) // (EVENTS - 1)
    found = []
    for number, event in enumerate(events):
        for place in range(LARGEST if number == 0 else each):
            found.append(sign_up_row(like, event, len(found), place))
    return found


def sign_up_row(like: dict[str, Any], event: dict[str, Any], number: int, place: int) -> dict[str, Any]:
    """Nine in ten are confirmed, the rest cancelled; most were there when it is over."""
    comes = place % 10 != 9
    event["taken"] += comes
    status = SignUpStatus.CONFIRMED if comes else SignUpStatus.CANCELLED
    name, email = f"Person {number:06}", f"person{number}@example.fi"
    return like | {
        "id": uuid4(),
        "event_id": event["id"],
        "status": status,
        "name": name,
        "sort_key": name.lower(),
        "email": email,
        "live_email": email if comes else None,
        "holds_seat": comes,
        "own_page_token": f"{number:064}",
        "attended": place % 5 != 0 if comes and event["ends_at"] < clock.now() else None,
        "needs": None,
    }


def put(model: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(model.__table__), rows[start : start + AT_ONCE])
