"""What a document may hold: codes, small numbers and dates. A name, a sentence or an address cannot pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

CODE = re.compile(r"[a-z0-9_]{1,80}")
UUID_HEX = re.compile(r"[0-9a-f]{32}")
LANGUAGE = re.compile(r"[a-z]{2,3}(_[a-z0-9]{2,8})?")
ISCO = re.compile(r"[0-9]{4}")
MUNICIPALITY = re.compile(r"[0-9]{3}")
REGION = re.compile(r"[0-9]{2}")
SECTOR = re.compile(r"[A-Z]|[0-9]{2}")
BANDS = frozenset({"weekday_day", "weekday_evening", "night", "weekend"})
HOURS_IN_A_WEEK = 168


@lru_cache(maxsize=200_000)
def _matches(text: str, pattern: re.Pattern[str]) -> bool:
    return pattern.fullmatch(text) is not None


def check_code(value: str, what: str, pattern: re.Pattern[str] = CODE) -> str:
    """The value itself; ValueError names the field but never repeats the value, which may be a person's."""
    if not isinstance(value, str) or not _matches(value, pattern):
        raise ValueError(f"{what} must match {pattern.pattern}.")
    return value


def check_codes(values: Iterable[str], what: str, pattern: re.Pattern[str] = CODE) -> frozenset[str]:
    if isinstance(values, str):
        raise ValueError(f"{what} must be a set of codes, not one text.")
    return frozenset(check_code(value, what, pattern) for value in values)


def check_bands(values: Iterable[str], what: str) -> frozenset[str]:
    bands = check_codes(values, what)
    if not bands <= BANDS:
        raise ValueError(f"{what} may hold only {', '.join(sorted(BANDS))}.")
    return bands


def check_level(value: int, what: str, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= highest:
        raise ValueError(f"{what} must be a whole number from 1 to {highest}.")
    return value


def check_hours(lowest: int, highest: int) -> None:
    for value in (lowest, highest):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HOURS_IN_A_WEEK:
            raise ValueError(f"Weekly hours must be whole numbers from 0 to {HOURS_IN_A_WEEK}.")
    if lowest > highest:
        raise ValueError("The lowest weekly hours must not be above the highest.")


def check_date(value: date, what: str) -> date:
    """A day. An instant is refused: it would say more than is needed."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"{what} must be a date without a time.")
    return value


def check_no_repeats(codes: list[str], what: str) -> None:
    if len(codes) != len(set(codes)):
        raise ValueError(f"{what} must not name the same code twice.")
