"""The game "same person" (design: P2): two companies compare the cards they were offered. Cards of one person share
nothing that cards of two people who read the same do not share."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from portal.core import clock
from portal.core.db import db
from portal.introductions.models import IntroductionStatus as S
from portal.vacancies.models import Vacancy
from tests.factories import candidates
from tests.factories import introductions as factory
from tests.games.support import UUIDS, World
from tests.support.browser import Page

START = datetime.combine(clock.today(), time(9), clock.FINLAND) + timedelta(days=1)
PEOPLE = 6
WORDS = re.compile(r"[\w-]{3,}")


class Offered:
    """One company's card of one person, with everything the company can open of it."""

    def __init__(self, world: World, reader_id: UUID, introduction_id: UUID, answered: bool) -> None:
        browser = world.signed_in(reader_id)
        browser.check = False
        paths = ["/en/cards", f"/en/cards/{introduction_id}", f"/en/cards/{introduction_id}/answer"]
        self.pages: list[Page] = [browser.get(path) for path in paths]

    @property
    def ids(self) -> set[str]:
        """Whatever could name somebody: ids and codes."""
        html = "".join(page.html for page in self.pages)
        return set(UUIDS.findall(html)) | set(re.findall(r"\b[2-9A-Z]{3}-[2-9A-Z]{3}\b", html))

    @property
    def words(self) -> set[str]:
        html = "".join(page.html.split("<main", 1)[1] for page in self.pages)
        html = re.sub(r'name="(csrf_token|once)"[^>]*', "", html)
        return set(WORDS.findall(html))


@pytest.fixture
def offers(first: World) -> dict[tuple[int, int], Offered]:
    """(company, person) → what that company was offered; everyone is offered to both, at the same instant."""
    made: dict[tuple[int, int], tuple[UUID, UUID]] = {}
    with clock.travel(START), first.changing():
        worlds = [factory.world()]
        company, owner = factory.standing.responsible_company(worlds[0].liaison)
        worlds.append(factory.World(**{**vars(worlds[0]), "company": company, "owner": owner, "reader": owner}))
        people = [candidates.candidate(worlds[0].officer, profile=factory.FITTING) for _ in range(PEOPLE)]
        for at, world in enumerate(worlds):
            for person, candidate_id in enumerate(people):
                vacancy = vacancy_of(world)
                row = factory.introduction(world, S.OFFERED, candidate_id=candidate_id, vacancy=vacancy)
                made[at, person] = (world.owner.id, row.id)
    with clock.travel(START + timedelta(hours=1)):
        return {key: Offered(first, *value, answered=False) for key, value in made.items()}


def vacancy_of(world: factory.World) -> Vacancy:
    readers = (world.owner,)
    vacancy = factory.vacancies.vacancy(world.company, world.owner, recipients=readers)
    factory.vacancies.accept_all(vacancy, world.liaison)
    db.session.flush()
    return vacancy


def test_p2_cards_of_two_companies_share_no_id_and_no_code(offers: dict[tuple[int, int], Offered]) -> None:
    for person in range(PEOPLE):
        one, other = offers[0, person].ids, offers[1, person].ids
        assert one and other
        assert not one & other


def test_p2_cards_of_one_person_share_no_more_than_cards_of_two(offers: dict[tuple[int, int], Offered]) -> None:
    """Whatever word two companies share over one person they share over any other whose card reads the same."""
    shared = {
        (one, other): offers[0, one].words & offers[1, other].words for one in range(PEOPLE) for other in range(PEOPLE)
    }
    assert all(each == shared[0, 0] for each in shared.values())
    assert "Routine" in shared[0, 0], "the cards themselves were compared"


def test_p2_two_offers_of_one_person_to_one_company_share_no_code(first: World) -> None:
    with clock.travel(START), first.changing():
        world = factory.world()
        rows = [factory.introduction(world, S.OFFERED, vacancy=vacancy_of(world)) for _ in range(2)]
        codes: set[Any] = {row.card_code for row in rows}
    assert len(codes) == 2
