"""Events and sign-ups for tests. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from portal.core import clock
from portal.core.db import db
from portal.events import sealed, seats, sign_ups
from portal.events.models import Event, EventKind, EventStatus, SignUp, SignUpStatus
from portal.events.sign_ups import Details

_numbers = itertools.count(1)


def event(**overrides: Any) -> Event:
    """A published webinar in ten days with three seats, open for sign-up."""
    now = clock.now()
    starts_at: datetime = overrides.pop("starts_at", now + timedelta(days=10))
    join_link = overrides.pop("join_link", "https://meet.example.fi/reilu-4711")
    values: dict[str, Any] = {
        "kind": EventKind.WEBINAR,
        "status": EventStatus.PUBLISHED,
        "title_fi": "Reilu rekrytointi käytännössä",
        "title_sv": "Rättvis rekrytering i praktiken",
        "title_en": "Fair recruitment in practice",
        "summary_fi": "Opit kirjoittamaan rehellisen ilmoituksen.",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "sign_up_opens_at": now - timedelta(days=20),
        "sign_up_closes_at": starts_at,
        "capacity": 3,
        "taken": 0,
        "calendar_sequence": 0,
        "version": 1,
        "event_language": "fi",
    }
    made = Event(**(values | overrides))
    sealed.seal_link(made, join_link)
    db.session.add(made)
    db.session.flush()
    return made


def details(**overrides: Any) -> Details:
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": f"Attendee {number}",
        "email": f"attendee{number}@example.fi",
        "language": "en",
        "attendee_role": "other",
    }
    return Details(**(values | overrides))


def sign_up(to: Event, confirmed: bool = True, **overrides: Any) -> SignUp:
    """Someone who signed up the ordinary way; with `confirmed` they pressed the button in their mail too."""
    wanted = details(**overrides)
    sign_ups.ask(to.id, wanted, network=f"network of {wanted.email}")
    found = sign_ups.find_live(to.id, wanted.email)
    assert found is not None
    if confirmed:
        sign_ups.confirm(found)
    return found


def with_status(to: Event, status: SignUpStatus, **overrides: Any) -> SignUp:
    """A row in any state at once, seat and all; for the tables of states."""
    row = sign_ups.hold(to, details(**overrides))
    row.status = status
    if status not in (SignUpStatus.UNCONFIRMED, SignUpStatus.OFFERED):
        row.held_until = None
    if status not in (SignUpStatus.UNCONFIRMED, SignUpStatus.OFFERED, SignUpStatus.CONFIRMED):
        seats.give_back(to, row)
    if status in (SignUpStatus.LAPSED, SignUpStatus.EXPIRED, SignUpStatus.CANCELLED):
        row.live_email = None
    db.session.flush()
    return row
