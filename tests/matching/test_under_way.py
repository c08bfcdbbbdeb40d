"""A pair that is being introduced already leads to its introduction, and waits for nobody as a suggestion."""

from __future__ import annotations

from sqlalchemy import update

from portal.core.db import db
from portal.introductions.models import IntroductionStatus as S
from portal.matching import services as matching
from portal.matching.models import Suggestion
from tests.factories import introductions as factory
from tests.introductions.conftest import Scene, make_scene, scene

__all__ = ["make_scene", "scene"]
DRAFT = "Draft an introduction"


def lists(scene: Scene) -> tuple[str, str]:
    return (
        f"/en/vacancies/{scene.ids['vacancy']}/matches",
        f"/en/candidates/{scene.ids['candidate_id']}/vacancies",
    )


def suggest(scene: Scene) -> None:
    with scene.changing():
        world = scene.world()
        code = matching.list_code(world.liaison, world.vacancy, world.candidate_id)
        matching.suggest(code, world.vacancy, by=world.liaison)


def test_both_lists_lead_to_the_introduction_instead_of_a_second_draft(scene: Scene) -> None:
    officer = scene.as_("officer")
    assert all(DRAFT in officer.get(each).text for each in lists(scene))
    introduction_id = scene.introduction(S.OFFERED)
    number = scene.row(introduction_id).number
    for each in lists(scene):
        page = officer.get(each)
        assert f"Introduction {number}, offered" in page.text and DRAFT not in page.text
        assert page.links[f"Open it: Introduction {number}"].endswith(f"/introductions/{introduction_id}")
    assert number not in scene.as_("liaison").get(lists(scene)[0]).text


def test_a_pair_whose_introduction_has_ended_can_be_drafted_again(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.DRAFTED)
    officer.submit(f"/en/introductions/{introduction_id}/end", "End the introduction", reason="Too far away")
    assert all(DRAFT in officer.get(each).text for each in lists(scene))


def test_a_suggestion_of_a_pair_under_way_waits_for_nobody(scene: Scene) -> None:
    officer = scene.as_("officer")
    suggest(scene)
    assert "A liaison suggests a match" in officer.get("/en/start").text
    with scene.changing():
        factory.introduction(scene.world(), S.ASKED)
        db.session.execute(update(Suggestion).values(handled_at=None))  # as if it were suggested meanwhile
    assert "A liaison suggests a match" not in officer.get("/en/start").text
    assert "Nothing is suggested now" in officer.get("/en/suggestions").text
