"""The contract that both engines keep: the same best, the same scores, every constraint, whatever the index lags."""

import random
from dataclasses import replace

import pytest

from search.constraints import failures
from search.engine import Condition
from search.ranking import candidates_among
from search.scorer import score
from tests.search.worlds import (
    TODAY,
    VOCABULARY,
    MemorySource,
    code,
    profile,
    random_profile,
    random_vacancy,
    vacancy,
)


def pool(seed, size=300):
    chance = random.Random(seed)
    return MemorySource(random_profile(chance, number) for number in range(1, size + 1))


def vacancies(seed, count=25):
    chance = random.Random(seed)
    return [random_vacancy(chance, number) for number in range(count)]


def expected(source, one, limit=50, among=None):
    profiles = [held for held in source.profiles.values() if among is None or held.code in among]
    return candidates_among(profiles, one, VOCABULARY, TODAY, limit)


def test_the_best_are_those_of_scoring_everyone(make_engine):
    source = pool(1)
    engine = make_engine(source)
    engine.rebuild()
    for one in vacancies(2):
        for limit in (1, 7, 50):
            found = engine.candidates_for(one, TODAY, limit)
            assert found.matches == expected(source, one, limit)
            assert not found.stale
        for match in found.matches:
            assert match.score == score(source.profiles[match.code], one, VOCABULARY)


def test_only_among_the_given(make_engine):
    source = pool(3)
    engine = make_engine(source)
    engine.rebuild()
    chance = random.Random(4)
    for one in vacancies(5, 8):
        for size in (0, 1, 40, 290):
            among = frozenset(chance.sample(sorted(source.profiles), size)) | {code(10**6)}
            assert engine.candidates_for(one, TODAY, among=among).matches == expected(source, one, among=among)


def test_equals_are_ordered_alike(make_engine):
    source = MemorySource(profile(code=code(number)) for number in range(1, 151))
    engine = make_engine(source)
    engine.rebuild()
    for number in range(5):
        one = vacancy(code=f"v_{number}")
        assert engine.candidates_for(one, TODAY).matches == expected(source, one)


def test_an_empty_pool_and_a_vacancy_that_asks_nothing(make_engine):
    source = MemorySource()
    engine = make_engine(source)
    engine.rebuild()
    nothing = vacancy(essential=(), optional=(), languages=(), group=None, sectors=frozenset())
    assert engine.candidates_for(nothing, TODAY).matches == ()
    source.put(profile(skills=(), languages={}, occupations=()))
    assert engine.candidates_for(nothing, TODAY).matches == expected(source, nothing) != ()


def test_a_vacancy_of_two_hundred_unknown_skills(make_engine):
    source = pool(6, 60)
    engine = make_engine(source)
    engine.rebuild()
    many = replace(
        vacancy(), essential=tuple(replace(vacancy().essential[0], code=f"unknown_{number}") for number in range(200))
    )
    assert engine.candidates_for(many, TODAY).matches == expected(source, many)


def test_a_lagging_index_never_breaks_a_constraint(make_engine):
    """Thousands of random pairs while profiles change, come and go and the index stands still."""
    source = pool(7)
    engine = make_engine(source)
    engine.rebuild()
    chance, pairs = random.Random(8), 0
    for step, one in enumerate(vacancies(9, 40)):
        for number in chance.sample(range(1, 301), 5):
            if code(number) in source.profiles and chance.random() < 0.3:
                source.remove(code(number))
            else:
                source.put(random_profile(chance, number))
        source.put(random_profile(chance, 1000 + step))
        found = engine.candidates_for(one, TODAY, 1000)
        assert found.matches == expected(source, one, 1000)
        assert found.state.behind == (step + 1) * 6
        for match in found.matches:
            assert not failures(source.profiles[match.code], one, TODAY)
        pairs += len(source.profiles)
    assert pairs > 10_000


def test_a_change_counts_on_the_next_query(make_engine):
    source = MemorySource([profile()])
    engine = make_engine(source)
    engine.rebuild()
    assert len(engine.candidates_for(vacancy(), TODAY).matches) == 1
    source.put(profile(blocked_companies=frozenset({"company_1"})))
    assert engine.candidates_for(vacancy(), TODAY).matches == ()
    source.remove(profile().code)
    assert engine.candidates_for(vacancy(), TODAY).matches == ()


def test_catching_up_leaves_nothing_behind(make_engine):
    source = pool(10, 120)
    engine = make_engine(source)
    assert engine.catch_up().behind == 0
    source.remove(code(5))
    source.put(profile(code=code(6)))
    source.put(profile(code=code(500)))
    assert engine.state().behind == 3
    state = engine.catch_up()
    assert (state.behind, state.ready, state.message_code) == (0, True, Condition.CURRENT)
    for one in vacancies(11, 6):
        assert engine.candidates_for(one, TODAY).matches == expected(source, one)


def test_a_rebuild_tells_its_progress(make_engine):
    told = []
    make_engine(pool(12, 1500)).rebuild(told.append)
    assert told == sorted(told)
    assert 1000 in told


def test_a_long_lag_is_said(make_engine):
    source = MemorySource([profile()])
    engine = make_engine(source)
    engine.rebuild()
    for _ in range(501):
        source.put(profile())
    found = engine.candidates_for(vacancy(), TODAY)
    assert found.stale
    assert found.state.message_code is Condition.BEHIND
    assert len(found.matches) == 1


@pytest.mark.parametrize("repeat", range(3))
def test_rebuilding_again_changes_no_answer(make_engine, repeat):
    source = pool(13 + repeat, 80)
    engine = make_engine(source)
    one = vacancies(14)[repeat]
    engine.rebuild()
    first = engine.candidates_for(one, TODAY)
    engine.rebuild()
    second = engine.candidates_for(one, TODAY)
    assert first.matches == second.matches
    assert first.state.generation != second.state.generation
