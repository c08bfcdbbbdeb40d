"""Feedback after an event. The personal link opens the form once; the answers lead back to nobody.

What is kept of an answer: the event, the question, the value, the month (a day would tie together what one person
answered). That somebody has answered is a mark on their sign-up without a time. The answers of one person do not hang
together, and none is shown before `FEWEST` people have answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from uuid import UUID

from sqlalchemy import func, select, update

from portal.core import clock
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.events.feedback_models import FeedbackAnswer
from portal.events.models import Event, EventStatus, SignUp, SignUpStatus

OPEN_FOR = timedelta(days=60)
FEWEST = 5
LONGEST = 2000


class QuestionKind(StrEnum):
    SCALE = "scale"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True)
class Question:
    """`text` and the labels of `choices` are marked. A scale goes from 1 to 5."""

    code: str
    kind: QuestionKind
    text: str
    choices: tuple[tuple[str, str], ...] = ()


SCALE = tuple((str(number), str(number)) for number in range(1, 6))
USEFUL = Question("useful", QuestionKind.SCALE, N_("How useful was the event for your work?"), SCALE)
CLEAR = Question("clear", QuestionKind.SCALE, N_("How easy was it to follow?"), SCALE)
ONLINE = Question("online", QuestionKind.SCALE, N_("How well did sound, picture and link work?"), SCALE)
ON_SITE = Question("on_site", QuestionKind.SCALE, N_("How well did the place suit?"), SCALE)
CHANGE = Question(
    "change",
    QuestionKind.CHOICE,
    N_("Will you do something differently at work?"),
    (("yes", N_("Yes")), ("perhaps", N_("Perhaps")), ("no", N_("No"))),
)
BEST = Question("best", QuestionKind.TEXT, N_("What was of most use to you?"))
BETTER = Question("better", QuestionKind.TEXT, N_("What should we do differently?"))


def questions_of(event: Event) -> tuple[Question, ...]:
    return (USEFUL, CLEAR, ON_SITE if event.place else ONLINE, CHANGE, BEST, BETTER)


# --- the form, for one person ---------------------------------------------------


def is_open_to(event: Event, sign_up: SignUp, now: datetime) -> bool:
    """From the end of the event on, for those who were there; once."""
    may = sign_up.status == SignUpStatus.CONFIRMED and sign_up.attended is not False and not sign_up.answered
    return may and event.status == EventStatus.PUBLISHED and event.ends_at <= now < event.ends_at + OPEN_FOR


def answer(event: Event, sign_up: SignUp, values: Mapping[str, str]) -> None:
    """Keep the answers, each by itself, and mark the sign-up. Raises `RuleBroken`."""
    if not is_open_to(event, sign_up, clock.now()):
        raise RuleBroken(N_("This form is closed, or you have answered already."))
    given = {code: text for code, text in values.items() if text}
    if not given:
        raise RuleBroken(N_("Answer at least one question."))
    first = update(SignUp).where(SignUp.id == sign_up.id, SignUp.answered.is_(False)).values(answered=True)
    if db.session.execute(first).rowcount != 1:  # type: ignore[attr-defined]  # a cursor result
        raise RuleBroken(N_("This form is closed, or you have answered already."))
    month = clock.today().replace(day=1)
    rows = [
        FeedbackAnswer(event_id=event.id, question=code, value=text, answered_on=month) for code, text in given.items()
    ]
    db.session.add_all(sorted(rows, key=attrgetter("id")))  # written in the order of ids that are random


# --- the summary, for those who keep the event ----------------------------------


@dataclass(frozen=True)
class Summary:
    """The answers to one question. `shares` is None while there are too few to show: else how many chose what. `texts`
    is None while too few people have answered anything at all."""

    question: Question
    count: int
    shares: tuple[tuple[str, int], ...] | None
    mean: float | None
    texts: tuple[str, ...] | None


def summary(event: Event) -> list[Summary]:
    found: dict[str, list[str]] = {}
    query = select(FeedbackAnswer.question, FeedbackAnswer.value).where(FeedbackAnswer.event_id == event.id)
    for code, value in db.session.execute(query.order_by(FeedbackAnswer.id)):
        found.setdefault(code, []).append(value)
    enough = asked_and_answered(event.id)[0] >= FEWEST
    return [summed(question, found.get(question.code, []), enough) for question in questions_of(event)]


def summed(question: Question, values: list[str], enough: bool) -> Summary:
    if question.kind == QuestionKind.TEXT:
        return Summary(question, len(values), None, None, tuple(values) if enough else None)
    if len(values) < FEWEST:
        return Summary(question, len(values), None, None, ())
    shares = tuple((label, values.count(code)) for code, label in question.choices)
    is_scale = question.kind == QuestionKind.SCALE
    return Summary(question, len(values), shares, sum(map(int, values)) / len(values) if is_scale else None, ())


def asked_and_answered(event_id: UUID) -> tuple[int, int]:
    """(how many have answered, how many were there)"""
    came = SignUp.attended.is_(True)
    row = db.session.execute(
        select(func.count().filter(SignUp.answered), func.count().filter(came)).where(SignUp.event_id == event_id)
    ).one()
    return row[0], row[1]
