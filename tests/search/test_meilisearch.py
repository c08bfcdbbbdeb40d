"""The adapter against a server in trouble: never a wrong answer, always a code."""

import json
import random
import re
import socket

import pytest

from search.constraints import failures
from search.documents import AskedSkill, HeldSkill
from search.engine import Condition, EngineDown
from search.meilisearch import INDEX
from search.meilisearch_rows import SETTINGS, constraints_filter, live_row
from tests.search.standin import parse
from tests.search.worlds import TODAY, MemorySource, code, profile, random_profile, random_vacancy, vacancy


@pytest.fixture
def source():
    return MemorySource(profile(code=code(number)) for number in range(1, 6))


@pytest.fixture
def engine(source, meilisearch):
    made = meilisearch(source)
    made.rebuild()
    return made


def refused(call):
    with pytest.raises(EngineDown) as down:
        call()
    return down.value.code


def test_without_an_index_it_says_so(source, meilisearch):
    made = meilisearch(source)
    assert refused(lambda: made.candidates_for(vacancy(), TODAY)) is Condition.MISSING
    state = made.state()
    assert (state.ready, state.message_code) == (False, Condition.MISSING)
    assert made.catch_up().ready


def test_a_closed_port(source, engine, standin):
    standin.close()
    assert refused(lambda: engine.candidates_for(vacancy(), TODAY)) is Condition.UNREACHABLE
    assert engine.state().message_code is Condition.UNREACHABLE
    assert refused(engine.catch_up) is Condition.UNREACHABLE


def test_a_server_that_never_answers(source):
    from search.meilisearch import MeilisearchEngine
    from search.meilisearch_server import Server
    from tests.search.worlds import VOCABULARY

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        made = MeilisearchEngine(Server(url, "key", timeout_s=1), source, lambda: VOCABULARY)
        assert refused(lambda: made.candidates_for(vacancy(), TODAY)) is Condition.SLOW


def test_a_wrong_key(engine, source, meilisearch):
    wrong = meilisearch(source, key="another")
    assert refused(lambda: wrong.candidates_for(vacancy(), TODAY)) is Condition.KEY_REFUSED
    assert refused(wrong.rebuild) is Condition.KEY_REFUSED


def test_answers_that_are_no_answers(engine, standin):
    standin.garbage = True
    assert refused(lambda: engine.candidates_for(vacancy(), TODAY)) is Condition.UNCLEAR


def test_an_older_server(engine, standin):
    standin.outdated = True
    assert refused(lambda: engine.candidates_for(vacancy(), TODAY)) is Condition.OUTDATED


def test_a_stuck_queue(source, meilisearch, standin):
    made = meilisearch(source, task_timeout_s=0.2)
    made.rebuild()
    standin.stuck = True
    source.put(profile(blocked_companies=frozenset({"company_1"})))
    assert refused(made.catch_up) is Condition.SLOW
    found = made.candidates_for(vacancy(), TODAY)
    assert code(1) not in {match.code for match in found.matches}
    assert len(found.matches) == 4


@pytest.mark.parametrize("kind", ["indexCreation", "settingsUpdate", "documentAdditionOrUpdate", "indexSwap"])
@pytest.mark.parametrize("error", ["no_space_left_on_device", "internal"])
def test_a_task_that_fails_stops_the_rebuild_and_the_old_index_serves_on(engine, standin, kind, error):
    standin.failing = {kind: error}
    full = error == "no_space_left_on_device"
    assert refused(engine.rebuild) is (Condition.FULL if full else Condition.TASK_FAILED)
    standin.failing = {}
    assert len(engine.candidates_for(vacancy(), TODAY).matches) == 5


def test_a_half_built_index_gives_no_answer(engine, standin):
    standin.indexes[INDEX]["settings"]["filterableAttributes"] = ["bands"]
    assert refused(lambda: engine.candidates_for(vacancy(), TODAY)) is Condition.BROKEN
    del standin.indexes[INDEX]["rows"]["marker"]
    assert refused(lambda: engine.candidates_for(vacancy(), TODAY)) is Condition.MISSING
    assert engine.catch_up().ready
    assert len(engine.candidates_for(vacancy(), TODAY).matches) == 5


def test_a_spoilt_document_gives_no_answer(engine, standin):
    standin.indexes[INDEX]["rows"][code(2)]["document"]["skills"] = "everything"
    assert refused(lambda: engine.candidates_for(vacancy(), TODAY)) is Condition.BROKEN


