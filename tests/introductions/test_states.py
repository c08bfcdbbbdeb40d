"""The introduction's table, whole: what is listed may happen, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest

from portal.core import audit, states
from portal.core.db import db
from portal.core.errors import RuleBroken
from portal.introductions.models import NEXT, Introduction
from portal.introductions.models import IntroductionStatus as S
from tests.introductions.conftest import Scene

# the design's words: drafted → asked → offered → accepted → consented → released → met → hired, not hired;
# asked, accepted → refused; offered → declined, lapsed; accepted, consented → lapsed; any before met → revoked;
# released → expired
DESIGN = {
    (S.DRAFTED, S.ASKED), (S.ASKED, S.OFFERED), (S.OFFERED, S.ACCEPTED), (S.ACCEPTED, S.CONSENTED),
    (S.CONSENTED, S.RELEASED), (S.RELEASED, S.MET), (S.MET, S.HIRED), (S.MET, S.NOT_HIRED),
    (S.ASKED, S.REFUSED), (S.ACCEPTED, S.REFUSED), (S.OFFERED, S.DECLINED), (S.OFFERED, S.LAPSED),
    (S.ACCEPTED, S.LAPSED), (S.CONSENTED, S.LAPSED), (S.RELEASED, S.EXPIRED),
    *((status, S.REVOKED) for status in (S.DRAFTED, S.ASKED, S.OFFERED, S.ACCEPTED, S.CONSENTED, S.RELEASED)),
}  # fmt: skip


def test_the_table_names_every_state() -> None:
    assert set(NEXT) == set(S)


def test_the_whole_product_of_states_is_as_the_design_says(scene: Scene) -> None:
    introduction_id = scene.introduction()
    for before, after in product(S, S):
        with scene.app.app_context():
            row = db.session.get_one(Introduction, introduction_id)
            row.status = before
            if (before, after) in DESIGN:
                states.move(row, after, NEXT)
                assert row.status == after, f"{before} → {after}"
                assert audit.collected()
            else:
                with pytest.raises(RuleBroken):
                    states.move(row, after, NEXT)
                assert row.status == before
            db.session.rollback()
