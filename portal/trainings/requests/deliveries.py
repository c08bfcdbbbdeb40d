"""The training was held: completions for all who were there, and the numbers of the summary letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.core import clock, states
from portal.core.db import db
from portal.core.errors import RuleBroken
from portal.events import attendance, seats
from portal.events.models import Event, EventStatus, SignUp
from portal.trainings import services as trainings
from portal.trainings.models import Completion
from portal.trainings.requests import rules, services
from portal.trainings.requests.models import NEXT, RequestStatus, TrainingRequest


@dataclass(frozen=True)
class Attendance:
    """Who was there, and who of them holds a completion of the event already."""

    present: Sequence[SignUp]
    absent: int
    unmarked: int
    certified: int


def attendance_of(event: Event) -> Attendance:
    """Two statements."""
    people = attendance.expected(event.id)
    present = [each for each in people if each.attended]
    counting = select(Completion.sign_up_id).where(Completion.event_id == event.id, Completion.revoked_at.is_(None))
    certified = set(db.session.scalars(counting))
    return Attendance(
        present,
        sum(1 for each in people if each.attended is False),
        sum(1 for each in people if each.attended is None),
        sum(1 for each in present if each.id in certified),
    )


def deliver(request: TrainingRequest, by: UUID) -> int:
    """All who were there complete the training that was agreed, in one go. Returns how many were there.

    Who got the completion when attendance was marked keeps that one. Raises `RuleBroken` before attendance is marked.
    """
    db.session.refresh(request, with_for_update=True)
    if request.event_id is None:
        raise RuleBroken(rules.CHANGED)
    event = seats.lock(request.event_id)
    found = attendance_of(event)
    rules.check_deliverable(
        event.status == EventStatus.CANCELLED, event.ends_at, found.unmarked, len(found.present), clock.now()
    )
    states.move(request, RequestStatus.DELIVERED, NEXT)
    if request.training_id is not None:
        event.training_id = request.training_id
        request.training_version = trainings.get(request.training_id).content_version
        for sign_up in found.present:
            trainings.record_attendance(event, sign_up, by)
    request.delivered_at, request.delivered_by_id, request.attended = clock.now(), by, len(found.present)
    services.moved_on(request, "delivered")
    return len(found.present)
