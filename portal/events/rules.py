"""The rules of events and sign-ups: plain values in, a sentence out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.core import clock
from portal.core.errors import N_, RuleBroken

LANGUAGES = ("fi", "sv", "en")
PARTS = ("title", "summary", "programme", "speakers", "organisers", "partners", "accessibility")
"""What is said of an event in each language."""
HOLD = timedelta(hours=2)
NEEDS_KEPT = timedelta(days=7)
UNCONFIRMED_KEPT = timedelta(days=30)
SHORTEST_OFFER, LONGEST_OFFER = timedelta(minutes=30), timedelta(hours=48)
LONGEST_EVENT = timedelta(days=14)

ATTENDEE_ROLES = {
    "entrepreneur": N_("Entrepreneur or managing director"),
    "personnel": N_("Human resources"),
    "supervisor": N_("Supervisor"),
    "procurement": N_("Procurement"),
    "employment_services": N_("Employment services"),
    "other": N_("Other"),
}
LANGUAGE_NAMES = {"fi": N_("in Finnish"), "sv": N_("in Swedish"), "en": N_("in English")}


@dataclass(frozen=True)
class Spoken:
    """A text and the language it is in; `falls_back` when it is not the one that was asked."""

    text: str
    language: str
    falls_back: bool


def in_language(texts: Mapping[str, str], wanted: str) -> Spoken:
    """The text in the wanted language, else in Finnish, English or Swedish, whichever comes first."""
    for language in (wanted, "fi", "en", "sv"):
        if text := texts.get(language, "").strip():
            return Spoken(text, language, language != wanted)
    return Spoken("", wanted, False)


# --- times -------------------------------------------------------------------


def instant_of(day: date, wall: time, field: str) -> datetime:
    """The instant of a Finnish wall time. Refuses an hour that a clock change skips or repeats."""
    if clock.exists_once(day, wall):
        return clock.at(day, wall)
    first, second = (datetime.combine(day, wall, clock.FINLAND).replace(fold=fold).utcoffset() for fold in (0, 1))
    if first is not None and second is not None and first < second:
        raise RuleBroken(
            N_("This time does not exist on that day, because the clocks are put forward. Choose another time."),
            field=field,
        )
    raise RuleBroken(
        N_("This time comes twice on that day, because the clocks are put back. Choose another time."), field=field
    )


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise RuleBroken(N_("The end is before the start. Choose a later end."), field="ends")
    if ends_at - starts_at > LONGEST_EVENT:
        raise RuleBroken(N_("An event lasts at most 14 days. Choose an earlier end."), field="ends_on")


def sign_up_window(opens_on: date, closes_on: date, starts_at: datetime) -> tuple[datetime, datetime]:
    """From the first moment of one day to the end of the other, both inclusive; at the start it closes anyway."""
    if closes_on < opens_on:
        raise RuleBroken(N_("Sign-up closes before it opens. Choose a later day."), field="closes_on")
    if opens_on > clock.local_date(starts_at):
        raise RuleBroken(N_("Sign-up opens after the event has begun. Choose an earlier day."), field="opens_on")
    opens_at = clock.at(opens_on, time(0))
    closes_at = min(clock.at(closes_on + timedelta(days=1), time(0)), starts_at)
    return opens_at, closes_at


def check_future(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise RuleBroken(N_("This time has passed. Choose a later time."), field="starts_on")


def the_day_before(starts_at: datetime) -> datetime:
    """The same wall time a day earlier; through a clock change that is 23 or 25 hours."""
    local = clock.local(starts_at)
    return clock.at(local.date() - timedelta(days=1), local.time())


def check_private(is_tailored: bool, has_company: bool) -> None:
    """A tailored training belongs to a company, and nothing else does: that is what makes it private."""
    if is_tailored and not has_company:
        raise RuleBroken(N_("Choose the company that the training is for."), field="company_id")
    if has_company and not is_tailored:
        raise RuleBroken(
            N_("Only a tailored training is for one company. Choose that kind, or no company."), field="company_id"
        )


# --- materials ---------------------------------------------------------------


def may_open(open_to: str, has_seat: bool, attended: bool) -> bool:
    """Whether somebody with a sign-up may open a material."""
    return open_to == "everyone" or (has_seat and (open_to == "confirmed" or attended))


def check_one_source(has_link: bool, has_file: bool) -> None:
    if has_link and has_file:
        raise RuleBroken(N_("Give either a link or a file, not both."), field="link")
    if not has_link and not has_file:
        raise RuleBroken(N_("Write a link or choose a file."), field="link")


# --- seats -------------------------------------------------------------------


def offer_deadline(now: datetime, starts_at: datetime) -> datetime:
    """A quarter of the time that is left, between half an hour and two days, and never past the start."""
    share = min(max((starts_at - now) / 4, SHORTEST_OFFER), LONGEST_OFFER)
    return min(now + share, starts_at)


def check_open(published: bool, opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    if not published:
        raise RuleBroken(N_("This event takes no sign-ups."))
    if now < opens_at:
        raise RuleBroken(N_("Sign-up for this event has not opened yet."))
    if now >= closes_at:
        raise RuleBroken(N_("Sign-up for this event has closed. Look at the other events."))


def check_capacity(capacity: int, taken: int, may_push_out: bool) -> None:
    """Lowering the number of seats below those taken is asked about first."""
    if capacity < taken and not may_push_out:
        raise RuleBroken(
            N_(
                "%(taken)d people hold a seat. Write at least %(taken)d, or tick below that the last %(out)d lose"
                " theirs and are told by mail."
            ),
            field="capacity",
            taken=taken,
            out=taken - capacity,
        )


def check_markable(cancelled: bool, starts_at: datetime, now: datetime) -> None:
    if cancelled:
        raise RuleBroken(N_("This event was cancelled; there is no attendance to mark."))
    if now < starts_at:
        raise RuleBroken(N_("The event has not begun. Attendance can be marked from its start on."))


# --- at the door ---------------------------------------------------------------

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
CODE_LENGTH = 6


def door_opens_at(starts_at: datetime) -> datetime:
    """The first moment of the day on which the event begins, in Finland."""
    return clock.at(clock.local_date(starts_at), time(0))


def door_closes_at(ends_at: datetime) -> datetime:
    """The end of the day on which it ends."""
    return clock.at(clock.local_date(ends_at) + timedelta(days=1), time(0))


def check_door(published: bool, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if not published:
        raise RuleBroken(N_("Only a published event has a door."))
    if now < door_opens_at(starts_at):
        raise RuleBroken(N_("Check-in opens on the day of the event."))
    if now >= door_closes_at(ends_at):
        raise RuleBroken(N_("The day of the event is over. Mark the attendance instead."))


def check_late(published: bool, starts_at: datetime, now: datetime) -> None:
    """Somebody without a sign-up is added from the day of the event on, and afterwards too."""
    if not published:
        raise RuleBroken(N_("Only a published event has a door."))
    if now < door_opens_at(starts_at):
        raise RuleBroken(N_("People are added from the day of the event on. Until then they sign up."))


def code_of(number: int) -> str:
    """ABC-DEF: the short code of a sign-up for the door, from a number that says nothing else."""
    letters = ""
    for _ in range(CODE_LENGTH):
        number, at = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[at]
    return f"{letters[:3]}-{letters[3:]}"


def plain_code(written: str) -> str:
    return "".join(char for char in written.upper() if char.isalnum())
