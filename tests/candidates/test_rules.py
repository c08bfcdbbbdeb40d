"""The rules of a file, and every pair of states."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from portal.candidates import files, rules, words
from portal.candidates.models import NEXT, CandidateStatus
from portal.core.errors import RuleBroken
from tests.candidates.conftest import House
from tests.factories import candidates as make

TODAY = date(2026, 3, 2)
C = CandidateStatus
LEGAL = {
    (C.INTAKE, C.ACTIVE), (C.INTAKE, C.CLOSED), (C.ACTIVE, C.PAUSED), (C.ACTIVE, C.PLACED), (C.ACTIVE, C.CLOSED),
    (C.PAUSED, C.ACTIVE), (C.PAUSED, C.CLOSED), (C.PLACED, C.ACTIVE), (C.PLACED, C.CLOSED), (C.CLOSED, C.ERASED),
}  # fmt: skip


def test_the_table_says_what_the_design_says() -> None:
    assert {(a, b) for a, b in product(C, C) if b in NEXT[a]} == LEGAL


def test_a_file_moves_only_as_the_table_says(house: House) -> None:
    from portal.accounts import services as accounts

    for start in make.ROADS:
        made = house.candidate(status=start)
        for to in C:

            def move(to: C = to, made: object = made) -> None:
                files.move_to(made.id, to, accounts.get(house.officer.id), reason="work")

            if (start, to) in LEGAL and to != C.ERASED:
                continue
            with pytest.raises(RuleBroken):
                house.do(move)
            assert house.row(made.id).status == start, (start, to)


def test_each_legal_move_leaves_a_witness(house: House) -> None:
    from portal.accounts import services as accounts

    for start, to in sorted(LEGAL - {(C.CLOSED, C.ERASED)}):
        made = house.candidate(status=start)
        house.do(lambda made=made, to=to: files.move_to(made.id, to, accounts.get(house.officer.id), reason="work"))
        last = house.entries("candidate.moved")[-1]
        assert (last.facts["from"], last.facts["to"]) == (start, to) and last.candidate_ids == [made.id]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"skills": {"food_hygiene": 5}}, "skills"),
        ({"skills": {"food_hygiene": 0}}, "skills"),
        ({"languages": {"fi": 7}}, "languages"),
        ({"occupations": tuple("abcdefghijk")}, "occupations"),
        ({"hours_min": 169}, "hours_min"),
        ({"hours_max": 0}, "hours_max"),
        ({"hours_min": 30, "hours_max": 20}, "hours_max"),
        ({"may_work": False, "eligible_until": TODAY}, "may_work"),
    ],
)
def test_a_profile_within_its_bounds(change: dict, field: str) -> None:
    rules.check_profile(make.profile_fields())
    with pytest.raises(RuleBroken) as refusal:
        rules.check_profile(make.profile_fields(**change))
    assert refusal.value.field == field


def test_a_consent_has_an_end_and_not_in_the_past() -> None:
    longest = TODAY + timedelta(days=732)
    rules.check_consent("given", "paper", TODAY, TODAY, longest)
    rules.check_consent("refused", "spoken", TODAY - timedelta(days=1), TODAY, longest)
    for answer, how, until in (
        ("given", "paper", TODAY - timedelta(days=1)),
        ("given", "paper", longest + timedelta(days=1)),
        ("maybe", "paper", TODAY),
        ("given", "letter", TODAY),
    ):
        with pytest.raises(RuleBroken):
            rules.check_consent(answer, how, until, TODAY, longest)


def test_a_deputy_has_days_in_order() -> None:
    day = timedelta(days=1)
    rules.check_deputy(TODAY, TODAY, TODAY)
    for first, last in ((TODAY, TODAY - day), (TODAY - 9 * day, TODAY - day), (TODAY, TODAY + 400 * day)):
        with pytest.raises(RuleBroken):
            rules.check_deputy(first, last, TODAY)


def test_a_refusal_to_erase_has_reasons_and_an_end() -> None:
    rules.check_refusal("A claim for pay is open.", TODAY + timedelta(days=1), TODAY)
    for reasons, until in (("", TODAY + timedelta(days=1)), ("Yes.", None), ("Yes.", TODAY)):
        with pytest.raises(RuleBroken):
            rules.check_refusal(reasons, until, TODAY)


def test_case_numbers_say_nothing_and_are_read_as_people_write_them() -> None:
    numbers = {rules.new_case_number() for _ in range(200)}
    assert len(numbers) > 150 and all(rules.tidy_case_number(each.lower()) == each for each in numbers)
    assert rules.tidy_case_number(" r5 tk ") == rules.tidy_case_number("R5TK") == "R5-TK"
    assert rules.tidy_case_number("x" * 10_000) and rules.tidy_case_number("") == ""


def test_every_status_has_its_word() -> None:
    assert set(words.STATUSES) == {str(each) for each in C}
