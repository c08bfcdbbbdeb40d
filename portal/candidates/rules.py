"""Rules of a candidate's file, over plain values."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.candidates.values import Channel, SafeContact
from portal.candidates.words import AGREED, ANSWERS, CLOSE_REASONS, HOW, MESSAGE_LANGUAGES, OUTCOMES, TEXTS
from portal.core import clock
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


NO_MESSAGE = {
    None: N_("No contact plan was agreed, so nothing is sent. Agree on it together first."),
    Channel.CALL: N_("The plan allows calls only, so the system sends no message."),
    Channel.TEXT: N_("The plan says a text message, and the system cannot send one. Call instead."),
    Channel.MEETING: N_("The plan says only face to face: do not call, and the system sends no message."),
}
"""Why nothing may be sent, by the plan's channel."""


def check_plan_allows(plan: SafeContact) -> None:
    """Outside the safe-contact plan the system refuses to send (design: P7)."""
    if plan.channel != Channel.EMAIL:
        raise RuleBroken(NO_MESSAGE[plan.channel])
    if plan.language not in MESSAGE_LANGUAGES:
        raise RuleBroken(
            N_("Messages exist in Finnish, Swedish and English, and the plan names another language. Call instead.")
        )
    if not plan.days or plan.opens is None or plan.closes is None:
        raise RuleBroken(N_("The plan does not say when a message may leave. Write the days and hours into it."))


def check_may_send(plan: SafeContact, *, is_open: bool, has_address: bool, has_sender: bool) -> None:
    if not is_open:
        raise RuleBroken(N_("The file is closed, so nothing is sent."))
    check_plan_allows(plan)
    if not has_address:
        raise RuleBroken(N_("There is no e-mail address in the file. Write it under name and contact."))
    if not has_sender:
        raise RuleBroken(N_("No neutral sender is set up, so nothing is sent. Ask an administrator, and call instead."))


def texts_allowed(plan: SafeContact) -> tuple[str, ...]:
    """Where words were agreed, a message says those and nothing else."""
    return (AGREED,) if plan.message_words else tuple(code for code in TEXTS if code != AGREED)


def is_within_hours(plan: SafeContact, instant: datetime) -> bool:
    if plan.opens is None or plan.closes is None:
        return False
    here = clock.local(instant)
    return is_safe_day(plan, here.date()) and plan.opens <= here.time() < plan.closes


def is_safe_day(plan: SafeContact, day: date) -> bool:
    """A public holiday is no ordinary Monday: somebody else may be at home."""
    return day.weekday() in plan.days and (day.weekday() >= 5 or clock.is_working_day(day))


def leaves_at(plan: SafeContact, now: datetime) -> datetime:
    """The next instant at which the plan allows a message: now, or when its hours begin."""
    if is_within_hours(plan, now):
        return now
    for ahead in range(60):
        day = clock.local_date(now) + timedelta(days=ahead)
        start = clock.at(day, plan.opens or time(0))
        if is_safe_day(plan, day) and start > now:
            return start
    raise RuleBroken(N_("The plan does not say when a message may leave. Write the days and hours into it."))


def check_message_words(text: str, forbidden: Collection[str]) -> None:
    """Nothing in a message says where it comes from: no name of ours, no address of a page."""
    if any(name and name.casefold() in text.casefold() for name in forbidden):
        raise RuleBroken(N_("These words name the service or a programme. Write them without."), field="message_words")
    if "://" in text or "www." in text.casefold():
        raise RuleBroken(N_("A link tells where the message comes from. Take it away."), field="message_words")


def check_contact(outcome: str, call_on: date | None, today: date) -> None:
    if outcome not in OUTCOMES:
        raise RuleBroken(N_("Choose what happened."), field="outcome")
    if outcome == "not_reached" and call_on is None:
        raise RuleBroken(N_("Choose the day when you call again."), field="call_on")
    if call_on is not None and call_on < today:
        raise RuleBroken(N_("This day has passed. Choose today or a later day."), field="call_on")
