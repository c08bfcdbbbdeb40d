"""P4: whoever the work is done for counts like the employer. A limit against a client keeps the two apart in the index,
on every list, and at draft, asking, consent, offer and release, whether the client is registered here or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.candidates.values import Safety
from portal.companies.models import Company, OwnerPerson
from portal.core.db import db
from portal.incidents import services as incidents
from portal.introductions.models import IntroductionStatus as S
from portal.matching import index
from portal.matching import services as matching
from tests.factories import companies
from tests.factories import introductions as factory
from tests.introductions.conftest import Scene
from tests.introductions.test_p3_asking import answer, choose, draft_path, path
from tests.introductions.test_p4_gates import COMPANY, PAIR
from tests.introductions.test_p5_release import ask, release

HERE, ELSEWHERE = companies.business_id(880_001), companies.business_id(880_101)
CLIENTS = [{"business_id": HERE, "name": "Kuura Hotellit Oy"}, {"business_id": ELSEWHERE, "name": "Tmi Pekka Pahanen"}]
LEASED: dict[str, Any] = {"chain": "agency", "for_client": True, "clients": CLIENTS}


@pytest.fixture
def leased(make_scene: Callable[..., Scene]) -> Scene:
    """A vacancy whose work is done for two clients; the first is registered here and has a sister."""
    scene = make_scene(vacancy=LEASED)
    with scene.changing():
        client = companies.company(name="Kuura Hotellit Oy", business_id=HERE, industry="A")
        companies.company(name="Kuuran Pesula Oy", owner_group_id=client.owner_group_id, industry="S")
        db.session.add(OwnerPerson(owner_group_id=client.owner_group_id, name="Olga Omistaja"))
    return scene


def named(name: str) -> Company:
    return db.session.scalars(select(Company).where(Company.name == name)).one()


LIMITS: dict[str, Callable[[], Safety]] = {
    "the client": lambda: Safety(blocked_companies=frozenset({named("Kuura Hotellit Oy").id})),
    "its sister": lambda: Safety(blocked_companies=frozenset({named("Kuuran Pesula Oy").id})),
    "its owner group": lambda: Safety(blocked_groups=frozenset({named("Kuuran Pesula Oy").owner_group_id})),
    "a person behind it": lambda: Safety(blocked_persons=("omistaja olga",)),
    "its sector": lambda: Safety(excluded_sectors=frozenset({"A"})),
    "its Business ID": lambda: Safety(blocked_outside=(HERE,)),
    "its name": lambda: Safety(blocked_outside=("KUURA HOTELLIT",)),
    "a registered company that another client is called like": lambda: Safety(
        blocked_companies=frozenset({companies.company(name="Pekka Pahanen Oy", industry="S").id})
    ),
    "the other client's Business ID": lambda: Safety(blocked_outside=(ELSEWHERE,)),
    "the other client's name": lambda: Safety(blocked_outside=("pahanen",)),
    "the person whose name the other client bears": lambda: Safety(blocked_persons=("Pekka Pahanen",)),
}
BY_CODE = [each for each in LIMITS if not {"person", "name", "called"} & set(each.split())]


def limit(scene: Scene, which: str) -> None:
    world = scene.world()
    candidates.write_safety(world.candidate_id, LIMITS[which](), world.officer)


@pytest.mark.parametrize("which", LIMITS)
def test_no_list_and_no_step_brings_the_two_together(leased: Scene, which: str) -> None:
    with leased.changing():
        world, ids = leased.world(), {}
        for name in ("ask", "answer", "offer"):
            vacancy = factory.vacancies.vacancy(
                world.company, world.owner, recipients=(world.owner, world.reader), **LEASED
            )
            row = factory.introduction(world, S.DRAFTED if name == "ask" else S.ASKED, vacancy=vacancy)
            if name == "offer":
                factory.agree(world, row)
            ids[name] = row.id
        vacancy = factory.vacancies.vacancy(world.company, world.owner, recipients=(world.owner,), **LEASED)
        ids["release"] = factory.introduction(
            world,
            S.CONSENTED,
            vacancy=vacancy,
            fields=factory.all_fields(world, recipients=frozenset({world.owner.id})),
        ).id
        assert candidate_shown(leased) == (True, True)
    officer = leased.as_("officer")
    assert "Draft the card" in officer.get(draft_path(leased)).text
    with leased.changing():
        limit(leased, which)
    with leased.changing():
        assert candidate_shown(leased) == (False, False)
    assert PAIR in officer.submit(draft_path(leased), "Draft the card").text
    assert PAIR in choose(officer, ids["ask"]).text
    assert PAIR in answer(officer, ids["answer"], said_aloud="y").text
    assert PAIR in officer.submit(path(ids["offer"], "offer"), "Offer the card").text
    assert PAIR in release(leased, ids["release"]).text
    assert [leased.status(each) for each in ids.values()] == [S.DRAFTED, S.ASKED, S.ASKED, S.CONSENTED]


def candidate_shown(scene: Scene) -> tuple[bool, bool]:
    """On the vacancy's list, and the vacancy on the candidate's own list."""
    world = scene.world()
    lines = matching.candidates_for(world.vacancy, world.officer).open
    openings, _dismissed = matching.vacancies_for(world.candidate_id)
    return (
        world.candidate_id in {line.candidate_id for line in lines},
        world.vacancy.id in {each.vacancy.id for each in openings},
    )


@pytest.mark.parametrize("which", BY_CODE)
def test_the_index_alone_keeps_them_apart_already(leased: Scene, which: str) -> None:
    with leased.changing():
        assert found_by_index(leased)
        limit(leased, which)
    with leased.changing():
        assert not found_by_index(leased)


def found_by_index(scene: Scene) -> bool:
    world = scene.world()
    document = matching.documents.of_vacancy(world.vacancy)
    matches = index.engine().candidates_for(document, matching.clock.today(), 50, None).matches
    return world.candidate_id.hex in {match.code for match in matches}


@pytest.mark.parametrize(
    "name", ["\u0420\u0435kk\u0430 Juhani \u0420\u0430h\u0430n\u0435n", "Pek\u200bka Juhani Paha\u200bnen"]
)
def test_a_member_is_no_other_person_for_letters_that_only_look_the_same(scene: Scene, name: str) -> None:
    """Cyrillic letters, or spaces of no width: a liaison reads the true name, and the block must know it too."""
    with scene.changing():
        candidates.write_safety(
            scene.ids["candidate_id"], Safety(blocked_persons=("Pekka Pahanen",)), scene.world().officer
        )
    with scene.changing():
        assert candidate_shown(scene) == (True, True)
    scene.as_("reader").submit("/en/account/details", display_name=name)
    with scene.changing():
        assert candidate_shown(scene) == (False, False)


def test_a_hold_on_a_client_stops_cards_consents_and_releases(leased: Scene) -> None:
    introduction_id, asked = leased.introduction(S.ACCEPTED), None
    with leased.changing():
        world = leased.world()
        vacancy = factory.vacancies.vacancy(world.company, world.owner, recipients=(world.owner,), **LEASED)
        asked = factory.introduction(world, S.ASKED, vacancy=vacancy).id
        incidents.open_incident(named("Kuura Hotellit Oy").owner_group_id, None, world.officer)
    assert COMPANY in answer(leased.as_("officer"), asked, said_aloud="y").text
    assert COMPANY in ask(leased, introduction_id).text
    assert "Responsible employer" in leased.as_("owner").get("/en/start").text, "the company sees nothing of it"


def test_the_candidate_reads_on_the_sheet_who_the_work_is_done_for(leased: Scene) -> None:
    introduction_id = leased.introduction(S.ASKED)
    page = leased.as_("officer").get(f"{path(introduction_id, 'sheet')}?language=en")
    assert "Work is done for: Kuura Hotellit Oy" in page.text and "Work is done for: Tmi Pekka Pahanen" in page.text


def test_an_officer_blocks_a_company_that_is_not_registered_and_it_counts_when_it_registers(scene: Scene) -> None:
    officer, page = scene.as_("officer"), f"/en/candidates/{scene.ids['candidate_id']}/safety"
    saved = officer.submit(
        officer.submit(page, "Add a company"), outside__0__code=f"FI{ELSEWHERE.replace('-', '')}",
        outside__1__code="Routa Palvelut Oy",
    )  # fmt: skip
    assert saved.status == 200, saved.errors
    shown = officer.get(f"/en/candidates/{scene.ids['candidate_id']}")
    assert f"Company that is not here: {ELSEWHERE}" in shown.text
    assert officer.get(page).fields(officer.get(page).form(button="Save"))["outside-1-code"] == "Routa Palvelut Oy"
    with scene.changing():
        assert candidate_shown(scene) == (True, True)
        scene.world().company.name = "Palvelut Routa Ab"
    with scene.changing():
        assert candidate_shown(scene) == (False, False)
        scene.world().company.name, scene.world().company.business_id = "Kirkas Oy", ELSEWHERE
    with scene.changing():
        assert candidate_shown(scene) == (False, False)
        assert db.session.scalar(select(Account.id).where(Account.id == scene.ids["officer"]))