def test_an_index_that_moves_under_the_reader_is_read_again(engine, source, standin):
    moves = iter(range(2))

    def move():
        if next(moves, None) is not None:
            standin.before_fetch, held = None, standin.before_fetch
            source.put(profile(code=code(3), excluded_sectors=frozenset({"O"})))
            engine.catch_up()
            standin.before_fetch = held

    standin.before_fetch = move
    assert len(engine.candidates_for(vacancy(), TODAY).matches) == 4


def test_an_index_that_never_rests_gives_no_answer(engine, source, standin):
    def move():
        standin.before_fetch, held = None, standin.before_fetch
        source.put(profile(code=code(3)))
        engine.catch_up()
        standin.before_fetch = held

    standin.before_fetch = move
    assert refused(lambda: engine.candidates_for(vacancy(), TODAY)) is Condition.BUSY


def test_a_restored_database_is_noticed(engine, source):
    source.restore_backup(2)
    assert refused(lambda: engine.candidates_for(vacancy(), TODAY)) is Condition.FOREIGN
    assert engine.state().message_code is Condition.FOREIGN
    assert engine.catch_up().message_code is Condition.CURRENT


def test_who_is_gone_leaves_the_server_too(engine, source, standin):
    source.remove(code(4))
    engine.catch_up()
    assert code(4) not in json.dumps(standin.indexes)


def test_a_rebuild_leaves_one_index(engine, standin):
    engine.rebuild()
    assert list(standin.indexes) == [INDEX]
    standin.indexes[f"{INDEX}_crashed"] = {**standin.indexes[INDEX], "born": "2020-01-01T00:00:00.123456789Z"}
    standin.indexes["another"] = dict(standin.indexes[f"{INDEX}_crashed"])
    engine.rebuild()
    assert sorted(standin.indexes) == ["another", INDEX]


def test_it_reads_on_only_while_the_top_is_uncertain(meilisearch, standin):
    strong = [profile(code=code(number)) for number in range(1, 61)]
    weak = [profile(code=code(number), skills=(HeldSkill("skill_50", 1),)) for number in range(100, 160)]
    made = meilisearch(MemorySource([*strong, *weak]))
    made.rebuild()
    standin.fetches.clear()
    assert len(made.candidates_for(vacancy(), TODAY).matches) == 50
    assert len(standin.fetches) == 1
    standin.fetches.clear()
    assert len(made.candidates_for(vacancy(), TODAY, 80).matches) == 80
    assert len(standin.fetches) == 2


def test_pages_join(meilisearch, monkeypatch):
    monkeypatch.setattr("search.meilisearch.PAGE", 7)
    made = meilisearch(MemorySource(profile(code=code(number)) for number in range(1, 31)))
    made.rebuild()
    assert len(made.candidates_for(vacancy(), TODAY).matches) == 30


def test_every_row_writes_every_filterable_field(engine, source, standin):
    source.remove(code(5))
    standin.failing = {"documentDeletion": "internal"}  # so that the row of the one who is gone can be seen
    assert refused(engine.catch_up) is Condition.TASK_FAILED
    rows = standin.indexes[INDEX]["rows"].values()
    assert {row["state"] for row in rows} == {"live", "gone", "marker"}
    for row in rows:
        assert set(SETTINGS["filterableAttributes"]) <= set(row)


def test_filters_hold_codes_and_numbers_only():
    asked = vacancy(essential=(AskedSkill("skill_1", 2),), sectors=frozenset({"A", "01"}))
    where = constraints_filter(asked, TODAY)
    assert all(re.fullmatch(r"[a-z0-9_]+", value) for value in re.findall(r'"([^"]*)"', where))
    assert parse(where, SETTINGS["filterableAttributes"])


def test_the_filter_alone_says_what_the_constraints_say():
    chance = random.Random(1)
    profiles = [random_profile(chance, number) for number in range(1, 201)]
    rows = [live_row(held) for held in profiles]
    passed = 0
    for number in range(150):
        one = random_vacancy(chance, number)
        test = parse(constraints_filter(one, TODAY), SETTINGS["filterableAttributes"])
        for held, row in zip(profiles, rows, strict=True):
            assert test(row) == (not failures(held, one, TODAY))
            passed += test(row)
    assert passed > 500


def test_a_key_with_the_words_of_the_filter_language_is_only_a_code(engine):
    assert len(engine.candidates_for(vacancy(company="in", group="not"), TODAY).matches) == 5
