"""The design's formula, worked by hand, and what must hold for every pair."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents import AskedLanguage, AskedSkill, HeldSkill, Vocabulary, WishedOccupation
from search.ranking import candidates_among, shuffle, vacancies_for
from search.scorer import WEIGHTS, Reason, TermKind, ceiling_without_skills, score, skill_detail
from tests.search.worlds import (
    SKILLS,
    TODAY,
    VOCABULARY,
    code,
    profile,
    random_profile,
    random_vacancy,
    vacancy,
)

WORDS = Vocabulary({"a": 1, "b": 5, "general": 2}, {"a": "general", "sibling": "general", "deep": "a"})
PAIRS = st.integers(0, 10**9)


def pair(number):
    chance = random.Random(number)
    return chance, random_profile(chance, number), random_vacancy(chance, number)


def term(result, kind):
    return next((one for one in result.terms if one.kind is kind), None)


def test_the_score_worked_by_hand():
    held = profile(
        skills=(HeldSkill("a", 2), HeldSkill("lamp", 4)),
        languages={"fi": 3, "sv": 1},
        occupations=(WishedOccupation("home_cleaner", "9111"),),
        municipality="049",
    )
    asked = vacancy(
        essential=(AskedSkill("a", 4), AskedSkill("b", 1)),
        optional=(AskedSkill("lamp", 2),),
        languages=(AskedLanguage("fi", 2, must=True), AskedLanguage("sv", 4, must=False)),
    )
    result = score(held, asked, WORDS)
    essential = (1 * (0.3 + 0.4 * 2 / 4) + 2 * 0) / 3
    expected = (60 * essential + 15 * 1 + 15 * 0.6 + 5 * 0.25 + 5 * 0.7) / 100 * 100
    assert result.total == pytest.approx(expected)
    assert [one.kind for one in result.terms] == list(TermKind)
    assert sum(one.points for one in result.terms) == pytest.approx(result.total)
    assert sum(WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("asked", "held", "credit", "reason", "via"),
    [
        (AskedSkill("a", 3), {"a": 3}, 1.0, Reason.MET, None),
        (AskedSkill("a", 3), {"a": 4}, 1.0, Reason.MET, None),
        (AskedSkill("a", 4), {"a": 1}, 0.4, Reason.PARTLY_LEVEL, None),
        (AskedSkill("a", 4), {"a": 1, "general": 4}, 0.4, Reason.PARTLY_LEVEL, None),
        (AskedSkill("a", 1), {"general": 4}, 0.3, Reason.PARTLY_BROADER, "general"),
        (AskedSkill("general", 4), {"a": 1}, 0.3, Reason.PARTLY_NARROWER, "a"),
        (AskedSkill("general", 4), {"deep": 4}, 0.0, Reason.MISSING, None),
        (AskedSkill("a", 1), {"sibling": 4}, 0.0, Reason.MISSING, None),
        (AskedSkill("a", 1, licence=True), {"general": 4}, 0.0, Reason.MISSING, None),
        (AskedSkill("a", 4, licence=True), {"a": 1}, 1.0, Reason.MET, None),
    ],
)
def test_the_credit_of_one_skill(asked, held, credit, reason, via):
    detail = skill_detail(asked, held, WORDS)
    assert (detail.credit, detail.reason, detail.via) == (pytest.approx(credit), reason, via)


@pytest.mark.parametrize(("rarity", "weight"), [(1, 1), (2, 1.25), (3, 1.5), (4, 1.75), (5, 2), (None, 1.5)])
def test_rarity_weighs(rarity, weight):
    assert Vocabulary({} if rarity is None else {"a": rarity}).weight("a") == weight


@pytest.mark.parametrize(
    ("wishes", "value"),
    [
        ([("cleaner", "9112")], 1),
        ([("x", "9112")], 0.6),
        ([("x", "9111")], 0.6),
        ([("x", "9129")], 0.3),
        ([("x", "5120")], 0),
        ([("x", "9129"), ("cleaner", "9112")], 1),
    ],
)
def test_the_wished_occupation(wishes, value):
    result = score(profile(occupations=tuple(WishedOccupation(*wish) for wish in wishes)), vacancy(), WORDS)
    assert term(result, TermKind.OCCUPATION).value == value


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"municipality": "091"}, 1),
        ({"municipality": "049"}, 0.7),
        ({"municipality": "853", "region": "02", "reach_municipalities": frozenset({"091"})}, 0.7),
        ({"municipality": "853", "region": "02", "reach_regions": frozenset({"01"})}, 0.7),
        ({"municipality": "853", "region": "02", "reach_municipalities": frozenset()}, 0.3),
        ({"municipality": None, "region": None, "reach_municipalities": frozenset()}, 0.3),
    ],
)
def test_nearness(changes, value):
    assert term(score(profile(**changes), vacancy(), WORDS), TermKind.NEARNESS).value == value


def test_a_part_counts_only_when_it_is_present():
    asked = vacancy(essential=(), optional=(), languages=(AskedLanguage("fi", 2, must=True),))
    result = score(profile(occupations=(), municipality="049"), asked, WORDS)
    assert [one.kind for one in result.terms] == [TermKind.NEARNESS]
    assert result.total == pytest.approx(70)


@given(PAIRS)
@settings(max_examples=300, deadline=None)
def test_a_score_lies_between_0_and_100_and_comes_apart(number):
    _, held, asked = pair(number)
    result = score(held, asked, VOCABULARY)
    assert 0 <= result.total <= 100
    assert result.total == pytest.approx(sum(one.points for one in result.terms))
    for one in result.terms:
        assert 0 <= one.value <= 1
        assert all(0 <= detail.credit <= 1 for detail in one.details)


@given(PAIRS)
@settings(max_examples=300, deadline=None)
def test_more_skill_never_lowers_a_score(number):
    chance, held, asked = pair(number)
    before = score(held, asked, VOCABULARY).total
    levels = {skill.code: skill.level for skill in held.skills}
    for name in chance.sample(SKILLS, 10) + [skill.code for skill in asked.essential]:
        more = {**levels, name: min(4, levels.get(name, 0) + 1)}
        raised = replace(held, skills=tuple(HeldSkill(*item) for item in more.items()))
        assert score(raised, asked, VOCABULARY).total >= before
    for name in ("fi", "sv", "ar"):
        spoken = {**held.languages, name: min(6, held.languages.get(name, 0) + 1)}
        assert score(replace(held, languages=spoken), asked, VOCABULARY).total >= before


@given(PAIRS)
@settings(max_examples=300, deadline=None)
def test_a_higher_demand_never_raises_a_score(number):
    _, held, asked = pair(number)
    before = score(held, asked, VOCABULARY).total
    for part in ("essential", "optional"):
        demands = getattr(asked, part)
        for place, demand in enumerate(demands):
            harder = replace(demand, level=min(4, demand.level + 1))
            changed = (*demands[:place], harder, *demands[place + 1 :])
            assert score(held, replace(asked, **{part: changed}), VOCABULARY).total <= before
    harder_languages = tuple(replace(one, level=min(6, one.level + 1)) for one in asked.languages)
    assert score(held, replace(asked, languages=harder_languages), VOCABULARY).total <= before


@given(PAIRS)
@settings(max_examples=200, deadline=None)
def test_a_neighbour_never_counts_more_than_the_skill_itself(number):
    chance = random.Random(number)
    name = chance.choice(SKILLS)
    asked = AskedSkill(name, chance.randint(1, 4))
    held = {other: chance.randint(1, 4) for other in chance.sample(SKILLS, 20) if other != name}
    without = skill_detail(asked, held, VOCABULARY).credit
    for level in range(1, 5):
        assert skill_detail(asked, {**held, name: level}, VOCABULARY).credit > without


@given(PAIRS)
@settings(max_examples=200, deadline=None)
def test_both_directions_tell_the_same(number):
    _, held, asked = pair(number)
    one_way = candidates_among([held], asked, VOCABULARY, TODAY)
    other_way = vacancies_for(held, [asked], VOCABULARY, TODAY)
    assert [match.score for match in one_way] == [match.score for match in other_way]


@given(PAIRS)
@settings(max_examples=300, deadline=None)
def test_nobody_without_a_counting_skill_passes_the_ceiling(number):
    _, held, asked = pair(number)
    bare = replace(held, skills=())
    assert score(bare, asked, VOCABULARY).total <= ceiling_without_skills(asked) + 1e-9


def test_the_longest_wait_comes_first_among_equals():
    pool = [profile(code=code(n), waiting_since=TODAY.replace(day=1, month=m)) for n, m in ((1, 3), (2, 1), (3, 2))]
    assert [match.code for match in candidates_among(pool, vacancy(), VOCABULARY, TODAY)] == [code(2), code(3), code(1)]


def test_among_the_rest_nobody_is_always_last():
    pool = [profile(code=code(number)) for number in range(1, 6)]
    orders = [
        [match.code for match in candidates_among(pool, vacancy(code=f"v_{number}"), VOCABULARY, TODAY)]
        for number in range(100)
    ]
    assert {order[-1] for order in orders} == {one.code for one in pool}
    again = candidates_among(reversed(pool), vacancy(code="v_0"), VOCABULARY, TODAY)
    assert [match.code for match in again] == orders[0]
    assert shuffle(code(1), "v_0") == shuffle(code(1), "v_0") != shuffle(code(1), "v_1")
