"""The summary letter: what was taught, when, for how long, to how many and for which goals; the programme signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from portal.accounts import services as accounts
from portal.companies import services as companies
from portal.core import audit, clock, sweep
from portal.core.errors import NotFound
from portal.events import forgetting
from portal.events import words as event_words
from portal.events.models import Event
from portal.events.rules import Spoken
from portal.trainings import services as trainings
from portal.trainings.requests import services, words
from portal.trainings.requests.models import RequestStatus, TrainingRequest


@dataclass(frozen=True)
class Letter:
    """In one language; what is written in another says so. `training` is what those who were there completed."""

    company: str
    business_id: str
    topic: str
    title: Spoken
    summary: Spoken
    programme: Spoken
    training: str
    training_version: int
    when: str
    length: str
    where: str
    language: str
    attended: int
    names: tuple[str, ...]
    goals: Spoken
    signed_by: str
    signed_on: date


def of(request: TrainingRequest, language: str) -> Letter:
    """Raises `NotFound` until the training was held."""
    event = services.event_of(request)
    if request.status != RequestStatus.DELIVERED or event is None or request.delivered_at is None:
        raise NotFound
    company = companies.by_id(request.company_id)
    training = trainings.get(request.training_id) if request.training_id is not None else None
    return Letter(
        company=company.name,
        business_id=company.business_id,
        topic=words.topic(request),
        title=event.spoken("title", language),
        summary=event.spoken("summary", language),
        programme=event.spoken("programme", language),
        training=training.title(language) if training is not None else "",
        training_version=request.training_version or 0,
        when=words.span(event.starts_at, event.ends_at),
        length=words.length(event.starts_at, event.ends_at),
        where=event_words.place(event),
        language=event_words.language_of(event),
        attended=request.attended or 0,
        names=tuple(request.participant_names.splitlines()),
        goals=Spoken(request.goals, request.words_language, request.words_language != language),
        signed_by=accounts.names([request.delivered_by_id]).get(request.delivered_by_id, "")
        if request.delivered_by_id
        else "",
        signed_on=clock.local_date(request.delivered_at),
    )


def name_participants(request: TrainingRequest, names: str) -> None:
    """The names that the company wants in its letter, one a line; none takes them out."""
    request.participant_names = "\n".join(line.strip() for line in names.splitlines() if line.strip())
    request.version += 1
    audit.record("training_request.names_written", "training_request", request.id)


def forget_names() -> int:
    """The letter stays with its numbers; the names in it go when those of the sign-ups go. Returns of how many."""
    over = select(Event.id).where(forgetting.is_due())
    named = update(TrainingRequest).where(TrainingRequest.event_id.in_(over), TrainingRequest.participant_names != "")
    return sweep.count(named.values(participant_names="").execution_options(synchronize_session=False))
