"""Reads of training requests that are more than a look-up."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select

from portal.companies.models import Company
from portal.core import clock
from portal.core.db import db
from portal.events.models import Event, EventStatus, SignUp, SignUpStatus
from portal.trainings.requests.models import OPEN, Invitation, RequestStatus, TrainingRequest, Turn

MOST = 50

Waiting = tuple[TrainingRequest, str, Event | None]


def listed(status: str) -> Select[TrainingRequest]:
    """Those of a state; without one those that are open. Page it by `place`."""
    states = (status,) if status in set(RequestStatus) else OPEN
    return select(TrainingRequest).where(TrainingRequest.status.in_(states))


def waiting_for_programme() -> Sequence[Waiting]:
    """With the company's name and the event: to be read, answered, made into an event or marked as held; one statement.

    Agreed anew when its event was cancelled. A training whose attendance is not marked yet is the events' own task.
    """
    unmarked = exists().where(
        SignUp.event_id == Event.id, SignUp.status == SignUpStatus.CONFIRMED, SignUp.attended.is_(None)
    )
    held = and_(Event.status == EventStatus.PUBLISHED, Event.ends_at <= clock.now(), ~unmarked)
    query = (
        select(TrainingRequest, Company.name, Event)
        .join(Company, Company.id == TrainingRequest.company_id)
        .outerjoin(Event, Event.id == TrainingRequest.event_id)
        .where(
            TrainingRequest.status.in_(OPEN),
            or_(
                TrainingRequest.turn == Turn.PROGRAMME,
                TrainingRequest.status == RequestStatus.REQUESTED,
                TrainingRequest.status == RequestStatus.AGREED,
                Event.status == EventStatus.CANCELLED,
                held,
            ),
        )
        .order_by(TrainingRequest.turn_since)
        .limit(MOST)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def waiting_for_company(company_id: UUID) -> Sequence[tuple[TrainingRequest, bool]]:
    """To be answered; or (True) with a day to come and nobody invited; one statement."""
    nobody = ~exists().where(Invitation.request_id == TrainingRequest.id)
    to_come = and_(Event.status == EventStatus.PUBLISHED, Event.starts_at > clock.now(), nobody)
    query = (
        select(TrainingRequest, TrainingRequest.turn != Turn.COMPANY)
        .outerjoin(Event, Event.id == TrainingRequest.event_id)
        .where(
            TrainingRequest.company_id == company_id,
            TrainingRequest.status.in_(OPEN),
            or_(TrainingRequest.turn == Turn.COMPANY, and_(TrainingRequest.status == RequestStatus.SCHEDULED, to_come)),
        )
        .order_by(TrainingRequest.turn_since)
        .limit(MOST)
    )
    return [(row[0], bool(row[1])) for row in db.session.execute(query)]
