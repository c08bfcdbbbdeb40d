"""One clock. Instants are aware and in UTC; days and wall times are Finnish.

Tests and games set the clock by `travel`; everything else only reads it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

FINLAND = ZoneInfo("Europe/Helsinki")

_shift = timedelta(0)


def now() -> datetime:
    return datetime.now(UTC) + _shift


def today() -> date:
    return now().astimezone(FINLAND).date()


def local(instant: datetime) -> datetime:
    return instant.astimezone(FINLAND)


def local_date(instant: datetime) -> date:
    return instant.astimezone(FINLAND).date()


def exists_once(day: date, wall: time) -> bool:
    """False for a wall time that a clock change skips or repeats."""
    first, second = (datetime.combine(day, wall, FINLAND).replace(fold=fold) for fold in (0, 1))
    return first.utcoffset() == second.utcoffset()


def at(day: date, wall: time) -> datetime:
    """The instant of a Finnish wall time."""
    return datetime.combine(day, wall, FINLAND).astimezone(UTC)


@cache
def _finnish_holidays() -> Container[date]:
    import holidays  # a slow import, for what few pages ask

    return cast(Container[date], holidays.country_holidays("FI"))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _finnish_holidays()


def working_days_after(day: date, count: int) -> date:
    """The `count`th working day after `day`."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Within, the clock starts from `to` and runs on. For tests and games."""
    global _shift
    before = _shift
    _shift = to - datetime.now(UTC)
    try:
        yield
    finally:
        _shift = before
