"""P8: who comes along to a meeting and who interprets are sealed for the candidate."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from portal.core import clock
from portal.core.db import db
from portal.introductions.models import IntroductionStatus as S
from tests.introductions.conftest import Scene


def test_companion_and_interpreter_stand_in_no_table_and_come_back_to_the_officer(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    officer, day = scene.as_("officer"), clock.today() + timedelta(days=3)
    officer.submit(
        f"/en/introductions/{introduction_id}/meeting",
        day=day.isoformat(), time="9.30", place="Library", companion="CanarySister", interpreter="CanaryTongue",
    )  # fmt: skip
    page = officer.get(f"/en/introductions/{introduction_id}/meeting")
    assert "CanarySister" in page.html and "CanaryTongue" in page.html
    with scene.app.app_context():
        row = db.session.execute(text("SELECT * FROM introduction")).mappings().one()
        assert row["meeting_place"] == "Library"
        assert not any("Canary" in str(value) for value in row.values())
        db.session.remove()
