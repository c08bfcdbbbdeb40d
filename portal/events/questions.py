"""What those who keep an event ask besides the usual: they add, change, order and remove questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import answers, question_rules, seats
from portal.events.models import Event, EventStatus
from portal.events.sign_up_models import Question, QuestionKind


@dataclass(frozen=True)
class Wording:
    """A question as it is written. `options` hold the words in each language; none for a text."""

    kind: str
    text_fi: str
    text_sv: str
    text_en: str
    options: Sequence[dict[str, str]]
    required: bool
    kept_days: int


# --- readers -----------------------------------------------------------------


def of_event(event_id: UUID) -> list[Question]:
    """All of them in their order, those that are retired last."""
    query = select(Question).where(Question.event_id == event_id)
    rows = db.session.scalars(query.order_by(Question.position, Question.id)).all()
    return sorted(rows, key=lambda row: row.retired_at is not None)


def asked(event_id: UUID) -> list[Question]:
    """Those asked now."""
    return [row for row in of_event(event_id) if row.retired_at is None]


def get(question_id: UUID) -> Question:
    """Raises `NotFound`."""
    found = db.session.get(Question, question_id)
    if found is None:
        raise NotFound
    return found


def missing(event_id: UUID, sign_up_id: UUID) -> bool:
    """Whether this person has still to answer something that must be answered."""
    required = {row.id for row in asked(event_id) if row.required}
    return bool(required and required - set(answers.of(sign_up_id)))


# --- verbs -------------------------------------------------------------------


def add(event_id: UUID, wording: Wording) -> Question:
    """Asked from now on, last of all. Raises `RuleBroken`."""
    event = changeable(event_id)
    rows = of_event(event.id)
    question_rules.check_room(sum(1 for row in rows if row.retired_at is None))
    question = Question(event_id=event.id, position=1 + max((row.position for row in rows), default=0), version=1)
    write(question, wording)
    db.session.add(question)
    noted(event)
    return question


def change(question: Question, wording: Wording) -> None:
    """Raises `RuleBroken` where an answer would lose its meaning."""
    event = changeable(question.event_id)
    question_rules.check_kind(wording.kind, question.kind, answers.count(question.id) > 0)
    write(question, wording)
    question.version += 1
    noted(event)


def write(question: Question, wording: Wording) -> None:
    for name in ("kind", "text_fi", "text_sv", "text_en", "required", "kept_days"):
        setattr(question, name, getattr(wording, name))
    chosen = wording.kind != QuestionKind.TEXT
    question.options = question_rules.merge_options(question.options or [], wording.options) if chosen else []


def move(question: Question, up: bool) -> None:
    """One place up or down among those that are asked; the first and the last stay."""
    event = changeable(question.event_id)
    rows = asked(event.id)
    if question not in rows:
        raise RuleBroken(N_("This question is no longer asked. Open the page again."))
    at = rows.index(question)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows, start=1):
        row.position = position
    noted(event)


def remove(question: Question) -> None:
    """No longer asked. Where somebody has answered it stays, retired, so that the answers can be read."""
    event = changeable(question.event_id)
    if answers.count(question.id):
        question.retired_at = clock.now()
    else:
        db.session.delete(question)
    noted(event)


def restore(question: Question) -> None:
    """Asked again, last of all. Raises `RuleBroken` when there are too many."""
    event = changeable(question.event_id)
    rows = of_event(event.id)
    question_rules.check_room(sum(1 for row in rows if row.retired_at is None))
    question.retired_at, question.position = None, 1 + max(row.position for row in rows)
    noted(event)


def copy_all(source_id: UUID, to: Event) -> None:
    """The same questions for another event; nobody has answered them there."""
    for position, row in enumerate(asked(source_id), start=1):
        same = {name: getattr(row, name) for name in ("kind", "text_fi", "text_sv", "text_en", "required", "kept_days")}
        db.session.add(Question(event_id=to.id, position=position, version=1, options=row.offered(), **same))


def changeable(event_id: UUID) -> Event:
    """The event, locked: of two who change its questions one comes after the other."""
    event = seats.lock(event_id)
    question_rules.check_askable(event.status == EventStatus.CANCELLED, event.ends_at, clock.now())
    return event


def noted(event: Event) -> None:
    audit.record("event.questions_changed", "event", event.id)
