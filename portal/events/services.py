"""Events: what is on, and what those who keep them do. Sign-ups, seats and attendance have modules of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, or_, select

from portal.core import access, audit, clock, states
from portal.core.access import Permission, Viewer
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import changes, letters, limits, rules, sealed, seats
from portal.events import sign_ups as attendees
from portal.events.attendance import mark_attendance, to_mark
from portal.events.models import EVENT_NEXT, LIVE, Event, EventKind, EventStatus, SignUp, SignUpStatus
from portal.events.sign_ups import Details, ask

__all__ = ["Details", "Plan", "ask", "limits", "mark_attendance", "to_mark"]


@dataclass(frozen=True)
class Plan:
    """An event as it is written by those who keep it. Instants are aware; codes of a list stand as `choices` joins
    them. `company_id`: for that company alone."""

    kind: str
    training_id: UUID | None
    title_fi: str
    title_sv: str
    title_en: str
    summary_fi: str
    summary_sv: str
    summary_en: str
    programme_fi: str
    programme_sv: str
    programme_en: str
    event_language: str
    place: str
    join_link: str
    starts_at: datetime
    ends_at: datetime
    sign_up_opens_at: datetime
    sign_up_closes_at: datetime
    capacity: int
    speakers_fi: str = ""
    speakers_sv: str = ""
    speakers_en: str = ""
    organisers_fi: str = ""
    organisers_sv: str = ""
    organisers_en: str = ""
    partners_fi: str = ""
    partners_sv: str = ""
    partners_en: str = ""
    accessibility_fi: str = ""
    accessibility_sv: str = ""
    accessibility_en: str = ""
    company_id: UUID | None = None
    series_id: UUID | None = None
    interpretation: str = ""
    audience: str = ""
    access: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


SEALED_OR_COUNTED = {"join_link", "capacity"}
PLANNED = tuple(field.name for field in fields(Plan) if field.name not in SEALED_OR_COUNTED)


# --- readers -----------------------------------------------------------------


def get(event_id: UUID) -> Event:
    """Any event, for those who keep them. Raises `NotFound`."""
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFound
    return event


def keeps(viewer: Viewer | None) -> bool:
    return viewer is not None and access.allows(viewer, Permission.EVENT_MANAGE)


def visible_to(viewer: Viewer | None) -> Select[Event]:
    """What this person may see: published and past events, the private ones of the own company; keepers all."""
    query = select(Event)
    if keeps(viewer):
        return query
    company_id = viewer.company_id if viewer is not None else None
    return query.where(
        Event.status != EventStatus.DRAFT,
        or_(Event.company_id.is_(None), Event.company_id == company_id) if company_id else Event.company_id.is_(None),
    )


def get_visible(event_id: UUID, viewer: Viewer | None) -> Event:
    """An event that this person may see. Raises `NotFound` for absent and hidden alike."""
    event = db.session.scalar(visible_to(viewer).where(Event.id == event_id))
    if event is None:
        raise NotFound
    return event


def upcoming(viewer: Viewer | None = None, most: int | None = None) -> list[Event]:
    """Published events that are not over, the next first."""
    query = visible_to(viewer).where(Event.status == EventStatus.PUBLISHED, Event.ends_at > clock.now())
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(most)))


def kept() -> Select[Event]:
    return select(Event)


def sign_ups(event_id: UUID) -> list[SignUp]:
    """Everyone who ever signed up, by name; the reading of such a list is witnessed by who shows it."""
    return attendees.of_event(event_id)


# --- verbs -------------------------------------------------------------------


def create(plan: Plan, again_of: Event | None = None) -> Event:
    """A draft; with `again_of` it is the same again, in one series with that event. Raises `RuleBroken`."""
    check(plan)
    event = Event(status=EventStatus.DRAFT, capacity=plan.capacity, taken=0, calendar_sequence=0, version=1,
                  **{name: getattr(plan, name) for name in PLANNED})  # fmt: skip
    if again_of is not None:
        again_of.series_id = event.series_id = again_of.series_id or uuid4()
    sealed.seal_link(event, plan.join_link)
    db.session.add(event)
    audit.record("event.created", "event", event.id)
    return event


def check(plan: Plan) -> None:
    rules.check_times(plan.starts_at, plan.ends_at)
    rules.check_private(plan.kind == EventKind.TAILORED_TRAINING, plan.company_id is not None)


def edit(event: Event, plan: Plan, may_push_out: bool = False) -> None:
    """Save the plan; those who come are told when time, place, title or link change. Raises `RuleBroken`."""
    event = open_to_change(event)
    check(plan)
    seats.settle(event)
    rules.check_capacity(plan.capacity, event.taken, may_push_out)
    was = changes.before(event)
    for name in PLANNED:
        setattr(event, name, getattr(plan, name))
    sealed.seal_link(event, plan.join_link)
    event.version += 1
    changes.note(event, was)
    seats.set_capacity(event, plan.capacity)
    audit.record("event.edited", "event", event.id, facts={"told": changes.tell(event, was) > 0})


def write(event: Event, language: str, texts: Mapping[str, str]) -> None:
    """The texts of one language, by `rules.PARTS`. Raises `RuleBroken`."""
    event = open_to_change(event)
    was = changes.before(event)
    for part, text in texts.items():
        setattr(event, f"{part}_{language}", text)
    event.version += 1
    changes.note(event, was)
    audit.record("event.edited", "event", event.id, facts={"told": changes.tell(event, was) > 0})


def open_to_change(event: Event) -> Event:
    """The event, locked. Raises `RuleBroken` when it was cancelled."""
    event = seats.lock(event.id)
    if event.status == EventStatus.CANCELLED:
        raise RuleBroken(N_("This event was cancelled and can no longer be changed. Copy it instead."))
    return event


def publish(event: Event) -> None:
    event = seats.lock(event.id)
    rules.check_future(event.starts_at, clock.now())
    states.move(event, EventStatus.PUBLISHED, EVENT_NEXT)
    event.was_published = True
    event.version += 1


def cancel(event: Event) -> int:
    """Cancel the event and every sign-up; tell all who had confirmed their address. Returns how many were told."""
    event = seats.lock(event.id)
    if event.status == EventStatus.PUBLISHED and event.starts_at <= clock.now():
        raise RuleBroken(N_("The event has begun and can no longer be cancelled."))
    states.move(event, EventStatus.CANCELLED, EVENT_NEXT)
    event.version += 1
    event.calendar_sequence += 1
    told = changes.to_tell(event)
    for sign_up in told:
        letters.ended("event_cancelled", event, sign_up, SignUpStatus(sign_up.status))
    for sign_up in db.session.scalars(select(SignUp).where(SignUp.event_id == event.id, SignUp.status.in_(LIVE))):
        seats.end(event, sign_up, SignUpStatus.CANCELLED)
    return len(told)
