"""P4: the hard constraints, each alone and at its edge."""

from datetime import date

import pytest

from search.constraints import Constraint, failures
from search.documents import AskedLanguage
from tests.search.worlds import TODAY, profile, vacancy


def test_a_suitable_pair_fails_nothing():
    assert failures(profile(), vacancy(), TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"blocked_companies": frozenset({"company_1"})}, Constraint.BLOCKED_COMPANY),
        ({"blocked_groups": frozenset({"group_1"})}, Constraint.BLOCKED_GROUP),
        ({"excluded_sectors": frozenset({"O"})}, Constraint.EXCLUDED_SECTOR),
        ({"excluded_sectors": frozenset({"81"})}, Constraint.EXCLUDED_SECTOR),
        ({"municipality": "853", "region": "02"}, Constraint.PLACE),
        ({"municipality": None, "region": "01", "reach_municipalities": frozenset()}, Constraint.PLACE),
        ({"bands": frozenset({"night"})}, Constraint.HOURS),
        ({"bands": frozenset()}, Constraint.HOURS),
        ({"hours_min": 39, "hours_max": 40}, Constraint.HOURS),
        ({"hours_min": 0, "hours_max": 29}, Constraint.HOURS),
        ({"eligible_until": date(2026, 3, 31)}, Constraint.ELIGIBILITY),
        ({"languages": {"fi": 1}}, Constraint.LANGUAGE),
        ({"languages": {}}, Constraint.LANGUAGE),
    ],
)
def test_each_constraint_alone(changes, constraint):
    assert failures(profile(**changes), vacancy(), TODAY) == (constraint,)


@pytest.mark.parametrize(
    "changes",
    [
        {"eligible_until": date(2026, 4, 1)},
        {"hours_min": 38, "hours_max": 40},
        {"hours_min": 10, "hours_max": 30},
        {"municipality": "853", "region": "02", "reach_municipalities": frozenset({"091"})},
        {"municipality": "853", "region": "02", "reach_regions": frozenset({"01"})},
        {"languages": {"fi": 2}},
    ],
)
def test_each_constraint_holds_at_its_edge(changes):
    assert failures(profile(**changes), vacancy(), TODAY) == ()


def test_a_vacancy_that_has_begun_asks_eligibility_today():
    begun = vacancy(starts_on=date(2026, 1, 1))
    assert failures(profile(eligible_until=TODAY), begun, TODAY) == ()
    assert failures(profile(eligible_until=date(2026, 3, 1)), begun, TODAY) == (Constraint.ELIGIBILITY,)


def test_whoever_else_stands_behind_the_vacancy_is_blocked_like_the_employer():
    behind = vacancy(other_companies=frozenset({"client"}), other_groups=frozenset({"earlier"}))
    assert failures(profile(), behind, TODAY) == ()
    blocked = profile(blocked_companies=frozenset({"client"}), blocked_groups=frozenset({"earlier"}))
    assert failures(blocked, behind, TODAY) == (Constraint.BLOCKED_COMPANY, Constraint.BLOCKED_GROUP)


def test_a_vacancy_without_an_owner_group_is_not_blocked_by_one():
    assert failures(profile(blocked_groups=frozenset({"group_1"})), vacancy(group=None), TODAY) == ()


def test_a_wished_language_excludes_nobody():
    wish = vacancy(languages=(AskedLanguage("sv", 6, must=False),))
    assert failures(profile(languages={}), wish, TODAY) == ()


def test_all_failures_are_told_in_one_order():
    unfit = profile(
        blocked_companies=frozenset({"company_1"}),
        blocked_groups=frozenset({"group_1"}),
        excluded_sectors=frozenset({"81"}),
        municipality="853",
        reach_municipalities=frozenset(),
        bands=frozenset(),
        eligible_until=date(2020, 1, 1),
        languages={},
    )
    assert failures(unfit, vacancy(), TODAY) == tuple(Constraint)
