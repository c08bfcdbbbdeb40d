"""P4: what keeps the two apart is asked of the database again when a card is drafted, asked about and offered; and
each step waits on the start page of whoever takes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.candidates import services as candidates
from portal.candidates.values import Safety
from portal.companies.models import CompanyStatus
from portal.core.db import db
from portal.incidents import services as incidents
from portal.introductions import offers
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from tests.factories import introductions as factory
from tests.introductions.conftest import Scene
from tests.introductions.test_p3_asking import answer, choose, draft_path, path


def block_company(scene: Scene) -> None:
    world = scene.world()
    candidates.write_safety(world.candidate_id, Safety(blocked_companies=frozenset({world.company.id})), world.officer)


def block_person(scene: Scene) -> None:
    world = scene.world()
    candidates.write_safety(world.candidate_id, Safety(blocked_persons=(world.owner.display_name,)), world.officer)


def exclude_sector(scene: Scene) -> None:
    world = scene.world()
    candidates.write_safety(
        world.candidate_id, Safety(excluded_sectors=frozenset({world.company.industry})), world.officer
    )


def move_away(scene: Scene) -> None:
    world = scene.world()
    fields = factory.candidates.profile_fields(**factory.FITTING | {"municipality": "564", "reach_municipalities": ()})
    candidates.write_profile(world.candidate_id, fields, world.officer, read_through=False)


def lose_right_to_work(scene: Scene) -> None:
    world = scene.world()
    fields = factory.candidates.profile_fields(**factory.FITTING | {"may_work": False})
    candidates.write_profile(world.candidate_id, fields, world.officer, read_through=False)


def withdraw_matching(scene: Scene) -> None:
    world = scene.world()
    candidates.withdraw_consent(world.candidate_id, "matching", by=world.officer)


PAIR = "cannot be brought together today"
COMPANY = "Nothing may be shown to this company today"
APART = [block_company, block_person, exclude_sector, move_away, lose_right_to_work, withdraw_matching]


def hold(scene: Scene) -> None:
    world = scene.world()
    incidents.open_incident(world.company.owner_group_id, None, world.officer)


def suspend(scene: Scene) -> None:
    scene.world().company.status = CompanyStatus.SUSPENDED


@pytest.mark.parametrize("obstacle", APART)
def test_what_keeps_two_apart_stops_a_draft(scene: Scene, obstacle: Callable[[Scene], None]) -> None:
    with scene.changing():
        obstacle(scene)
    assert PAIR in scene.as_("officer").submit(draft_path(scene), "Draft the card").text


@pytest.mark.parametrize(
    ("obstacle", "sentence"), [*((each, PAIR) for each in APART), (hold, COMPANY), (suspend, COMPANY)]
)
def test_it_stops_the_asking_the_consent_and_the_offer(
    scene: Scene, obstacle: Callable[[Scene], None], sentence: str
) -> None:
    with scene.changing():
        world = scene.world()
        ids = {}
        for name in ("ask", "answer", "offer"):
            vacancy = factory.vacancies.vacancy(world.company, world.owner, recipients=(world.owner, world.reader))
            factory.vacancies.accept_all(vacancy, world.liaison)
            row = factory.introduction(world, S.DRAFTED if name == "ask" else S.ASKED, vacancy=vacancy)
            if name == "offer":
                factory.agree(world, row)
            ids[name] = row.id
    with scene.changing():
        obstacle(scene)
    officer = scene.as_("officer")
    assert sentence in choose(officer, ids["ask"]).text
    assert sentence in answer(officer, ids["answer"], said_aloud="y").text
    assert sentence in officer.submit(path(ids["offer"], "offer"), "Offer the card").text
    assert [scene.status(each) for each in ids.values()] == [S.DRAFTED, S.ASKED, S.ASKED]
    page = answer(officer, ids["answer"], answer="refused")
    assert "The refusal is recorded" in page.html, "a no is always taken down"


WAITS = [
    (S.DRAFTED, "officer", "Ask the candidate about a card"),
    (S.ASKED, "officer", "Record the candidate’s answer"),
    (S.OFFERED, "owner", "A card waits for your answer"),
    (S.ACCEPTED, "officer", "Ask for the consent to release"),
    (S.CONSENTED, "liaison", "A release waits for a second person"),
    (S.CONSENTED, "other_officer", "A release waits for a second person"),
    (S.RELEASED, "officer", "Agree on a meeting"),
    (S.MET, "officer", "Record what came of the meeting"),
]


@pytest.mark.parametrize(("status", "who", "title"), WAITS)
def test_each_step_waits_for_whoever_takes_it(scene: Scene, status: S, who: str, title: str) -> None:
    from portal.introductions.tasks import waiting

    introduction_id = scene.introduction(status)
    with scene.app.test_request_context("/en/"):
        from portal.core.languages import speaking

        world = scene.world()
        with speaking("en"):
            titles = {name: [task.title for task in waiting(getattr(world, name))]
                      for name in ("officer", "other_officer", "liaison", "owner", "reader")}  # fmt: skip
            links = [task.href for task in waiting(getattr(world, who)) if task.title == title]
    assert title in titles[who]
    assert title not in {"officer": titles["other_officer"]}.get(who, titles["officer"])
    assert str(introduction_id) in links[0]
    assert scene.as_(who).get(links[0]).status == 200


def test_an_agreed_card_waits_to_be_offered(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ASKED)
    answer(scene.as_("officer"), introduction_id, said_aloud="y")
    page = scene.as_("officer").get("/en/start")
    assert "Offer the card to the company" in page.text and "Record the candidate’s answer" not in page.text


def test_an_offer_is_made_once_even_when_two_press_the_button(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ASKED)
    answer(scene.as_("officer"), introduction_id, said_aloud="y")
    officer = scene.as_("officer")
    page = officer.get(path(introduction_id, "offer"))
    values = page.fields(page.form(button="Offer the card"))
    for _ in range(2):
        officer.post(page.url, data=values)
    code = scene.row(introduction_id).card_code
    with scene.app.app_context(), pytest.raises(Exception, match="cannot be offered now"):
        offers.offer(db.session.get_one(Introduction, introduction_id), scene.world().officer)
    assert scene.row(introduction_id).card_code == code


def test_a_reader_who_changes_company_takes_no_card_along(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    with scene.changing():
        world = scene.world()
        other, _owner = factory.standing.responsible_company(world.liaison)
        world.reader.company_id = other.id
    reader = scene.as_("reader")
    assert reader.get(f"/en/cards/{introduction_id}").status == 404
    assert "No cards have been offered to you" in reader.get("/en/cards").text
