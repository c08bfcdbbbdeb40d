"""Events: what is on, and what those who keep them do. Sign-ups, seats and attendance have modules of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select

from portal.core import access, audit, clock, languages, pages, states
from portal.core.access import Permission, Viewer
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import letters, limits, rules, sealed, seats
from portal.events import sign_ups as attendees
from portal.events.attendance import mark_attendance, to_mark
from portal.events.models import EVENT_NEXT, LIVE, Event, EventStatus, SignUp, SignUpStatus
from portal.events.sign_ups import Details, ask

__all__ = ["Details", "Plan", "ask", "limits", "mark_attendance", "to_mark"]


@dataclass(frozen=True)
class Plan:
    """An event as it is written by those who keep it. Instants are aware. `company_id`: for that company alone."""

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
    speakers: str
    event_language: str
    accessibility: str
    place: str
    join_link: str
    starts_at: datetime
    ends_at: datetime
    sign_up_opens_at: datetime
    sign_up_closes_at: datetime
    capacity: int
    company_id: UUID | None = None


WORDS = (
    "kind", "training_id", "title_fi", "title_sv", "title_en", "summary_fi", "summary_sv", "summary_en",
    "programme_fi", "programme_sv", "programme_en", "speakers", "event_language", "accessibility", "place",
    "starts_at", "ends_at", "sign_up_opens_at", "sign_up_closes_at",
)  # fmt: skip
IN_CALENDAR = ("title_fi", "title_sv", "title_en", "place", "starts_at", "ends_at")


# --- readers -----------------------------------------------------------------


def get(event_id: UUID) -> Event:
    """Any event, for those who keep them. Raises `NotFound`."""
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFound
    return event


def visible_to(viewer: Viewer | None) -> Select[Event]:
    """What this person may see: published and past events, the private ones of the own company; keepers all."""
    query = select(Event)
    if viewer is not None and access.allows(viewer, Permission.EVENT_MANAGE):
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


def upcoming(viewer: Viewer | None = None) -> list[Event]:
    """Published events that are not over, the next first."""
    query = visible_to(viewer).where(Event.status == EventStatus.PUBLISHED, Event.ends_at > clock.now())
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id)))


def past(viewer: Viewer | None = None) -> Select[Event]:
    """Published events that are over; page it."""
    return visible_to(viewer).where(Event.status == EventStatus.PUBLISHED, Event.ends_at <= clock.now())


def kept() -> Select[Event]:
    return select(Event)


def sign_ups(event_id: UUID) -> list[SignUp]:
    """Everyone who ever signed up, by name; the reading of such a list is witnessed by who shows it."""
    return attendees.of_event(event_id)


# --- verbs -------------------------------------------------------------------


def create(plan: Plan) -> Event:
    """A draft. Raises `RuleBroken`."""
    rules.check_times(plan.starts_at, plan.ends_at)
    event = Event(status=EventStatus.DRAFT, company_id=plan.company_id, capacity=plan.capacity, taken=0,
                  calendar_sequence=0, version=1,
                  **{name: getattr(plan, name) for name in WORDS})  # fmt: skip
    sealed.seal_link(event, plan.join_link)
    db.session.add(event)
    audit.record("event.created", "event", event.id)
    return event


def edit(event: Event, plan: Plan, may_push_out: bool = False) -> None:
    """Save the plan; those who come are told when time, place or title change. Raises `RuleBroken`."""
    event = seats.lock(event.id)
    if event.status == EventStatus.CANCELLED:
        raise RuleBroken(N_("This event was cancelled and can no longer be changed. Copy it instead."))
    rules.check_times(plan.starts_at, plan.ends_at)
    seats.settle(event)
    rules.check_capacity(plan.capacity, event.taken, may_push_out)
    moved = event.status == EventStatus.PUBLISHED and any(
        getattr(event, name) != getattr(plan, name) for name in IN_CALENDAR
    )
    before = {language: when(event, language) for language in rules.LANGUAGES}
    for name in WORDS:
        setattr(event, name, getattr(plan, name))
    sealed.seal_link(event, plan.join_link)
    event.version += 1
    seats.push_out(event, plan.capacity)
    event.capacity = plan.capacity
    seats.offer_free(event)
    if moved:
        event.calendar_sequence += 1
        for sign_up in to_tell(event.id):
            letters.event_changed(event, sign_up, before[sign_up.language])
    audit.record("event.edited", "event", event.id, facts={"told": moved})


def publish(event: Event) -> None:
    event = seats.lock(event.id)
    rules.check_future(event.starts_at, clock.now())
    states.move(event, EventStatus.PUBLISHED, EVENT_NEXT)
    event.version += 1


def cancel(event: Event) -> int:
    """Cancel the event and every sign-up; tell all who had confirmed their address. Returns how many were told."""
    event = seats.lock(event.id)
    if event.status == EventStatus.PUBLISHED and event.starts_at <= clock.now():
        raise RuleBroken(N_("The event has begun and can no longer be cancelled."))
    states.move(event, EventStatus.CANCELLED, EVENT_NEXT)
    event.version += 1
    event.calendar_sequence += 1
    told = to_tell(event.id)
    for sign_up in told:
        letters.ended("event_cancelled", event, sign_up, SignUpStatus(sign_up.status))
    for sign_up in db.session.scalars(select(SignUp).where(SignUp.event_id == event.id, SignUp.status.in_(LIVE))):
        seats.end(event, sign_up, SignUpStatus.CANCELLED)
    return len(told)


def to_tell(event_id: UUID) -> list[SignUp]:
    """Those whose address is confirmed and who still come, wait, or are offered a seat."""
    statuses = (SignUpStatus.CONFIRMED, SignUpStatus.WAITING, SignUpStatus.OFFERED)
    return list(db.session.scalars(select(SignUp).where(SignUp.event_id == event_id, SignUp.status.in_(statuses))))


def when(event: Event, language: str) -> str:
    with languages.speaking(language):
        return pages.show_datetime(event.starts_at)
