"""Answers to the questions of an event: sealed, readable for those who keep the event, gone when their time is over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from portal.core import clock, retention, vault
from portal.core.db import db
from portal.events import sign_up_models
from portal.events.models import Event
from portal.events.sign_up_models import Answer, Question, QuestionKind, answer_context

Value = str | list[str]
"""A text, the code of an option, or codes of several."""
Values = Mapping[UUID, Value]
"""By question."""


def give(sign_up_id: UUID, values: Values) -> None:
    """Keep these answers in place of earlier ones to the same questions; an empty one takes the answer away."""
    known = {row.question_id: row for row in rows_of([sign_up_id])}
    for question_id, value in values.items():
        row = known.get(question_id)
        if not value:
            if row is not None:
                db.session.delete(row)
            continue
        if row is None:
            row = Answer(id=uuid4(), question_id=question_id, sign_up_id=sign_up_id)
            db.session.add(row)
        row.sealed = vault.seal_bytes(json.dumps(value).encode(), answer_context(row.id))


def rows_of(sign_up_ids: Iterable[UUID]) -> list[Answer]:
    return list(db.session.scalars(select(Answer).where(Answer.sign_up_id.in_(list(sign_up_ids)))))


def opened(row: Answer) -> Value:
    return cast(Value, json.loads(vault.open_bytes(row.sealed, answer_context(row.id))))


def of(sign_up_id: UUID) -> dict[UUID, Value]:
    """What one person answered, by question."""
    return {row.question_id: opened(row) for row in rows_of([sign_up_id])}


def of_event(event_id: UUID) -> dict[UUID, dict[UUID, Value]]:
    """Every answer of an event, by question and then by sign-up, retired questions too; one statement. The reading is
    witnessed by who shows or exports it."""
    query = select(Answer).join(Question, Question.id == Answer.question_id).where(Question.event_id == event_id)
    found: dict[UUID, dict[UUID, Value]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.question_id, {})[row.sign_up_id] = opened(row)
    return found


def in_words(question: Question, value: Value, language: str) -> str:
    """An answer as it is read; options by the words they had, also when they are no longer asked."""
    if question.kind == QuestionKind.TEXT:
        return str(value)
    words = {str(option["code"]): sign_up_models.in_words(option, language).text for option in question.options}
    return ", ".join(words.get(code, code) for code in ([value] if isinstance(value, str) else value))


def count(question_id: UUID) -> int:
    return db.session.scalar(select(func.count()).where(Answer.question_id == question_id)) or 0


def forget(sign_up_id: UUID) -> None:
    """The sign-up has ended: nothing is arranged for it any more."""
    db.session.execute(delete(Answer).where(Answer.sign_up_id == sign_up_id))


def goes_at(question: Question, event: Event) -> datetime:
    return event.ends_at + timedelta(days=question.kept_days)


def forget_old() -> int:
    """Each answer goes as many days after the event as its question says."""
    gone = 0
    for days in db.session.scalars(select(Question.kept_days).distinct()).all():
        over = (
            select(Question.id)
            .join(Event, Event.id == Question.event_id)
            .where(Question.kept_days == days, Event.ends_at <= clock.now() - timedelta(days=days))
        )
        gone += retention.count(delete(Answer).where(Answer.question_id.in_(over)))
    return gone
