"""The refusals of an introduction, over plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from json import dumps
from typing import Any
from uuid import UUID

from portal.core import clock
from portal.core.errors import N_, RuleBroken

OPEN_CARDS = 3
GOES_ON = frozenset({"published", "paused", "expired"})
ANSWER_DAYS = 10
ANSWER_BY_TIME = time(16)
ANSWER_DATE_TIME = time(9)
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, 1, I and L, or U: read aloud on the telephone they are mistaken for each other."""

DECLINE_REASONS = {
    "filled": N_("The work has been filled"),
    "skills": N_("The skills do not fit the work"),
    "languages": N_("The languages do not fit the work"),
    "hours": N_("The hours do not fit"),
    "not_now": N_("We cannot take anyone now"),
}
COMPANY_WORDS = {
    "hired": N_("We agreed on work"),
    "not_hired": N_("We did not agree on work"),
    "open": N_("We have not decided yet"),
}
FIELDS = {
    "name": N_("Name"),
    "contact": N_("How to reach them"),
    "may_work": N_("May work: yes"),
}
NAMES = {"chosen": N_("The name they use"), "legal": N_("The name in their papers")}


@dataclass(frozen=True)
class ConsentFacts:
    """A consent as the rules see it: what was heard, whether it holds, who wrote it down."""

    in_force: bool
    facts: dict[str, Any]
    recorded_by_id: UUID


def answer_by(offered_at: datetime) -> datetime:
    return clock.at(clock.working_days_after(clock.local_date(offered_at), ANSWER_DAYS), ANSWER_BY_TIME)


def answer_date(answered_at: datetime) -> datetime:
    return clock.at(clock.working_days_after(clock.local_date(answered_at), ANSWER_DAYS), ANSWER_DATE_TIME)


def check_may_match(failures: Collection[str]) -> None:
    """P4: checked against the database at match, ask, offer and release; never named to anyone but staff."""
    if failures:
        raise RuleBroken(N_("This vacancy and this candidate cannot be brought together today. Look at the match."))


def check_open_cards(count: int) -> None:
    if count >= OPEN_CARDS:
        raise RuleBroken(
            N_("The company already holds %(count)d open cards for this vacancy. Wait until one ends."), count=count
        )


def check_published(is_published: bool) -> None:
    if not is_published:
        raise RuleBroken(N_("This vacancy is not published now. Look at the vacancy."))


def check_goes_on(vacancy_status: str) -> None:
    """Decided: a vacancy that is paused or has expired stops no introduction that the company has accepted.

    Both say only that no new card is wanted; the company was promised an answer, and the candidate agreed to be shown.
    Release consent and release therefore go on while the vacancy is published, paused or expired. Once it is filled or
    withdrawn there is no work to meet about, and no name leaves for it. New asks and offers need a published vacancy.
    """
    if vacancy_status not in GOES_ON:
        raise RuleBroken(N_("This vacancy is filled or withdrawn. Nothing is released for it. End the introduction."))


def check_may_receive(may_receive: bool) -> None:
    """The reason is not said: a silent hold must look like any other obstacle to whoever may talk to the company."""
    if not may_receive:
        raise RuleBroken(N_("Nothing may be shown to this company today. Ask the liaison."))


def check_recipients(heard: Collection[UUID], confirmed_today: Collection[UUID]) -> None:
    if not confirmed_today:
        raise RuleBroken(N_("No recipient of this vacancy is confirmed. Ask the liaison to confirm them."))
    if set(heard) != set(confirmed_today):
        raise RuleBroken(N_("The people who would read the card have changed. Ask the candidate again."))


def check_said_aloud(k: int, few: int, said: bool) -> None:
    if k < few and not said:
        raise RuleBroken(
            N_("Say it aloud to the candidate, then tick the box: somebody who knows them may recognise them."),
            field="said_aloud",
        )


def names_digest(names: Mapping[UUID, str]) -> str:
    """Under which names the candidate heard these people, without repeating them in the record of a consent."""
    heard = sorted((str(each), name) for each, name in names.items())
    return sha256(dumps(heard).encode()).hexdigest()[:24]


def heard_one_by_one(names: Mapping[UUID, str]) -> dict[str, str]:
    """The same for each of them alone, by id: of several one may take another name."""
    return {str(each): names_digest({each: name}) for each, name in names.items()}


def is_as_heard(consent: ConsentFacts, account_id: UUID, name: str) -> bool:
    """P5: whether the candidate heard of this person, by this name. Early consents do not tell the people apart."""
    heard = consent.facts.get("heard")
    return heard is None or heard.get(str(account_id)) == names_digest({account_id: name})


def check_names_heard(consent: ConsentFacts, names: Mapping[UUID, str]) -> None:
    """P3: the candidate agreed to named people; one who took another name since is somebody they have not heard of."""
    if consent.facts.get("names") != names_digest(names):
        raise RuleBroken(N_("The people who would read the card have changed. Ask the candidate again."))


def check_card_consent(consent: ConsentFacts | None, digest: str, readers: Collection[UUID]) -> ConsentFacts:
    """P3: to this exact card and these people; a changed card is asked again."""
    if consent is None or not consent.in_force:
        raise RuleBroken(N_("The candidate has not agreed to this card, or no longer does. Ask the candidate first."))
    heard = {UUID(each) for each in consent.facts.get("recipients", [])}
    if consent.facts.get("card") != digest or heard != set(readers):
        raise RuleBroken(N_("The card has changed since the candidate heard it. Ask the candidate again."))
    return consent


def check_still_true(frozen: Any, today: Any) -> None:
    if frozen != today:
        raise RuleBroken(N_("The card is no longer true. Draw it up again and ask the candidate again."))


def check_release_consent(consent: ConsentFacts | None, names: Mapping[UUID, str], until: date | None) -> None:
    """P5: to these named recipients, by the names the candidate heard, these fields, until this date."""
    if consent is None or not consent.in_force or until is None:
        raise RuleBroken(N_("The consent to this release is missing or has ended."))
    heard = {UUID(each) for each in consent.facts.get("recipients", [])}
    if not names or heard != set(names) or consent.facts.get("names") != names_digest(names):
        raise RuleBroken(N_("The recipients are not the ones the candidate heard. Ask the candidate again."))


def check_second_person(by_id: UUID, drafted_by_id: UUID, took_part_ids: Collection[UUID]) -> None:
    """P5: two people suffice, and nothing relaxes it; a liaison who only suggested may release.

    Whoever drafted the card, put it to the candidate, wrote down an answer or offered it has taken part.
    """
    if by_id == drafted_by_id or by_id in took_part_ids:
        raise RuleBroken(N_("A second person releases this: a liaison, or a case officer who took no part in it."))


def check_before(now: datetime, end: datetime | None) -> None:
    if end is None or now >= end:
        raise RuleBroken(N_("The answer date has passed. Nothing can be released any more."))


def check_members(readers: Collection[UUID], members: Collection[UUID]) -> None:
    if not set(readers) <= set(members):
        raise RuleBroken(N_("A recipient no longer works at the company. Ask the candidate again, without them."))


def check_until(until: date, today: date, last: date) -> None:
    if not today <= until <= last:
        raise RuleBroken(N_("Choose a day from today to %(last)s."), field="until", last=last.strftime("%-d.%-m.%Y"))


def check_route(under_order: bool, route: str) -> None:
    """P5: under a non-disclosure order for personal safety the only route is the officer."""
    if under_order and route != "officer":
        raise RuleBroken(N_("Under a non-disclosure order the company reaches them through you."), field="route")
