"""Questions and answers about a request. A message makes it the other side's turn, and brings the news once a turn."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.companies import news
from portal.companies import services as companies
from portal.core import audit, clock
from portal.core.db import db
from portal.trainings.requests import rules
from portal.trainings.requests.models import OPEN, RequestMessage, TrainingRequest, Turn


def messages_of(request_id: UUID) -> list[RequestMessage]:
    """The oldest first."""
    query = select(RequestMessage).where(RequestMessage.request_id == request_id)
    return list(db.session.scalars(query.order_by(RequestMessage.at, RequestMessage.id)))


def ask_programme(request: TrainingRequest, text: str, by: UUID) -> None:
    """The company writes. Raises `RuleBroken` once the request has ended."""
    message = _write(request, text, by, from_company=True)
    if request.turn != Turn.PROGRAMME:
        news.tell_liaison(companies.by_id(request.company_id), f"training_request.message:{message.id}")
        request.turn, request.turn_since = Turn.PROGRAMME, clock.now()


def ask_company(request: TrainingRequest, text: str, by: UUID, wants_answer: bool) -> None:
    """The programme writes; the company has a task when an answer is wanted. Raises `RuleBroken` as above."""
    message = _write(request, text, by, from_company=False)
    if request.turn != Turn.COMPANY:
        news.tell_members(companies.by_id(request.company_id), f"training_request.message:{message.id}")
        request.turn, request.turn_since = Turn.COMPANY if wants_answer else Turn.NOBODY, clock.now()


def settle(request: TrainingRequest) -> None:
    """The last message needs no answer."""
    request.turn, request.turn_since = Turn.NOBODY, clock.now()
    audit.record("training_request.read", "training_request", request.id)


def _write(request: TrainingRequest, text: str, by: UUID, *, from_company: bool) -> RequestMessage:
    db.session.refresh(request, with_for_update=True)
    rules.check_writable(request.status in OPEN)
    message = RequestMessage(request_id=request.id, at=clock.now(), by_id=by, from_company=from_company, text=text)
    db.session.add(message)
    audit.record("training_request.written", "training_request", request.id)
    return message
