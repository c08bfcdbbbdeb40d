"""Rules of a candidate's file, over plain values."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from portal.candidates.words import ANSWERS, CLOSE_REASONS, HOW
from portal.core.errors import N_, RuleBroken

LETTERS, DIGITS = "BCDFGHJKMNPRTVWX", "2345678"  # no vowels, so no words; nothing that reads like another
WEEK_HOURS = 168
MOST = {"skills": 60, "languages": 20, "occupations": 10, "municipalities": 60, "regions": 19}


@dataclass(frozen=True)
class ProfileFields:
    """A profile as it was written, to be checked and kept as a whole."""

    skills: Mapping[str, int]
    languages: Mapping[str, int]
    occupations: tuple[str, ...]
    municipality: str | None
    reach_municipalities: tuple[str, ...]
    reach_regions: tuple[str, ...]
    bands: tuple[str, ...]
    hours_min: int
    hours_max: int
    available_from: date | None
    may_work: bool
    eligible_until: date | None


def new_case_number(parts: int = 2) -> str:
    """Random, such as R5-TK: it says nothing of when or who. `parts` letters stand after the dash."""
    pick = secrets.choice
    return f"{pick(LETTERS)}{pick(DIGITS)}-{''.join(pick(LETTERS) for _ in range(parts))}"


def tidy_case_number(text: str) -> str:
    """As people write it down: r5tk, R5 TK, R5-TK."""
    bare = "".join(char for char in text.upper() if char.isascii() and char.isalnum())[:8]
    return f"{bare[:2]}-{bare[2:]}" if len(bare) > 2 else bare


def check_profile(fields: ProfileFields) -> None:
    check_levels(fields.skills, 4, "skills")
    check_levels(fields.languages, 6, "languages")
    check_count(fields.occupations, "occupations")
    check_count(fields.reach_municipalities, "reach_municipalities", MOST["municipalities"])
    if not 0 <= fields.hours_min <= WEEK_HOURS:
        raise RuleBroken(N_("A week has 0 to 168 hours. Write a number between them."), field="hours_min")
    if not 0 < fields.hours_max <= WEEK_HOURS:
        raise RuleBroken(N_("A week has 0 to 168 hours. Write a number between them."), field="hours_max")
    if fields.hours_min > fields.hours_max:
        raise RuleBroken(N_("The most hours are fewer than the least. Write a larger number."), field="hours_max")
    if fields.eligible_until is not None and not fields.may_work:
        raise RuleBroken(
            N_("There is an end to the right to work, but no right. Choose yes, or take the day away."),
            field="may_work",
        )


def check_levels(levels: Mapping[str, int], highest: int, field: str) -> None:
    check_count(levels, field)
    if not all(1 <= level <= highest for level in levels.values()):
        raise RuleBroken(N_("Choose a level from the list."), field=field)


def check_count(values: Collection[str], field: str, most: int | None = None) -> None:
    most = most or MOST[field]
    if len(values) > most:
        raise RuleBroken(N_("Choose at most %(most)d."), field=field, most=most)


def has_profile(skills: Mapping[str, int], occupations: Collection[str], bands: Collection[str]) -> bool:
    """Enough for a match to mean something: what the person can or wishes to do, and when."""
    return bool((skills or occupations) and bands)


def check_may_activate(*, has_identity: bool, has_profile: bool, matching_asked: bool) -> None:
    if not has_identity:
        raise RuleBroken(N_("The name is missing. Write name and contact first."))
    if not has_profile:
        raise RuleBroken(N_("The profile is empty. Write skills or wished work, and when the person can work, first."))
    if not matching_asked:
        raise RuleBroken(
            N_("The candidate was not asked about matches yet. Ask, and record the answer; no is an answer too.")
        )


def check_close_reason(reason: str) -> None:
    if reason not in CLOSE_REASONS:
        raise RuleBroken(N_("Choose why the file closes."), field="reason")


def check_consent(answer: str, how: str, until: date, today: date, longest: date) -> None:
    if answer not in ANSWERS:
        raise RuleBroken(N_("Choose what the candidate answered."), field="answer")
    if how not in HOW:
        raise RuleBroken(N_("Choose how the answer was given."), field="how")
    if answer == "given" and until < today:
        raise RuleBroken(N_("This day has passed. Choose today or a later day."), field="until")
    if answer == "given" and until > longest:
        raise RuleBroken(
            N_("A consent lasts at most two years. Choose an earlier day and ask again then."), field="until"
        )


def check_deputy(starts_on: date, ends_on: date, today: date) -> None:
    if ends_on < starts_on:
        raise RuleBroken(N_("The last day is before the first. Choose a later day."), field="ends_on")
    if ends_on < today:
        raise RuleBroken(N_("This day has passed. Choose today or a later day."), field="ends_on")
    if (ends_on - starts_on).days > 366:
        raise RuleBroken(
            N_("A deputy stands in for at most a year. Choose an earlier day, or hand the files over."), field="ends_on"
        )


def check_refusal(reasons: str, until: date | None, today: date) -> None:
    """A refusal to erase says why, and ends (GDPR 17(3))."""
    if not reasons:
        raise RuleBroken(N_("Write why the file cannot be erased now."), field="reasons")
    if until is None:
        raise RuleBroken(N_("Choose the day when the file can be erased."), field="refused_until")
    if until <= today:
        raise RuleBroken(N_("This day has passed. Choose a later day."), field="refused_until")


def is_read_through_late(read_through_on: date | None, limit: date) -> bool:
    return read_through_on is None or read_through_on < limit
