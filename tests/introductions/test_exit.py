"""The quick exit stands on every page that an officer has open while the candidate sits beside them."""

from __future__ import annotations

import pytest

from portal.introductions.models import IntroductionStatus as S
from tests.followup.test_placements import check_ins, placed
from tests.introductions.conftest import Scene

STEPS = {
    S.DRAFTED: ("", "/end"),
    S.ASKED: ("", "/sheet", "/answer"),
    S.ACCEPTED: ("", "/release-sheet", "/release-consent"),
    S.RELEASED: ("", "/meeting", "/outcome", "/placement"),
}


def has_exit(scene: Scene, path: str, who: str = "officer") -> bool:
    page = scene.as_(who).get(path)
    assert page.status == 200, path
    return 'class="exit"' in page.html


@pytest.mark.parametrize("status", STEPS)
def test_an_introduction_can_be_left_at_every_step(scene: Scene, status: S) -> None:
    introduction_id = scene.introduction(status)
    assert [part for part in STEPS[status] if not has_exit(scene, f"/en/introductions/{introduction_id}{part}")] == []


def test_so_can_the_lists_of_matches_and_the_draft(scene: Scene) -> None:
    vacancy, candidate = scene.ids["vacancy"], scene.ids["candidate_id"]
    matches = f"/en/vacancies/{vacancy}/matches"
    for path in (matches, f"/en/candidates/{candidate}/vacancies", f"/en/introductions/draft/{vacancy}/{candidate}"):
        assert has_exit(scene, path), path
    assert not has_exit(scene, matches, "liaison")  # no candidate sits there


def test_so_can_the_follow_up(scene: Scene) -> None:
    placement_id = placed(scene)
    first = check_ins(scene, placement_id)[0]
    for path in (f"/en/placements/{placement_id}", f"/en/placements/{placement_id}/end", f"/en/check-ins/{first.id}"):
        assert has_exit(scene, path), path
