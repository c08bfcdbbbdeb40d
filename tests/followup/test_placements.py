"""Placements and check-ins: started when they agree on work, followed, ended; nothing of it reaches the company."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from portal.candidates import erasure
from portal.candidates import services as candidates
from portal.core import clock, languages, states
from portal.core.db import db
from portal.core.errors import RuleBroken
from portal.followup import rules, services
from portal.followup.models import CHECK_IN_NEXT, NEXT, CheckIn, CheckInOutcome, Placement, PlacementStatus
from portal.incidents import services as incidents
from portal.introductions.models import IntroductionStatus as S
from tests.introductions.conftest import Scene, everything, masked

WORDS = "The boss keeps my passport, salainen sana"


def start_path(introduction_id: object) -> str:
    return f"/en/introductions/{introduction_id}/placement"


def start(scene: Scene, introduction_id: object, **values: Any) -> Any:
    filled = {
        "kind": "job", "starts_on": clock.today().isoformat(), "hours": "35", "pay": "13,50", "pay_unit": "hour",
        "contact": "Maija Malli",
    } | values  # fmt: skip
    return scene.as_("officer").submit(start_path(introduction_id), "Start the placement", **filled)


def placed(scene: Scene) -> UUID:
    """A placement that started today."""
    page = start(scene, scene.introduction(S.MET))
    return UUID(page.url.rsplit("/", 1)[1])


def check_ins(scene: Scene, placement_id: UUID) -> list[CheckIn]:
    with scene.app.app_context():
        rows = services.check_ins_of([placement_id])
        db.session.expunge_all()
        return rows


def check_in(scene: Scene, row: CheckIn, **values: Any) -> Any:
    """On the day it is due."""
    with clock.travel(clock.at(row.due_on, rules_time())):
        return scene.as_("officer").submit(f"/en/check-ins/{row.id}", "Record the check-in", **values)


def rules_time() -> Any:
    from datetime import time

    return time(10)


def test_the_contact_at_the_workplace_is_sealed_and_comes_back_to_the_officer(scene: Scene) -> None:
    page = start(scene, scene.introduction(S.MET), contact="CanaryForeman")
    assert "CanaryForeman" in page.text
    with scene.app.app_context():
        assert "Canary" not in everything()


def test_hired_starts_a_placement_with_its_check_ins_and_the_candidate_is_placed(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    officer = scene.as_("officer")
    page = officer.submit(f"/en/introductions/{introduction_id}/outcome", "Record the outcome", outcome="hired")
    assert page.h1 == "Start of the placement"
    page = start(scene, introduction_id)
    assert "13.50" in page.text and "Maija Malli" in page.text
    placement_id = UUID(page.url.rsplit("/", 1)[1])
    today = clock.today()
    assert [(row.week, row.due_on) for row in check_ins(scene, placement_id)] == [
        (week, today + timedelta(weeks=week)) for week in (1, 4, 12, 26)
    ]
    with scene.app.app_context():
        assert candidates.profile(scene.ids["candidate_id"]).status == "placed"
    assert scene.status(introduction_id) == S.HIRED
    company = scene.as_("owner").get(f"/en/cards/{introduction_id}")
    assert "Hired" in company.text and "Maija Malli" not in company.html and "13.50" not in company.html


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": None}, "Choose what kind of work it is"),
        ({"starts_on": "2020-01-01"}, "at most a month back"),
        ({"starts_on": "2199-01-01"}, "at most a month back"),
        ({"hours": "0"}, "from 1 to 60"),
        ({"hours": "61"}, "from 1 to 60"),
        ({"hours": "many"}, "Write a whole number"),
        ({"pay": "0"}, "Only a work try-out is without pay"),
        ({"pay": "a lot"}, "Write the sum as a number"),
        ({"pay_unit": "piece"}, "Choose one of the list"),
    ],
)
def test_a_wrong_start_is_refused_in_words(scene: Scene, values: dict[str, Any], sentence: str) -> None:
    introduction_id = scene.introduction(S.MET)
    page = start(scene, introduction_id, **values)
    assert page.status == 422 and any(sentence in each for each in page.errors), page.errors
    assert scene.status(introduction_id) == S.MET


def test_a_placement_starts_only_where_they_met(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    assert "where they met" in start(scene, introduction_id).text


def test_a_placement_started_twice_is_started_once(scene: Scene) -> None:
    introduction_id = scene.introduction(S.MET)
    officer = scene.as_("officer")
    page = officer.get(start_path(introduction_id))
    values = page.fields(page.form(button="Start the placement"))
    for name, value in {"kind": "try_out", "starts_on": clock.today().isoformat(), "hours": "20", "pay": "0",
                        "pay_unit": "hour"}.items():  # fmt: skip
        values.setlist(name, [value])
    first, second = (officer.post(page.url, data=values) for _ in range(2))
    assert first.url == second.url
    with scene.app.app_context():
        assert len(services.of_candidate(scene.ids["candidate_id"])) == 1


# --- check-ins ------------------------------------------------------------------------


def test_a_check_in_waits_for_the_officer_from_three_days_before(scene: Scene) -> None:
    placement_id = placed(scene)
    first = check_ins(scene, placement_id)[0]
    for days, waits in ((-4, False), (-3, True), (0, True), (10, True)):
        with clock.travel(clock.at(first.due_on + timedelta(days=days), rules_time())):
            assert ("Check-in, week 1" in scene.as_("officer").get("/en/start").text) == waits, days


def test_fine_is_recorded_with_sealed_words(scene: Scene) -> None:
    placement_id = placed(scene)
    page = check_in(scene, check_ins(scene, placement_id)[0], outcome="fine", words=WORDS)
    assert WORDS in page.text and "Fine" in page.text
    with scene.app.app_context():
        assert "salainen" not in everything()


def test_not_reached_comes_back_after_a_week(scene: Scene) -> None:
    placement_id = placed(scene)
    first = check_ins(scene, placement_id)[0]
    check_in(scene, first, outcome="not_reached")
    rows = check_ins(scene, placement_id)
    assert [(row.week, row.status) for row in rows[:2]] == [(1, "not_reached"), (1, "due")]
    assert rows[1].due_on == first.due_on + timedelta(days=7)
    check_in(scene, rows[1], outcome="fine")
    assert [row.status for row in check_ins(scene, placement_id)] == ["not_reached", "fine", "due", "due", "due"]


def test_a_concern_sets_a_silent_hold_and_the_company_sees_no_change(scene: Scene) -> None:
    introduction_id = scene.introduction(S.MET)
    page = start(scene, introduction_id)
    placement_id = UUID(page.url.rsplit("/", 1)[1])
    first = check_ins(scene, placement_id)[0]

    def company_pages() -> list[str]:
        owner = scene.as_("owner")
        pages = (
            "/en/start",
            "/en/cards",
            f"/en/cards/{introduction_id}",
            "/en/company",
            "/en/company/vacancies",
            "/en/standing",
        )
        found = [owner.get(each) for each in pages]
        assert [page.status for page in found] == [200] * len(found)
        return [page.text for page in found]

    with clock.travel(clock.at(first.due_on, rules_time())):
        before = company_pages()
        check_in(scene, first, outcome="concern", words=WORDS)
        with scene.app.app_context():
            assert incidents.has_silent_hold(scene.world().company.owner_group_id)
        assert company_pages() == before


def test_a_concern_needs_words(scene: Scene) -> None:
    placement_id = placed(scene)
    page = check_in(scene, check_ins(scene, placement_id)[0], outcome="concern")
    assert any("Write what worries you" in each for each in page.errors)
    assert check_ins(scene, placement_id)[0].status == CheckInOutcome.DUE


def test_a_check_in_long_before_its_day_is_refused(scene: Scene) -> None:
    placement_id = placed(scene)
    page = scene.as_("officer").submit(
        f"/en/check-ins/{check_ins(scene, placement_id)[1].id}", "Record the check-in", outcome="fine"
    )
    assert "not due yet" in page.text


# --- the end ------------------------------------------------------------------------------


def test_ending_a_placement_drops_what_was_to_come_and_makes_the_candidate_active(scene: Scene) -> None:
    placement_id = placed(scene)
    with clock.travel(clock.now() + timedelta(days=40)):
        day = clock.today().isoformat()
        page = scene.as_("officer").submit(
            f"/en/placements/{placement_id}", "End the placement", action="/end", ends_on=day
        )
    assert "Ended" in page.text
    assert check_ins(scene, placement_id) == []
    with scene.app.app_context():
        assert candidates.profile(scene.ids["candidate_id"]).status == "active"


@pytest.mark.parametrize(("day", "sentence"), [("2020-01-01", "before the first"), ("2199-01-01", "still to come"),
                                               ("", "Choose the last day")])  # fmt: skip
def test_a_wrong_last_day_is_refused_in_words(scene: Scene, day: str, sentence: str) -> None:
    placement_id = placed(scene)
    page = scene.as_("officer").submit(f"/en/placements/{placement_id}/end", "End the placement", ends_on=day)
    assert any(sentence in each for each in page.errors), page.errors


def test_the_file_is_not_erased_while_a_placement_is_followed(scene: Scene) -> None:
    placement_id = placed(scene)
    with scene.app.test_request_context("/en/"), languages.speaking("en"):
        assert any("placement" in each for each in erasure.refusals(scene.ids["candidate_id"]))
    with scene.changing():
        world = scene.world()
        services.end_placement(db.session.get_one(Placement, placement_id), clock.today(), world.officer)
        candidates.move_to(world.candidate_id, "closed", world.officer, reason="work")
        erasure.erase(world.candidate_id, world.officer)
    with scene.app.app_context():
        assert db.session.get(Placement, placement_id) is None


def test_somebody_elses_placement_is_as_absent_as_none(scene: Scene) -> None:
    placement_id = placed(scene)
    row = check_ins(scene, placement_id)[0]
    other, nothing = scene.as_("other_officer"), scene.ids["vacancy"]
    for page in (f"placements/{placement_id}", f"placements/{placement_id}/end", f"check-ins/{row.id}"):
        here = other.get(f"/en/{page}")
        absent = other.get("/en/" + page.replace(str(placement_id), str(nothing)).replace(str(row.id), str(nothing)))
        assert here.status == absent.status == 404
        assert masked(here, placement_id, row.id) == masked(absent, nothing)
    assert "No placements here" in other.get("/en/placements").text


def test_the_list_shows_own_placements_by_state(scene: Scene) -> None:
    placed(scene)
    officer = scene.as_("officer")
    assert "Window cleaner" in officer.get("/en/placements").text
    assert "No placements here" in officer.get("/en/placements?status=ended").text
    assert officer.get("/en/placements?status=gone").status == 404


# --- the tables, whole ----------------------------------------------------------------------


def test_the_whole_product_of_states_is_as_the_design_says(scene: Scene) -> None:
    placement_id = placed(scene)
    row_id = check_ins(scene, placement_id)[0].id
    due = CheckInOutcome.DUE
    listed = {
        (PlacementStatus.STARTED, PlacementStatus.ENDED),
        *((due, each) for each in CheckInOutcome if each != due),
    }
    machines = [(Placement, placement_id, PlacementStatus, NEXT), (CheckIn, row_id, CheckInOutcome, CHECK_IN_NEXT)]
    for model, id_, kinds, table in machines:
        assert set(table) == set(kinds)
        for before, after in product(kinds, kinds):
            with scene.app.app_context():
                row = db.session.get_one(model, id_)
                row.status = before
                if (before, after) in listed:
                    states.move(row, after, table)
                else:
                    with pytest.raises(RuleBroken):
                        states.move(row, after, table)
                db.session.rollback()


def test_check_ins_fall_on_weeks_1_4_12_and_26() -> None:
    assert rules.due_dates(date(2026, 11, 24)) == [
        (1, date(2026, 12, 1)), (4, date(2026, 12, 22)), (12, date(2027, 2, 16)), (26, date(2027, 5, 25)),
    ]  # fmt: skip
