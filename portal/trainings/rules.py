"""The rules of trainings and completions: plain values in, a sentence out."""

from __future__ import annotations

import calendar
from datetime import date

from portal.core.errors import N_, RuleBroken

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
"""No letter or digit that another is taken for on paper or on the phone: no B8, I1L, O0, S5, Z2."""
CODE_LENGTH = 10
REMINDER_DAYS = (21, 7)


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


def check_claimable(revoked: bool, claimed_by_other: bool, own: bool) -> None:
    """A certificate is claimed once, by the person it was given to."""
    if own:
        raise RuleBroken(N_("This certificate is already yours."), field="code")
    if revoked:
        raise RuleBroken(N_("This certificate was revoked. Write to us if you think that is a mistake."), field="code")
    if claimed_by_other:
        raise RuleBroken(N_("This certificate belongs to another person. Write to us if it is yours."), field="code")


def reminders_due(until: date, today: date) -> int | None:
    """The reminder that is due: 21 or 7 days before the last day, the nearer one only; None outside."""
    left = (until - today).days
    return min((days for days in REMINDER_DAYS if 0 <= left <= days), default=None)
