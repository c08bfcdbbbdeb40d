"""What a company sees of an introduction: a pure function of instants fixed at offer and acceptance and of the release.

It is evaluated when someone looks, never moved by the worker. Nothing that staff or candidate did before a release is
among its inputs, so refusal, silence, withdrawal and unavailability cannot look or time differently (design: P5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from portal.core import clock

ACCEPTED, DECLINED = "accepted", "declined"
HIRED = "hired"


class Seen(StrEnum):
    ABSENT = "absent"  # not offered: the same as if it did not exist
    OPEN = "open"  # waits for the company's answer
    DECLINED = "declined"
    UNANSWERED = "unanswered"  # the company let the answer-by date pass
    WAITING = "waiting"  # accepted; our answer comes on the answer date at the latest
    NOT_AHEAD = "not_ahead"
    RELEASED = "released"
    ENDED = "ended"  # after a release, whatever ended it
    HIRED = "hired"


@dataclass(frozen=True, kw_only=True)
class Instants:
    """All that the company's side may depend on. `ended_at` counts only after a release."""

    offered_at: datetime | None
    answer_by: datetime | None
    answer: str = ""
    answered_at: datetime | None = None
    answer_date: datetime | None = None
    released_at: datetime | None = None
    release_until: date | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    outcome_at: datetime | None = None


@dataclass(frozen=True)
class View:
    """`has_card`: the card's lines may be read. `has_fields`: the released fields may be read."""

    seen: Seen
    has_card: bool = False
    has_fields: bool = False

    @property
    def is_open(self) -> bool:
        """It counts among the vacancy's open cards: the company holds a card and no word that it ended."""
        return self.seen in (Seen.OPEN, Seen.WAITING)


class Row(Protocol):
    """The columns of an introduction that the company's side is drawn from, and no other."""

    offered_at: datetime | None
    answer_by: datetime | None
    answer: str
    answered_at: datetime | None
    answer_date: datetime | None
    released_at: datetime | None
    release_until: date | None
    ended_at: datetime | None
    status: str
    outcome_at: datetime | None


def instants_of(row: Row) -> Instants:
    """Everything before a release that staff or candidate caused is left behind here."""
    released = row.released_at is not None
    return Instants(
        offered_at=row.offered_at,
        answer_by=row.answer_by,
        answer=row.answer,
        answered_at=row.answered_at,
        answer_date=row.answer_date,
        released_at=row.released_at,
        release_until=row.release_until if released else None,
        ended_at=row.ended_at if released else None,
        outcome=HIRED if released and row.status == HIRED else "",
        outcome_at=row.outcome_at if released else None,
    )


def see(facts: Instants, now: datetime) -> View:
    if facts.offered_at is None or facts.answer_by is None or now < facts.offered_at:
        return View(Seen.ABSENT)
    if facts.answered_at is None or now < facts.answered_at:
        return View(Seen.OPEN, has_card=True) if now < facts.answer_by else View(Seen.UNANSWERED)
    if facts.answer == DECLINED or facts.answer_date is None:
        return View(Seen.DECLINED)
    if facts.released_at is None or now < facts.released_at:
        return View(Seen.WAITING, has_card=True) if now < facts.answer_date else View(Seen.NOT_AHEAD)
    return _after_release(facts, now)


def _after_release(facts: Instants, now: datetime) -> View:
    over = now >= ends_at(facts)
    if facts.outcome == HIRED and facts.outcome_at is not None and now >= facts.outcome_at:
        return View(Seen.HIRED, has_card=not over, has_fields=not over)
    return View(Seen.ENDED) if over else View(Seen.RELEASED, has_card=True, has_fields=True)


def ends_at(facts: Instants) -> datetime:
    """When the released fields hide: the end of the last day, or at once after a withdrawal or another ending."""
    if facts.release_until is None:
        raise ValueError("a release has a last day")
    last = end_of(facts.release_until)
    return min(last, facts.ended_at) if facts.ended_at else last


def end_of(day: date) -> datetime:
    """The instant at which an inclusive last day is over in Finland."""
    return clock.at(day + timedelta(days=1), time(0))
