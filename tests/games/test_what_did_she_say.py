"""The game "what did she say" (design: P5): before a release, whatever happened behind an accepted card, the company
sees the same bytes and gets the same mail at the same instants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest

from portal.candidates import services as candidates
from portal.core import clock
from portal.core.db import db
from portal.introductions import endings, meetings, releases
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from tests.factories import introductions as factory
from tests.games.support import Copy, World, difference

START = datetime.combine(clock.today(), time(10), clock.FINLAND) + timedelta(days=1)


class Play:
    """One introduction, known by the same ids in every world."""

    def __init__(self, first: World, status: S) -> None:
        with first.changing():
            made = factory.world()
            row = factory.introduction(made, status)
            db.session.flush()
            self.ids = {name: getattr(value, "id", value) for name, value in vars(made).items()}
            self.introduction_id: UUID = row.id
            self.readers = {made.owner.email, made.reader.email}

    def people(self) -> factory.World:
        from portal.accounts.models import Account
        from portal.companies.models import Company
        from portal.vacancies.models import Vacancy

        models = {"company": Company, "vacancy": Vacancy}
        return factory.World(**{
            name: id_ if name == "candidate_id" else db.session.get_one(models.get(name, Account), id_)
            for name, id_ in self.ids.items()
        })  # fmt: skip

    def row(self) -> Introduction:
        return db.session.get_one(Introduction, self.introduction_id)

    def look(self, world: World) -> list[object]:
        """Everything both recipients can open."""
        card, vacancy = f"/en/cards/{self.introduction_id}", self.ids["vacancy"]
        paths = ("/en/start", "/en/cards", card, f"{card}/answer", f"{card}/word", f"{card}/deletion", "/en/standing",
                 "/en/company/vacancies", f"/en/company/vacancies/{vacancy}", "/en/company")  # fmt: skip
        seen = []
        for who, some in (("owner", paths), ("reader", ("/en/start", card))):
            browser = world.signed_in(self.ids[who])
            browser.check = False
            seen += [world.seen(browser.get(path)) for path in some]
        return seen


def silent(play: Play) -> None:
    """Nobody does anything."""


def refused(play: Play) -> None:
    row, people = play.row(), play.people()
    if row.status == S.ACCEPTED:
        releases.record_release_answer(row, factory.no(), factory.all_fields(people), people.officer)


def withdrawn(play: Play) -> None:
    people = play.people()
    candidates.withdraw_consent(people.candidate_id, "card", by=people.officer, subject_id=play.introduction_id)


def unavailable(play: Play) -> None:
    people = play.people()
    candidates.move_to(people.candidate_id, "paused", people.officer)  # type: ignore[arg-type]
    candidates.withdraw_consent(people.candidate_id, "matching", by=people.officer)


def ended(play: Play) -> None:
    endings.end(play.row(), "A reason that no company reads", play.people().officer)


def consented_but_not_released(play: Play) -> None:
    row, people = play.row(), play.people()
    if row.status == S.ACCEPTED:
        releases.record_release_answer(row, factory.yes(), factory.all_fields(people), people.officer)


def found_other_work(play: Play) -> None:
    people = play.people()
    company, owner = factory.standing.responsible_company(people.liaison)
    vacancy = factory.vacancies.vacancy(company, owner)
    factory.vacancies.accept_all(vacancy, people.liaison)
    other = factory.World(**{**vars(people), "company": company, "owner": owner, "reader": owner, "vacancy": vacancy})
    hired = factory.introduction(other, S.MET, fields=factory.all_fields(other, recipients=frozenset({owner.id})))
    meetings.record_hired(hired, people.officer)


def closed(play: Play) -> None:
    people = play.people()
    candidates.move_to(people.candidate_id, "closed", people.officer, reason="moved")  # type: ignore[arg-type]


def erased(play: Play) -> None:
    from portal.candidates import erasure

    closed(play)
    erasure.erase(play.ids["candidate_id"], play.people().officer)


HISTORIES = [refused, withdrawn, unavailable, ended, consented_but_not_released, found_other_work, closed, erased]


def instants(row: Introduction) -> list[datetime]:
    """From now past the answer date: days, and the minute before and after each instant of the view."""
    key = [each for each in (row.answer_by, row.answer_date) if each and each > START]
    around = [each + timedelta(minutes=minutes) for each in key for minutes in (-1, 0)]
    return sorted({START + timedelta(hours=1), *around, max(key) + timedelta(days=9)})


def compare(play: Play, worlds: dict[str, World], at: list[datetime]) -> None:
    for instant in at:
        with clock.travel(instant):
            mails = {name: world.mails(play.readers) for name, world in worlds.items()}
            seen = {name: play.look(world) for name, world in worlds.items()}
        for name in worlds:
            assert mails[name] == mails["silent"], (name, instant)
            for mine, theirs in zip(seen[name], seen["silent"], strict=True):
                if mine != theirs:
                    pytest.fail(f"{name} at {instant}: {difference(mine, theirs)}")


@pytest.mark.parametrize("some", [HISTORIES[:4], HISTORIES[4:]], ids=["told", "untold"])
def test_p5_whatever_happens_behind_an_accepted_card_looks_the_same(
    first: World, copy: Copy, some: list[Callable[[Play], None]]
) -> None:
    with clock.travel(START - timedelta(hours=3)):
        play = Play(first, S.ACCEPTED)
        first.mails(play.readers)
    worlds = {history.__name__: copy(history.__name__) for history in (silent, *some)}
    for history in some:
        with clock.travel(START), worlds[history.__name__].changing():
            history(play)
    with first.app.app_context():
        at = instants(play.row())
    compare(play, worlds, at)


def test_p5_the_companys_answer_after_an_ending_it_cannot_see_looks_the_same(first: World, copy: Copy) -> None:
    """It accepts a card that is over behind it: the same page, the same date, the same mail."""
    with clock.travel(START - timedelta(hours=3)):
        play = Play(first, S.OFFERED)
        first.mails(play.readers)
    some = [withdrawn, unavailable, ended]
    worlds = {history.__name__: copy(history.__name__) for history in (silent, *some)}
    for history in some:
        with clock.travel(START), worlds[history.__name__].changing():
            history(play)
    answers = {}
    for name, world in worlds.items():
        with clock.travel(START + timedelta(hours=2)):
            browser = world.signed_in(play.ids["owner"])
            page = browser.submit(
                f"/en/cards/{play.introduction_id}", "Send the answer", answer="accept", times="Monday"
            )
            answers[name] = world.seen(page)
    assert all(each == answers["silent"] for each in answers.values())
    with worlds["silent"].app.app_context():
        at = [each for each in instants(play.row()) if each > START + timedelta(hours=2)]
    compare(play, worlds, at)


def test_p5_the_game_would_notice_a_difference(first: World, copy: Copy) -> None:
    """A release is meant to show, and does: the game can see."""
    with clock.travel(START - timedelta(hours=3)):
        play = Play(first, S.CONSENTED)
        first.mails(play.readers)
    worlds = {"silent": copy("silent"), "released": copy("released")}
    with clock.travel(START), worlds["released"].changing():
        releases.release(play.row(), play.people().liaison)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        compare(play, worlds, [START + timedelta(hours=1)])
