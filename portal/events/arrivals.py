"""At the door: who has come, found by a few letters or by their code, and who came without a sign-up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import segno
from markupsafe import Markup
from rapidfuzz import fuzz
from sqlalchemy import func, select

from portal.core import audit, clock, outbox
from portal.core import db as database
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import letters, rules, seats, sign_ups
from portal.events.models import Event, EventStatus, SignUp, SignUpStatus
from portal.events.sign_ups import Details

MOST_FOUND = 8
CLOSE_ENOUGH = 75
SCANNED = "scanned"
"""In the address that the picture says: whoever holds the telephone reads the page in their own language."""
EXPECTED = (SignUpStatus.CONFIRMED, SignUpStatus.WAITING, SignUpStatus.OFFERED, SignUpStatus.UNCONFIRMED)

FULL = N_("All seats are taken. Tick below that this person comes in all the same; the event gets one more seat.")


@dataclass(frozen=True)
class Ticket:
    """What a confirmed person shows at the door: the code to say, and the same as a picture for a telephone."""

    code: str
    picture: Markup


def has_door(event: Event) -> bool:
    return bool(event.place)


def ticket(event: Event, sign_up: SignUp) -> Ticket | None:
    """Only for an event with a place: a webinar has no door."""
    if not has_door(event):
        return None
    address = outbox.site().url(f"/fi/arrivals/{sign_up.id}?{SCANNED}=1")
    drawn = segno.make(address, error="m", micro=False)
    picture = Markup(  # noqa: S704 - drawn by segno from an id
        drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    )
    return Ticket(letters.door_code(sign_up.id), picture)


# --- readers -----------------------------------------------------------------


def get(sign_up_id: UUID) -> tuple[SignUp, Event]:
    """For those who keep events. Raises `NotFound`."""
    sign_up = db.session.get(SignUp, sign_up_id)
    event = db.session.get(Event, sign_up.event_id) if sign_up else None
    if sign_up is None or event is None:
        raise NotFound
    return sign_up, event


def find(event_id: UUID, written: str) -> list[SignUp]:
    """Those whom a few letters of a name, the beginning of an address, or a code may mean; the likeliest first."""
    query = select(SignUp).where(SignUp.event_id == event_id, SignUp.status.in_(EXPECTED))
    people = list(db.session.scalars(query))
    code, key = rules.plain_code(written), folded(written)
    if exact := [each for each in people if rules.plain_code(letters.door_code(each.id)) == code]:
        return exact
    scored = [(likeness(key, each), each) for each in people]
    found = sorted(
        (pair for pair in scored if pair[0] >= CLOSE_ENOUGH),
        key=lambda pair: (-pair[0], pair[1].checked_in_at is not None, pair[1].sort_key),
    )
    return [each for _, each in found[:MOST_FOUND]]


def likeness(key: str, sign_up: SignUp) -> float:
    """0–100. A part of the name counts most, whatever the accents; a slip of a letter or two is forgiven."""
    name = folded(sign_up.name)
    if any(part.startswith(key) for part in [name, *name.split()]) or sign_up.email.startswith(key):
        return 100
    if len(key) >= 3 and key in name:
        return 95
    return max(
        fuzz.ratio(key, name), fuzz.token_sort_ratio(key, name), *(fuzz.ratio(key, each) for each in name.split())
    )


def folded(text: str) -> str:
    """As one types in a hurry: no capitals, no dots above letters."""
    return database.sort_key(" ".join(text.split())).translate({ord("{"): "a", ord("|"): "a", ord("}"): "o"})


def latest(event_id: UUID, most: int) -> list[SignUp]:
    """Those who came last."""
    query = select(SignUp).where(SignUp.event_id == event_id, SignUp.checked_in_at.is_not(None))
    return list(db.session.scalars(query.order_by(SignUp.checked_in_at.desc(), SignUp.id).limit(most)))


def counts(event_id: UUID) -> tuple[int, int]:
    """(how many are here, how many are confirmed)"""
    row = db.session.execute(
        select(func.count(SignUp.checked_in_at), func.count()).where(
            SignUp.event_id == event_id, SignUp.status == SignUpStatus.CONFIRMED
        )
    ).one()
    return row[0], row[1]


# --- verbs -------------------------------------------------------------------


def check_in(sign_up: SignUp) -> bool:
    """The person is here; False when that was known. Raises `RuleBroken` outside the event's days and for those
    without a confirmed seat."""
    event = seats.lock(sign_up.event_id)
    db.session.refresh(sign_up)
    rules.check_door(event.status == EventStatus.PUBLISHED, event.starts_at, event.ends_at, clock.now())
    if sign_up.status != SignUpStatus.CONFIRMED:
        raise RuleBroken(N_("This person has no confirmed seat. Let them in as a late addition."))
    if sign_up.checked_in_at is not None:
        return False
    sign_up.checked_in_at = clock.now()
    audit.record("sign_up.checked_in", "sign_up", sign_up.id)
    return True


def undo(sign_up: SignUp) -> None:
    """It was somebody else. Again: nothing more."""
    seats.lock(sign_up.event_id)
    db.session.refresh(sign_up)
    if sign_up.checked_in_at is not None:
        sign_up.checked_in_at = None
        audit.record("sign_up.check_in_undone", "sign_up", sign_up.id)


def add_late(event_id: UUID, details: Details, over: bool = False) -> SignUp:
    """Somebody who turned up: a confirmed seat at once, the sign-up they had or a new one.

    Raises `RuleBroken` at the field `over` when all seats are taken and that was not agreed to.
    """
    event = seats.lock(event_id)
    seats.settle(event)
    rules.check_late(event.status == EventStatus.PUBLISHED, event.starts_at, clock.now())
    sign_up = sign_ups.find_live(event.id, details.email) or sign_ups.hold(event, details)
    if sign_up.status != SignUpStatus.CONFIRMED:
        if not seats.let_in(event, sign_up, over):
            raise RuleBroken(FULL, field="over")
        sign_up.late = True
        audit.record("sign_up.added_late", "sign_up", sign_up.id)
    return sign_up
