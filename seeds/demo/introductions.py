"""Introductions on the way: asked, offered, accepted, waiting for release, and one that led to work."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.followup import services as followup
from portal.introductions import company_side, drafting, meetings, offers, queries, releases
from portal.introductions.card import Coarseness
from portal.introductions.drafting import Answer
from portal.introductions.meetings import Meeting
from portal.introductions.models import Introduction
from portal.introductions.releases import Fields
from portal.matching import services as matching
from portal.vacancies import services as vacancies
from portal.vacancies.models import Vacancy
from seeds.demo import cast, companies
from seeds.demo.story import scene

GIVEN = "given"


def load() -> None:
    kitchen, cleaner, baker = (open_vacancy(owner) for owner in (cast.HELMI, cast.AINO, cast.TIMO))
    hire(baker, 60)
    ask(kitchen, 3, Coarseness.WITHOUT_HOURS)
    offer(kitchen, 6)
    accepted = offer(cleaner, 9)
    accept(accepted, cast.AINO, 5)
    releasable = offer(kitchen, 10)
    accept(releasable, cast.HELMI, 7)
    agree_to_release(releasable, 4)
    suggest(cleaner)


def open_vacancy(owner: str) -> UUID:
    company_id = companies.by_owner(owner).id
    found: Vacancy = next(each for each in vacancies.published() if each.company_id == company_id)
    found_id = found.id
    db.session.rollback()
    return found_id


def answer(language: str = "fi") -> Answer:
    until = clock.today() + timedelta(days=60)
    return Answer(answer=GIVEN, how="spoken", language=language, until=until, interpreter=False)


def best(vacancy: Vacancy, officer: Account) -> UUID:
    """The officer's best match that has no introduction yet."""
    lines = matching.candidates_for(vacancy, officer).open
    return next(line.candidate_id for line in lines if not queries.of_candidate(line.candidate_id))


def ask(vacancy_id: UUID, days_ago: int, coarseness: Coarseness) -> UUID:
    with scene(days_ago, cast.ELINA) as elina:
        vacancy = vacancies.by_id(vacancy_id)
        introduction = drafting.draft(best(vacancy, elina), vacancy, elina)
        drafting.ask(introduction, coarseness, elina)
        return introduction.id


def offer(vacancy_id: UUID, days_ago: int) -> UUID:
    introduction_id = ask(vacancy_id, days_ago + 1, Coarseness.ANY_SKILL)
    with scene(days_ago, cast.ELINA) as elina:
        introduction = load_row(introduction_id)
        drafting.record_card_answer(introduction, answer(), aloud=True, by=elina)
        offers.offer(introduction, elina)
    return introduction_id


def load_row(introduction_id: UUID) -> Introduction:
    return db.session.get_one(Introduction, introduction_id)


def accept(introduction_id: UUID, owner: str, days_ago: int) -> None:
    with scene(days_ago, owner) as who:
        offers.accept(load_row(introduction_id), "Arkisin klo 9–15, mieluiten tiistaina.", who)


def agree_to_release(introduction_id: UUID, days_ago: int) -> None:
    with scene(days_ago, cast.ELINA) as elina:
        introduction = load_row(introduction_id)
        readers = frozenset(company_side.reader_ids(introduction.id))
        fields = Fields(recipients=readers, name="chosen", route="officer", may_work=True)
        releases.record_release_answer(introduction, answer(), fields, elina)


def hire(vacancy_id: UUID, days_ago: int) -> None:
    """The whole road, to a placement whose first check-ins are done or due."""
    introduction_id = offer(vacancy_id, days_ago)
    accept(introduction_id, cast.TIMO, days_ago - 2)
    agree_to_release(introduction_id, days_ago - 4)
    with scene(days_ago - 5, cast.MARJA) as marja:
        releases.release(load_row(introduction_id), marja)
    with scene(days_ago - 6, cast.ELINA) as elina:
        where = Meeting(clock.now() + timedelta(days=3), "Tuohikopan leipomo", companion="Elina", interpreter="")
        meetings.agree(load_row(introduction_id), where, elina)
    with scene(days_ago - 10, cast.ELINA) as elina:
        start = followup.Start("job", clock.today() + timedelta(days=2), 35, 1350, "hour", "Timo Tuohinen")
        followup.start_placement(load_row(introduction_id), start, elina)
    with scene(0, cast.TIMO) as timo:
        vacancies.fill(vacancies.by_id(vacancy_id), timo)


def suggest(vacancy_id: UUID) -> None:
    with scene(1, cast.PETRI) as petri:
        vacancy = vacancies.by_id(vacancy_id)
        line = matching.candidates_for(vacancy, petri).open[0]
        matching.suggest(line.label, vacancy, petri)
