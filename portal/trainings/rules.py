"""The rules of trainings and completions: plain values in, a sentence out."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.errors import N_, RuleBroken

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
"""No letter or digit that another is taken for on paper or on the phone: no B8, I1L, O0, S5, Z2."""
CODE_LENGTH = 10
LONG_AGO = date(2020, 1, 1)
MOST_HOLDERS = 50
ANOTHERS = N_("This certificate is on another person’s account. Write to us if it is yours.")

EVIDENCE = {
    "attendance": N_("Attendance"),
    "course": N_("Self-paced training"),
    "tailored": N_("Tailored training"),
}
"""What may show that a training was completed; an unknown kind stands as it is."""


def add_months(day: date, months: int) -> date:
    """The same day some months on; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def valid_until(completed_on: date, months: int) -> date:
    """The last day, inclusive: completed on 9 September for 24 months holds through 9 September."""
    return add_months(completed_on, months)


def holds(completed_on: date, until: date, on: date) -> bool:
    return completed_on <= on <= until


def plain_code(written: str) -> str:
    """A code as people write it, back to its characters."""
    return "".join(char for char in written.upper() if char.isalnum())


def shown_code(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


def is_code(text: str) -> bool:
    return len(text) == CODE_LENGTH and set(text) <= set(ALPHABET)


def check_claimable(revoked: bool, ended: bool, claimed_by_other: bool, own: bool) -> None:
    """A certificate is claimed once, by the person it was given to, while it counts."""
    if own:
        raise RuleBroken(N_("This certificate is on your account already."))
    if revoked:
        raise RuleBroken(N_("This certificate was revoked. Write to us if you think that is a mistake."))
    if claimed_by_other:
        raise RuleBroken(ANOTHERS)
    if ended:
        raise RuleBroken(N_("This certificate has ended. Complete the training again, and you get a new one."))


def reminder_due(until: date, today: date, marks: Collection[int]) -> int | None:
    """Of the reminders (days before the last day) the nearest that is due; None outside."""
    left = (until - today).days
    return min((days for days in marks if 0 <= left <= days), default=None)


# --- requirements ------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """A completion that a current member of a company holds."""

    holder: UUID
    training: UUID
    completed_on: date
    valid_until: date


@dataclass(frozen=True)
class Asked:
    """A requirement as plain values: so many members hold any one of these trainings, from day to day."""

    id: UUID
    trainings: frozenset[UUID]
    holders: int
    starts_on: date
    ends_on: date | None

    def in_force(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


def holders_until(asked: Asked, held: Iterable[Held], on: date) -> dict[UUID, date]:
    """Who holds it on the day, each with their own last day."""
    found: dict[UUID, date] = {}
    for each in held:
        if each.training in asked.trainings and holds(each.completed_on, each.valid_until, on):
            found[each.holder] = max(each.valid_until, found.get(each.holder, each.valid_until))
    return found


def last_day(until: Iterable[date], holders: int) -> date | None:
    """The last day on which enough people still hold it; None while too few do."""
    longest = sorted(until, reverse=True)
    return longest[holders - 1] if len(longest) >= holders else None


def is_met(asked: Asked, held: Iterable[Held], on: date) -> bool:
    return last_day(holders_until(asked, held, on).values(), asked.holders) is not None


def check_requirement(trainings: int, offered: int, starts_on: date, ends_on: date | None) -> None:
    """`offered` of the trainings can still be completed."""
    if not trainings:
        raise RuleBroken(N_("Choose at least one training that fills it."), field="trainings")
    if not offered:
        raise RuleBroken(
            N_("Nobody can complete these trainings any more. Choose one that is offered."), field="trainings"
        )
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken(N_("The last day is before the first. Choose a later day."), field="ends_on")
