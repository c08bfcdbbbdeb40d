"""The rules of training requests: plain values in, a sentence out."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime

from portal.accounts.rules import check_email
from portal.core.errors import N_, RuleBroken

MOST_UNREAD = 3
"""Requests of one company that wait to be agreed or declined at the same time."""
MOST_INVITED = 300
SEPARATOR = re.compile(r"\s*[,;\t]\s*")
LONGEST_NAME = 120
CHANGED = N_("This is no longer possible, because the state has changed. Open the page again.")
ANSWER_DAYS = 5
"""Working days within which a company usually hears."""
TRAININGS_FOR = frozenset({"applied", "in_review", "approved", "suspended"})
"""States of a company that may ask: learning is part of the way to standing, so vetting need not be over."""


def check_may_ask(company_status: str, unread: int) -> None:
    if company_status not in TRAININGS_FOR:
        raise RuleBroken(N_("Your company is not in the programme, so it cannot ask for a training."))
    if unread >= MOST_UNREAD:
        raise RuleBroken(
            N_("%(count)d of your requests wait for an answer. Ask for the next training when we have answered one."),
            count=unread,
        )


def check_topic(is_other: bool, words: str) -> None:
    if is_other and not words:
        raise RuleBroken(N_("Write what the training is about."), field="topic_words")


def check_wishes(days: Collection[date], first: date | None, last: date | None) -> None:
    """Days or a period; a period has both its ends."""
    if first is not None and last is None:
        raise RuleBroken(N_("Write the last day of the period."), field="wished_until")
    if last is not None and first is None:
        raise RuleBroken(N_("Write the first day of the period."), field="wished_from")
    if first is not None and last is not None and last < first:
        raise RuleBroken(
            N_("The last day of the period is before the first. Choose a later day."), field="wished_until"
        )
    if not days and first is None:
        raise RuleBroken(N_("Write at least one day that suits you, or a period."), field="day_1")


def check_writable(is_open: bool) -> None:
    if not is_open:
        raise RuleBroken(N_("This request has ended. Ask for a new training, or write to us by e-mail."))


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise RuleBroken(N_("This time has passed. Choose a later time."), field="starts_on")
    if ends_at <= starts_at:
        raise RuleBroken(N_("The end is before the start. Choose a later end."), field="ends")


# --- invitations ---------------------------------------------------------------


def check_list_open(has_event: bool, cancelled: bool, starts_at: datetime | None, now: datetime) -> None:
    """The list is the company's to change from the day the event is made until the training begins."""
    if not has_event or starts_at is None:
        raise RuleBroken(N_("You can invite people when the training has its day. We tell you when it has."))
    if cancelled:
        raise RuleBroken(N_("The day of this training was cancelled. Invite people when it has a new day."))
    if now >= starts_at:
        raise RuleBroken(N_("The training has begun, so the list can no longer be changed."))


def check_room(invited: int, new: int) -> None:
    if invited + new > MOST_INVITED:
        raise RuleBroken(N_("At most %(most)d people can be invited."), field="people", most=MOST_INVITED)


def read_people(text: str) -> list[tuple[str, str]]:
    """(name, address) of each line "Name, address"; a semicolon or a tab will do as well. Twice the same: once.

    Raises `RuleBroken` that names the line.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, address = SEPARATOR.split(line.strip(), maxsplit=1) if SEPARATOR.search(line) else ("", "")
        if not name or not address or len(name) > LONGEST_NAME:
            raise RuleBroken(
                N_("Line %(line)d: write name, comma, e-mail address, for example Maija Malli, maija@yritys.fi"),
                field="people",
                line=number,
            )
        found.setdefault(email_of(address, number), name)
    return [(name, address) for address, name in found.items()]


def email_of(address: str, line: int) -> str:
    try:
        return check_email(address)
    except RuleBroken:
        raise RuleBroken(
            N_("Line %(line)d: this is not an e-mail address. Write it as name@example.fi"), field="people", line=line
        ) from None


# --- delivery ------------------------------------------------------------------


def check_schedulable(agreed: bool, event_cancelled: bool) -> None:
    """An event is made once what was agreed stands; again when that event was cancelled."""
    if not agreed and not event_cancelled:
        raise RuleBroken(CHANGED)


def check_deliverable(cancelled: bool, ends_at: datetime, unmarked: int, attended: int, now: datetime) -> None:
    if cancelled:
        raise RuleBroken(N_("The event of this training was cancelled. Make a new one."))
    if now < ends_at:
        raise RuleBroken(N_("The training is not over yet."))
    if unmarked:
        raise RuleBroken(N_("Mark attendance first. Not marked yet: %(count)d."), count=unmarked)
    if not attended:
        raise RuleBroken(N_("Nobody is marked as present. Check the attendance."))
