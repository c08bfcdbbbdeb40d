"""A company's start page: what waits, then standing, vacancies and introductions. It never depends on candidates
beyond what the company's view of an introduction gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import case

from portal.accounts.models import Account
from portal.companies import hearings
from portal.companies import services as companies
from portal.core import pages
from portal.core.db import db
from portal.core.registry import Task, registry
from portal.home import greetings, welcome
from portal.introductions import company_side as introductions
from portal.introductions import tasks as introduction_tasks
from portal.introductions import words as introduction_words
from portal.introductions.company_view import Seen
from portal.introductions.models import Introduction
from portal.standing import services as standings
from portal.standing import tasks as standing_tasks
from portal.vacancies import services as vacancies
from portal.vacancies import words as vacancy_words
from portal.vacancies.models import Vacancy, VacancyStatus
from portal.vacancies.waiting import task_of_returned

SHOWN = 5
MISSING_SHOWN = 4
"""So that vacancies and introductions stay in sight of a company that has only begun."""


MOST_WAITING = 50
READ_HERE = frozenset({"standing", "vacancies", "introductions"})

Offered = tuple[Introduction, str]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Row:
    """A line of a table: what it is, its state, its day, and what comes next (a link when it is the reader's turn)."""

    title: str
    small: str
    href: str
    state: str
    kind: str
    day: str
    next_label: str
    next_href: str = ""


def of(viewer: Account) -> dict[str, Any]:
    company = companies.own(viewer)
    heard = companies.open_hearing_of(company.id)
    standing = standings.standing_of(company)
    offers, cards = own_vacancies(viewer), own_cards(viewer)
    return {
        "company": company,
        "standing": standing,
        "welcome": welcome.shown_to(viewer, standing),
        "tasks": greetings.lines(waiting(viewer, standing_tasks.ending(standing), offers, cards)),
        "shown": MISSING_SHOWN,
        "hearing": heard if heard is not None and hearings.is_answerable(heard) else None,
        "vacancies": [vacancy_row(each) for each in newest(offers, lambda each: each.place)],
        "cards": [card_row(*each) for each in newest(cards, lambda each: (each[0].offered_at, each[0].id))],
    }


def waiting(viewer: Account, standing: Iterable[Task], offers: list[Vacancy], cards: list[Offered]) -> list[Task]:
    """Of all features, oldest first. Of three the page has read what is needed already; they are not asked again.

    What is missing of the standing is no line here: the tag above says how much, and the part below says what.
    """
    found = [*standing]
    found += [task_of_returned(each) for each in offers if each.status == VacancyStatus.RETURNED]
    found += [task for row, title in cards for task in introduction_tasks.of_recipient(row, title)]
    found += [task for feature in registry if feature.name not in READ_HERE for task in feature.waiting(viewer)]
    return greetings.in_order(found)


def newest(rows: list[Found], key: Callable[[Found], Any]) -> list[Found]:
    return sorted(rows, key=key, reverse=True)[:SHOWN]


def own_vacancies(viewer: Account) -> list[Vacancy]:
    """Whatever was returned, then the newest others, in one statement."""
    is_returned = case((Vacancy.status == VacancyStatus.RETURNED, 0), else_=1)
    query = vacancies.visible_to(viewer).order_by(is_returned, Vacancy.place.desc()).limit(MOST_WAITING + SHOWN)
    return list(db.session.scalars(query))


def vacancy_row(vacancy: Vacancy) -> Row:
    href = url_for("vacancies.own_show", vacancy_id=vacancy.id)
    label, kind = vacancy_words.STATUS[VacancyStatus(vacancy.status)]
    turn = {VacancyStatus.DRAFT: _("Go on writing"), VacancyStatus.RETURNED: _("Change it and send it again")}
    if vacancy.status in turn:
        following = (turn[VacancyStatus(vacancy.status)], href)
    else:
        following = (after(vacancy), "")
    day = pages.show_date(vacancy.last_day) or _("Not set")
    return Row(vacancy.title, "", href, _(label), kind, day, *following)


def after(vacancy: Vacancy) -> str:
    if vacancy.status == VacancyStatus.SUBMITTED:
        return _("We read it")
    if vacancy.status == VacancyStatus.PAUSED and vacancy.paused_by_standing:
        return _("Returns with your standing")
    return _("Nothing to do")


def own_cards(viewer: Account) -> list[Offered]:
    """The cards this member was named for, with their vacancies' titles: what may wait, then the newest others."""
    query = (
        introductions.read_by(viewer)
        .join(Vacancy, Vacancy.id == Introduction.vacancy_id)
        .add_columns(Vacancy.title)
        .order_by(case((introductions.may_wait(), 0), else_=1), Introduction.offered_at.desc(), Introduction.id.desc())
        .limit(MOST_WAITING + SHOWN)
    )
    return [(introduction, title) for introduction, title in db.session.execute(query)]


def card_row(introduction: Introduction, vacancy_title: str) -> Row:
    seen = introductions.view_of(introduction).seen
    href = url_for("introductions.card", introduction_id=introduction.id)
    label, kind = introduction_words.SEEN[seen]
    title = _("Card %(code)s", code=introduction.card_code)
    following, is_my_turn = next_step(introduction, seen)
    return Row(
        title, vacancy_title, href, _(label), kind, answer(introduction, seen), following, href if is_my_turn else ""
    )


def answer(introduction: Introduction, seen: Seen) -> str:
    if seen == Seen.OPEN:
        return pages.show_datetime(introduction.answer_by)
    return _("Not answered") if seen == Seen.UNANSWERED else _("Answered")


def next_step(introduction: Introduction, seen: Seen) -> tuple[str, bool]:
    """In words, and whether it is the company's turn."""
    if seen == Seen.OPEN:
        return _("Read the card and answer"), True
    if seen == Seen.WAITING:
        return _("We answer by %(day)s", day=pages.show_datetime(introduction.answer_date)), False
    if seen == Seen.RELEASED:
        return _("See the details"), True
    if seen == Seen.ENDED and introduction.deletion_confirmed_at is None:
        return _("Confirm that you deleted the details"), True
    return _("Nothing to do"), False
