"""Training requests: a company asks, the programme agrees or declines, an event is made, the training is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, func, select

from portal.companies import news
from portal.companies import services as companies
from portal.companies.models import Company
from portal.core import audit, clock, states
from portal.core.access import Viewer
from portal.core.db import db, lock_words
from portal.core.errors import NotFound
from portal.events import services as events
from portal.events.models import Event, EventKind, EventStatus
from portal.events.services import Plan
from portal.trainings.requests import invitations, rules
from portal.trainings.requests.models import NEXT, RequestStatus, TrainingRequest, Turn


@dataclass(frozen=True)
class Wish:
    """What a company asks for. `topic_words` says which other topic."""

    topic: str
    topic_words: str
    wished_days: Sequence[date]
    wished_from: date | None
    wished_until: date | None
    training_language: str
    headcount: int
    held_as: str
    site: str
    goals: str
    words_language: str
    contact_id: UUID


@dataclass(frozen=True)
class Agreement:
    """What was agreed. `training_id` is the training that those who are there complete, if any."""

    training_id: UUID | None
    content: str
    starts_at: datetime
    ends_at: datetime
    training_language: str
    headcount: int
    held_as: str
    site: str


# --- readers -----------------------------------------------------------------


def get(request_id: UUID) -> TrainingRequest:
    """Any request, for those who keep events. Raises `NotFound`."""
    return _one(select(TrainingRequest).where(TrainingRequest.id == request_id))


def of_company(viewer: Viewer) -> Select[TrainingRequest]:
    """Those of the viewer's own company."""
    return select(TrainingRequest).where(TrainingRequest.company_id == viewer.company_id)


def get_own(request_id: UUID, viewer: Viewer) -> TrainingRequest:
    """Raises `NotFound` for an absent request and for another company's alike."""
    return _one(of_company(viewer).where(TrainingRequest.id == request_id))


def of_event(event_id: UUID) -> TrainingRequest | None:
    """The request that this event was made from, if any."""
    return db.session.scalar(select(TrainingRequest).where(TrainingRequest.event_id == event_id))


def event_of(request: TrainingRequest) -> Event | None:
    return events.get(request.event_id) if request.event_id is not None else None


def _one(query: Select[TrainingRequest]) -> TrainingRequest:
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _lock(request: TrainingRequest) -> None:
    """As it is now, held until the commit: of two who press at once one is told."""
    db.session.refresh(request, with_for_update=True)


def _unread(company_id: UUID) -> int:
    waiting = TrainingRequest.status == RequestStatus.REQUESTED
    return db.session.scalar(select(func.count()).where(TrainingRequest.company_id == company_id, waiting)) or 0


# --- verbs -------------------------------------------------------------------


def ask(company: Company, wish: Wish, by: UUID) -> TrainingRequest:
    """Raises `RuleBroken` when the company may not, or has many that wait."""
    lock_words([f"training requests of {company.id}"])
    rules.check_may_ask(company.status, _unread(company.id))
    rules.check_wishes(wish.wished_days, wish.wished_from, wish.wished_until)
    now, request_id = clock.now(), uuid4()
    request = TrainingRequest(
        id=request_id,
        company_id=company.id,
        status=RequestStatus.REQUESTED,
        place=f"{now:%Y%m%d%H%M%S}{request_id.hex}",
        topic=wish.topic,
        topic_words=wish.topic_words,
        wished_days=[day.isoformat() for day in sorted(set(wish.wished_days))],
        wished_from=wish.wished_from,
        wished_until=wish.wished_until,
        training_language=wish.training_language,
        headcount=wish.headcount,
        held_as=wish.held_as,
        site=wish.site,
        goals=wish.goals,
        words_language=wish.words_language,
        contact_id=wish.contact_id,
        asked_at=now,
        asked_by_id=by,
        turn=Turn.NOBODY,
        turn_since=now,
        version=1,
    )
    db.session.add(request)
    audit.record("training_request.asked", "training_request", request.id, facts={"company": company.id})
    news.tell_liaison(company, f"training_request.asked:{request.id}")
    return request


def agree(request: TrainingRequest, agreement: Agreement, by: UUID) -> None:
    """Content and day; what was agreed may be changed until the event is made. Raises `RuleBroken`."""
    _lock(request)
    rules.check_times(agreement.starts_at, agreement.ends_at, clock.now())
    if request.status == RequestStatus.AGREED:
        audit.record("training_request.agreed_anew", "training_request", request.id)
    else:
        states.move(request, RequestStatus.AGREED, NEXT)
    request.training_id, request.content = agreement.training_id, agreement.content
    request.starts_at, request.ends_at = agreement.starts_at, agreement.ends_at
    request.training_language, request.headcount = agreement.training_language, agreement.headcount
    request.held_as, request.site = agreement.held_as, agreement.site
    request.agreed_at, request.agreed_by_id = clock.now(), by
    moved_on(request, f"agreed:{request.version}")


def decline(request: TrainingRequest, reason: str, by: UUID) -> None:
    """The reason is for the company and stays with the request. Raises `RuleBroken`."""
    _lock(request)
    states.move(request, RequestStatus.DECLINED, NEXT)
    request.declined_at, request.declined_by_id, request.declined_reason = clock.now(), by, reason
    moved_on(request, "declined")


def schedule(request: TrainingRequest, plan: Plan) -> Event:
    """Make the private event of what was agreed, and open it to the company; anew when that event was cancelled.

    Kind, company and training are those of the request, whatever the plan says. Raises `RuleBroken`.
    """
    _lock(request)
    before = event_of(request)
    agreed = request.status == RequestStatus.AGREED
    again = request.status == RequestStatus.SCHEDULED and before is not None
    rules.check_schedulable(agreed, again and before is not None and before.status == EventStatus.CANCELLED)
    event = events.create(
        replace(
            plan,
            kind=EventKind.TAILORED_TRAINING,
            company_id=request.company_id,
            training_id=request.training_id,
        )
    )
    db.session.flush()
    events.publish(event)
    if agreed:
        states.move(request, RequestStatus.SCHEDULED, NEXT)
    else:
        audit.record("training_request.new_day", "training_request", request.id, facts={"event": event.id})
    request.event_id, request.scheduled_at = event.id, clock.now()
    moved_on(request, f"scheduled:{event.id}")
    if before is not None:
        invitations.invite_anew(request, event)
    return event


def moved_on(request: TrainingRequest, what: str) -> None:
    """A new state answers what was asked in the talk; the company has news."""
    request.version += 1
    request.turn, request.turn_since = Turn.NOBODY, clock.now()
    news.tell_members(companies.by_id(request.company_id), f"training_request.{what}:{request.id}")
