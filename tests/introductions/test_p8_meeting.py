"""P8: what staff write about an introduction is sealed for its candidate: why it ended, where they meet, who comes."""

from __future__ import annotations

from datetime import timedelta

from portal.candidates import erasure
from portal.candidates import services as candidates
from portal.core import clock, vault
from portal.core.db import db
from portal.introductions import sealing
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from tests.introductions.conftest import Scene, everything


def path(introduction_id: object, step: str = "") -> str:
    return f"/en/introductions/{introduction_id}" + (f"/{step}" if step else "")


def test_place_companion_and_interpreter_stand_in_no_table_and_come_back_to_the_officer(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    officer, day = scene.as_("officer"), clock.today() + timedelta(days=3)
    officer.submit(
        path(introduction_id, "meeting"), day=day.isoformat(), time="9.30", place="CanaryLibrary",
        companion="CanarySister", interpreter="CanaryTongue",
    )  # fmt: skip
    page = officer.get(path(introduction_id, "meeting"))
    for word in ("CanaryLibrary", "CanarySister", "CanaryTongue"):
        assert word in page.html
    company = scene.as_("owner").get(f"/en/cards/{introduction_id}").html
    assert "CanaryLibrary" in company and "CanarySister" not in company and "CanaryTongue" not in company
    with scene.app.app_context():
        assert "Canary" not in everything()


def test_why_it_ended_stands_in_no_table_and_no_trail_and_is_read_by_the_officer(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    officer = scene.as_("officer")
    page = officer.get(path(introduction_id, "end"))
    assert "Write no names." in page.text
    page = officer.submit(page, "End the introduction", reason="CanaryReason")
    assert "CanaryReason" in page.text
    with scene.app.app_context():
        dump = everything()
        assert "Canary" not in dump and sealing.SEALED in dump


def test_after_erasure_nothing_is_left_of_why_it_ended(scene: Scene) -> None:
    introduction_id, candidate_id = scene.introduction(S.ACCEPTED), scene.ids["candidate_id"]
    scene.as_("officer").submit(path(introduction_id, "end"), "End the introduction", reason="CanaryReason")
    with scene.changing():
        assert vault.open(candidate_id, f"ending:{introduction_id.hex}") == {"reason": "CanaryReason"}
        world = scene.world()
        candidates.move_to(candidate_id, "closed", world.officer, reason="asked")
        erasure.erase(candidate_id, world.officer)
    with scene.app.app_context():
        assert list(db.session.scalars(db.select(vault.Sealed).where(vault.Sealed.candidate_id == candidate_id))) == []
        assert sealing.read(db.session.get_one(Introduction, introduction_id)) == sealing.Kept()
