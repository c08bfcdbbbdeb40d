"""The rules of courses: what a version needs before anyone takes it, the order of a try, and what passes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from portal.core.errors import N_, RuleBroken

FEWEST_FOR_NUMBERS = 5
"""Of fewer people nothing is shown by question: one could tell who answered what."""
AGAIN_DAYS = 90
ANSWERS_KEPT_MONTHS, ANSWERS_KEPT = 12, timedelta(days=365)
MOST_SECTIONS, MOST_QUESTIONS = 30, 40
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8

Thing = TypeVar("Thing")


def shuffled(things: Iterable[Thing], seed: str, key: Any = str) -> list[Thing]:
    """An order that the seed alone decides: the same after a reload, and on every machine."""
    return sorted(things, key=lambda thing: hashlib.sha256(f"{seed}\n{key(thing)}".encode()).digest())


def is_right(chosen: Iterable[str], right: Iterable[str]) -> bool:
    """All of the right options and no other."""
    return frozenset(chosen) == frozenset(right)


def has_passed(right: int, asked: int, percent: int) -> bool:
    return asked > 0 and right * 100 >= percent * asked


def needed(asked: int, percent: int) -> int:
    """The fewest right answers that pass."""
    return -(-asked * percent // 100)


def may_take_again(until: date | None, today: date) -> bool:
    """Near the end of the completion or after it; None: it was revoked."""
    return until is None or (until - today).days <= AGAIN_DAYS


def check_options(kind: str, options: Sequence[Mapping[str, Any]]) -> None:
    """A single choice has one right answer, several have one or more, and something must be wrong."""
    if len(options) < FEWEST_OPTIONS:
        raise RuleBroken(N_("Write at least two answers to choose from."), field="options")
    right = sum(bool(option["right"]) for option in options)
    if right == 0:
        raise RuleBroken(N_("Tick at least one answer that is right."), field="options")
    if kind == "single" and right > 1:
        raise RuleBroken(N_("Only one answer may be right here. Or choose “several answers”."), field="options")
    if right == len(options):
        raise RuleBroken(N_("Every answer is right. Write one that is not."), field="options")


def lacking(sections: int, questions: int, orphans: int) -> list[str]:
    """What a version still needs before it is published, as marked sentences."""
    found = []
    if sections == 0:
        found.append(N_("Write at least one section."))
    if questions == 0:
        found.append(N_("Write at least one question."))
    if orphans:
        found.append(N_("A question names a section that was taken out. Choose another section for it."))
    return found


def check_publishable(missing: Sequence[str]) -> None:
    if missing:
        raise RuleBroken(missing[0])


def check_writable(is_draft: bool) -> None:
    if not is_draft:
        raise RuleBroken(N_("A published version does not change. Begin a new version and write there."))


def check_keeps_enough(left: int) -> None:
    """Taking a part out of a published version must leave something to read and to answer."""
    if left < 1:
        raise RuleBroken(N_("This is the last one. A published version needs at least one."))


def check_read(unread: int) -> None:
    if unread:
        raise RuleBroken(N_("Read every section first; then the quiz opens."))


def check_answers(answers: Mapping[str, Sequence[str]], asked: Iterable[UUID]) -> None:
    if any(not answers.get(str(each)) for each in asked):
        raise RuleBroken(N_("Answer every question."))
