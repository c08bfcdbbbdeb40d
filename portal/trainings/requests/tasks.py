"""What of the training requests waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.core import clock
from portal.core.access import Permission, Viewer, allows
from portal.core.registry import Task
from portal.events.models import Event, EventStatus
from portal.trainings.requests import queries, words
from portal.trainings.requests.models import RequestStatus, TrainingRequest, Turn


def waiting(viewer: Viewer) -> Iterable[Task]:
    if allows(viewer, Permission.EVENT_MANAGE):
        return _for_programme()
    if allows(viewer, Permission.COMPANY_OWN) and viewer.company_id is not None:
        return _for_company(viewer.company_id)
    return ()


def _for_programme() -> Iterator[Task]:
    for request, company, event in queries.waiting_for_programme():
        title, href = _next_of_programme(request, event)
        is_over = event is not None and request.turn != Turn.PROGRAMME and event.ends_at <= clock.now()
        since = event.ends_at if event is not None and is_over else request.turn_since
        yield Task(title, href, since, f"{company}, {words.topic(request)}", "calendar")


def _next_of_programme(request: TrainingRequest, event: Event | None) -> tuple[str, str]:
    show = url_for("requests.show", request_id=request.id)
    if request.turn == Turn.PROGRAMME:
        return _("Answer a message about a training"), show
    if request.status == RequestStatus.REQUESTED:
        return _("Read a training request"), show
    if request.status == RequestStatus.AGREED:
        return _("Make the event of an agreed training"), url_for("requests.schedule", request_id=request.id)
    if event is not None and event.status == EventStatus.CANCELLED:
        return _("Agree a new day for a training"), show
    return _("Mark a training as held"), url_for("requests.deliver", request_id=request.id)


def _for_company(company_id: UUID) -> Iterator[Task]:
    for request, invites in queries.waiting_for_company(company_id):
        endpoint = "requests.invite" if invites else "requests.own_show"
        title = _("Invite people to your training") if invites else _("Answer a message about your training")
        yield Task(
            title, url_for(endpoint, request_id=request.id), request.turn_since, words.topic(request), "calendar"
        )
