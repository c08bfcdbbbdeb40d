"""Rules of placements and check-ins, over plain values."""

from __future__ import annotations

from datetime import date, timedelta

from portal.core.errors import N_, RuleBroken

WEEKS = (1, 4, 12, 26)
AGAIN = timedelta(days=7)
"""Someone not reached is tried again after a week."""
MOST_HOURS = 60
EARLIEST, LATEST = timedelta(days=31), timedelta(days=366)

KINDS = {
    "job": N_("A job"),
    "try_out": N_("A work try-out"),
    "subsidised": N_("A job with pay subsidy"),
    "apprenticeship": N_("An apprenticeship"),
}
PAY_UNITS = {"hour": N_("an hour"), "month": N_("a month")}


def due_dates(starts_on: date) -> list[tuple[int, date]]:
    """(week, day) of each check-in."""
    return [(week, starts_on + timedelta(weeks=week)) for week in WEEKS]


def check_start(kind: str, starts_on: date, hours: int, pay_cents: int, today: date) -> None:
    if kind not in KINDS:
        raise RuleBroken(N_("Choose what kind of work it is"), field="kind")
    if not today - EARLIEST <= starts_on <= today + LATEST:
        raise RuleBroken(
            N_("The start is at most a month back and a year ahead. Choose such a day."), field="starts_on"
        )
    if not 1 <= hours <= MOST_HOURS:
        raise RuleBroken(N_("Write the hours of a week, from 1 to %(most)d."), field="hours", most=MOST_HOURS)
    if pay_cents == 0 and kind != "try_out":
        raise RuleBroken(N_("Only a work try-out is without pay. Write the pay."), field="pay")


def check_end(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise RuleBroken(N_("The last day is before the first. Choose a later day."), field="ends_on")
    if ends_on > today:
        raise RuleBroken(N_("This day is still to come. Choose today or an earlier day."), field="ends_on")


def check_week_has_come(due_on: date, today: date) -> None:
    """A check-in may be done up to three days early, for people meet when they can."""
    if today < due_on - timedelta(days=3):
        raise RuleBroken(N_("This check-in is not due yet. Record it from three days before its day."))
