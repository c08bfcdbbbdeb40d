"""How introductions end: by the officer, by the clock, with the candidate's file, by erasure; and who is told what."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from portal.candidates import services as candidates
from portal.core import clock, languages
from portal.core.db import db
from portal.core.errors import RuleBroken
from portal.introductions import company_side, endings, meetings, offers, queries
from portal.introductions.company_view import Seen
from portal.introductions.models import NEXT, CardReader, Introduction
from portal.introductions.models import IntroductionStatus as S
from tests.factories import introductions as factory
from tests.introductions.conftest import Scene


def path(introduction_id: object, step: str = "") -> str:
    return f"/en/introductions/{introduction_id}" + (f"/{step}" if step else "")


@pytest.mark.parametrize("status", factory.ROAD)
def test_the_officer_ends_it_at_any_time_before_they_have_met(scene: Scene, status: S) -> None:
    introduction_id = scene.introduction(status)
    page = scene.as_("officer").submit(path(introduction_id, "end"), "End the introduction", reason="Changed her mind")
    if status == S.MET:
        assert "cannot be ended any more" in page.text and scene.status(introduction_id) == S.MET
    else:
        assert "Changed her mind" in page.text and scene.status(introduction_id) == S.REVOKED


def test_the_reason_is_asked_for_and_no_company_reads_it(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    officer = scene.as_("officer")
    assert any(
        "Write why" in each for each in officer.submit(path(introduction_id, "end"), "End the introduction").errors
    )
    officer.submit(path(introduction_id, "end"), "End the introduction", reason="Found other work")
    assert "Found other work" not in scene.as_("owner").get(f"/en/cards/{introduction_id}").html


def test_every_verb_refuses_what_the_table_does_not_list(scene: Scene) -> None:
    """Each step of the road tried from each state: only the listed moves go through."""
    with scene.changing():
        world = scene.world()
        people = {status: candidates_for(world) for status in factory.ROAD}
        rows = {status: factory.introduction(world, status, candidate_id=each) for status, each in people.items()
                if status not in (S.OFFERED, S.ACCEPTED, S.CONSENTED)}  # fmt: skip
        ids = {status: row.id for status, row in rows.items()}
    for before, to in product(ids, factory.ROAD[1:]):
        with scene.app.app_context():
            world, row = scene.world(), db.session.get_one(Introduction, ids[before])
            again = before == S.ASKED and to == S.ASKED  # a card chosen anew is asked anew
            if to in NEXT[before] or again:
                continue
            with pytest.raises(RuleBroken):
                factory.lead(world, row, to)
            assert row.status == before, f"{before} → {to}"
            db.session.rollback()


def candidates_for(world: factory.World) -> object:
    return factory.candidates.candidate(world.officer, profile=factory.FITTING)


def test_a_placed_candidates_other_cards_end_for_staff_now_and_for_each_company_at_its_date(scene: Scene) -> None:
    with scene.changing():
        world = scene.world()
        other_company, other_owner = factory.standing.responsible_company(world.liaison)
        other_vacancy = factory.vacancies.vacancy(other_company, other_owner)
        factory.vacancies.accept_all(other_vacancy, world.liaison)
        hired = factory.introduction(world, S.MET)
        other = factory.introduction(world, S.OFFERED, vacancy=other_vacancy)
        db.session.flush()
        meetings.record_hired(hired, world.officer)
        hired_id, other_id, other_owner_id = hired.id, other.id, other_owner.id
    assert scene.status(other_id) == S.REVOKED
    page = scene.open_browser(other_owner_id).get(f"/en/cards/{other_id}")
    assert "Send the answer" in page.text
    assert "Hired" in scene.as_("owner").get(f"/en/cards/{hired_id}").text


def test_closing_the_file_ends_what_is_under_way(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    with scene.changing():
        candidates.move_to(scene.ids["candidate_id"], "closed", scene.world().officer, reason="moved")
    assert scene.status(introduction_id) == S.REVOKED
    assert "You hear from us by" in scene.as_("owner").get(f"/en/cards/{introduction_id}").text


def test_a_consent_taken_back_after_they_met_hides_the_details_and_leaves_the_outcome_to_tell(scene: Scene) -> None:
    introduction_id = scene.introduction(S.MET)
    with scene.changing():
        world = scene.world()
        candidates.withdraw_consent(world.candidate_id, "release", by=world.officer, subject_id=introduction_id)
    assert scene.status(introduction_id) == S.MET
    assert "This introduction has ended." in scene.as_("owner").get(f"/en/cards/{introduction_id}").text
    scene.as_("officer").submit(path(introduction_id, "outcome"), "Record the outcome", outcome="not_hired")
    assert scene.status(introduction_id) == S.NOT_HIRED


def test_erasure_leaves_the_company_a_shell_that_leads_to_nobody(scene: Scene) -> None:
    from portal.candidates import erasure

    offered, candidate_id = scene.introduction(S.ACCEPTED), scene.ids["candidate_id"]
    before = scene.as_("owner").get(f"/en/cards/{offered}").text
    with scene.changing():
        world = scene.world()
        candidates.move_to(candidate_id, "closed", world.officer, reason="asked")
        erasure.erase(candidate_id, world.officer)
    with scene.app.app_context():
        row = db.session.get_one(Introduction, offered)
        assert row.candidate_id != candidate_id
        assert (row.k, row.took_part_ids) == (None, [])
        assert queries.of_candidate(candidate_id) == []
    assert scene.as_("owner").get(f"/en/cards/{offered}").text == before
    with clock.travel(scene.row(offered).answer_date or clock.now()):
        assert "does not go ahead" in scene.as_("owner").get(f"/en/cards/{offered}").text
        with scene.app.app_context():
            endings.lapse_due()


def test_erasure_deletes_what_no_company_ever_saw(scene: Scene) -> None:
    from portal.candidates import erasure

    introduction_id = scene.introduction(S.ASKED)
    with scene.changing():
        world = scene.world()
        candidates.move_to(world.candidate_id, "closed", world.officer, reason="asked")
        erasure.erase(world.candidate_id, world.officer)
    with scene.app.app_context():
        assert db.session.get(Introduction, introduction_id) is None
        assert list(db.session.scalars(db.select(CardReader))) == []


def test_p1_the_worker_never_changes_what_a_company_sees(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    start = clock.now()
    for days in range(0, 90, 7):
        with clock.travel(start + timedelta(days=days)), scene.app.app_context():
            row = db.session.get_one(Introduction, introduction_id)
            before = queries.view_of(row)
            endings.lapse_due()
            db.session.expire_all()
            after = queries.view_of(db.session.get_one(Introduction, introduction_id))
            assert after == before


def test_open_cards_follow_the_companys_view(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    with scene.changing():
        world = scene.world()
        endings.end(db.session.get_one(Introduction, introduction_id), "staff", world.officer)
        assert company_side.open_cards(world.vacancy.id) == 1
        offers.decline(db.session.get_one(Introduction, introduction_id), "hours", world.owner)
        assert company_side.open_cards(world.vacancy.id) == 0
        assert queries.view_of(db.session.get_one(Introduction, introduction_id)).seen == Seen.DECLINED


def test_what_is_held_on_a_candidate_names_company_and_dates(scene: Scene) -> None:
    from portal.introductions.held import held_on

    scene.introduction(S.OFFERED)
    with scene.app.test_request_context("/en/"), languages.speaking("en"):
        held = list(held_on(scene.ids["candidate_id"]))
        assert held[0].rows[0]["Vacancy"] == "Window cleaner" and held[0].rows[0]["State"] == "Offered"
