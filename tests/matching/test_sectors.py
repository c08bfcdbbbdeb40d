"""P4: a sector kept away is kept away by the work too, not only by what the company calls itself."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.core.db import transaction
from portal.matching import services as matching
from search.constraints import Constraint
from tests.factories import introductions as factory


@pytest.mark.parametrize(
    ("industry", "occupation", "kept_away", "apart"),
    [
        ("O", "cook", "I", True),  # an agency's cook works in a restaurant
        ("I", "cleaner_premises", "O", True),
        ("I", "cook", "O", False),
    ],
)
def test_p4_work_in_a_sector_kept_away_is_never_matched_whatever_the_company_calls_itself(
    app: Flask, industry: str, occupation: str, kept_away: str, apart: bool
) -> None:
    with app.app_context(), transaction():
        world = factory.world(
            vacancy={"occupation": occupation}, candidate={"safety": {"excluded_sectors": frozenset({kept_away})}}
        )
        world.company.industry = industry
        found = matching.may_match(world.candidate_id, world.vacancy)
        shown = [line.candidate_id for line in matching.candidates_for(world.vacancy, world.officer).open]
    assert (Constraint.EXCLUDED_SECTOR in found) is apart
    assert (world.candidate_id in shown) is not apart
