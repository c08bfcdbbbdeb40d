"""The embedded engine's own promises: same bits as the scorer, whole snapshots after any crash, answers without one."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from search import build_engine, snapshots
from search.columns import Columns
from search.constraints import failures
from search.documents import Vocabulary
from search.embedded import EmbeddedEngine
from search.engine import Condition, EngineDown
from search.packing import pack
from search.ranking import candidates_among, shuffle
from search.scorer import score
from tests.search.worlds import TODAY, VOCABULARY, MemorySource, code, profile, random_profile, random_vacancy, vacancy

ROOT = Path(__file__).resolve().parents[2]


def test_the_columns_score_to_the_last_bit():
    chance = random.Random(1)
    profiles = [random_profile(chance, number) for number in range(1, 201)]
    columns = Columns(pack(profiles))
    for number in range(60):
        one = random_vacancy(chance, number)
        totals = columns.totals(one, VOCABULARY)
        assert totals.tolist() == [score(held, one, VOCABULARY).total for held in profiles]


def test_the_columns_alone_let_pass_whom_the_constraints_let_pass():
    chance = random.Random(4)
    profiles = [random_profile(chance, number) for number in range(1, 201)]
    columns = Columns(pack(profiles))
    for number in range(150):
        one = random_vacancy(chance, number)
        found = {held.code for held in columns.best(one, VOCABULARY, TODAY, 1000)}
        assert found == {held.code for held in profiles if not failures(held, one, TODAY)}


def test_the_columns_shuffle_as_the_ranking_does():
    from search.columns import _mix
    from search.ranking import fold, seed

    folds = np.array([fold(code(number)) for number in range(1, 50)], np.uint64)
    mixed = _mix(folds ^ np.uint64(seed("vacancy_1")))
    assert mixed.tolist() == [shuffle(code(number), "vacancy_1") for number in range(1, 50)]


def test_a_query_reads_the_snapshot_and_not_the_whole_source(tmp_path):
    source = MemorySource([profile()])
    engine = EmbeddedEngine(tmp_path / "index", source, lambda: VOCABULARY)
    engine.rebuild()
    read = source.read_whole
    assert len(engine.candidates_for(vacancy(), TODAY).matches) == 1
    assert source.read_whole == read


def spoil_everything(index):
    for part in index.glob("*/*"):
        part.write_bytes(part.read_bytes()[:-1])


def cut_one_part(index):
    part = next(index.glob("*/tag_rows"))
    part.write_bytes(part.read_bytes()[:-4])


def flip_one_bit(index):
    part = next(index.glob("*/documents"))
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)


def remove_the_facts(index):
    next(index.glob("*/facts.json")).unlink()


def write_nonsense(index):
    next(index.glob("*/facts.json")).write_text("[]")


def make_it_a_file(index):
    shutil.rmtree(index)
    index.write_text("")


@pytest.mark.parametrize(
    ("harm", "condition"),
    [
        (shutil.rmtree, Condition.MISSING),
        (make_it_a_file, Condition.MISSING),
        (spoil_everything, Condition.BROKEN),
        (cut_one_part, Condition.BROKEN),
        (flip_one_bit, Condition.BROKEN),
        (remove_the_facts, Condition.BROKEN),
        (write_nonsense, Condition.BROKEN),
    ],
)
def test_without_a_usable_index_it_answers_exactly_and_says_so(tmp_path, harm, condition):
    chance = random.Random(2)
    source = MemorySource(random_profile(chance, number) for number in range(1, 101))
    EmbeddedEngine(tmp_path / "index", source, lambda: VOCABULARY).rebuild()
    harm(tmp_path / "index")
    engine = EmbeddedEngine(tmp_path / "index", source, lambda: VOCABULARY)
    for number in range(10):
        one = random_vacancy(chance, number)
        found = engine.candidates_for(one, TODAY)
        assert found.matches == candidates_among(source.profiles.values(), one, VOCABULARY, TODAY)
        assert (found.stale, found.state.ready, found.state.message_code) == (True, True, condition)
    assert engine.state().message_code is condition


@pytest.mark.parametrize("harm", [shutil.rmtree, spoil_everything, remove_the_facts])
def test_a_rebuild_mends_a_harmed_index_in_every_process(tmp_path, harm):
    source = MemorySource([profile()])
    one, other = (EmbeddedEngine(tmp_path / "index", source, lambda: VOCABULARY) for _ in range(2))
    one.rebuild()
    assert not other.candidates_for(vacancy(), TODAY).stale
    harm(tmp_path / "index")
    one.rebuild()
    assert not other.candidates_for(vacancy(), TODAY).stale


def test_an_index_from_another_history_is_not_trusted(tmp_path):
    source = MemorySource([profile(), profile(code=code(2))])
    engine = EmbeddedEngine(tmp_path / "index", source, lambda: VOCABULARY)
    engine.rebuild()
    source.restore_backup(1)
    del source.profiles[code(2)]
    found = engine.candidates_for(vacancy(), TODAY)
    assert [match.code for match in found.matches] == [code(1)]
    assert found.state.message_code is Condition.FOREIGN
    assert engine.catch_up().message_code is Condition.CURRENT


def test_an_index_of_another_format_is_rebuilt_and_never_read(tmp_path):
    source = MemorySource([profile()])
    engine = EmbeddedEngine(tmp_path / "index", source, lambda: VOCABULARY)
    snapshots.publish(tmp_path / "index", {"format": 0, "number": 1}, {})
    assert engine.candidates_for(vacancy(), TODAY).state.message_code is Condition.OUTDATED
    assert engine.catch_up().message_code is Condition.CURRENT


def test_the_vocabulary_of_the_moment_counts(tmp_path):
    source = MemorySource([profile(skills=())])
    words = [Vocabulary()]
    engine = EmbeddedEngine(tmp_path / "index", source, lambda: words[0])
    engine.rebuild()
    source.put(profile())
    words[0] = Vocabulary({"skill_7": 5})
    best = engine.candidates_for(vacancy(), TODAY).matches[0]
    assert best.score.terms[0].details[0].weight == 2.0


def test_nothing_of_an_erased_profile_stays_on_disk_after_the_next_catch_up(tmp_path):
    source = MemorySource([profile(), profile(code=code(2))])
    engine = EmbeddedEngine(tmp_path / "index", source, lambda: VOCABULARY)
    engine.rebuild()
    source.remove(code(2))
    engine.catch_up()
    files = [path.read_bytes() for path in (tmp_path / "index").rglob("*") if path.is_file()]
    assert files
    assert not any(code(2).encode() in content for content in files)


@pytest.mark.parametrize("instant", range(1, 9))
def test_a_failure_at_any_instant_leaves_the_old_or_the_new(tmp_path, monkeypatch, instant):
    """The disk fails at the n-th flush; then the next write works again."""
    snapshots.publish(tmp_path, {"n": 1}, {"a": b"old", "b": b"old"})
    flushes = iter(range(1, 100))
    flush = os.fsync

    def failing(descriptor):
        if next(flushes) == instant:
            raise OSError(28, "No space left on device")
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    try:
        snapshots.publish(tmp_path, {"n": 2}, {"a": b"new", "b": b"new"})
    except OSError:
        assert instant <= 5  # two parts, the facts, the directory, and the directory above after the rename
    found = snapshots.read_newest(tmp_path)
    assert found.parts in ({"a": b"old", "b": b"old"}, {"a": b"new", "b": b"new"})
    assert not list(tmp_path.glob(".unfinished-*"))
    monkeypatch.undo()
    snapshots.publish(tmp_path, {"n": 3}, {"a": b"next", "b": b"next"})
    assert snapshots.read_newest(tmp_path).facts == {"n": 3}


def test_a_full_disk_is_told_with_its_code(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    engine = EmbeddedEngine(tmp_path / "index", MemorySource([profile()]), lambda: VOCABULARY)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EngineDown) as down:
        engine.rebuild()
    assert down.value.code is Condition.FULL


WRITER = """
import sys
from pathlib import Path
from search import snapshots
while True:
    for mark in (b"x", b"y"):
        snapshots.publish(Path(sys.argv[1]), {}, {"a": mark * 200_000, "b": mark * 200_000})
"""


def test_killed_while_writing_it_is_whole_each_time(tmp_path):
    chance = random.Random(3)
    snapshots.publish(tmp_path, {}, {"a": b"x", "b": b"x"})
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT)
        time.sleep(0.15 + chance.random() * 0.1)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        found = snapshots.read_newest(tmp_path)
        assert found.parts["a"] == found.parts["b"]


def test_readers_and_writers_at_once(tmp_path):
    snapshots.publish(tmp_path, {"n": 0}, {"a": b"0", "b": b"0"})
    torn = []

    def write(number):
        for step in range(15):
            mark = f"{number}.{step}".encode()
            snapshots.publish(tmp_path, {}, {"a": mark, "b": mark})

    def read():
        for _ in range(150):
            found = snapshots.read_newest(tmp_path)
            if found is None or found.parts["a"] != found.parts["b"]:
                torn.append(found)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    threads += [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not torn
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_two_writers_that_choose_one_number(tmp_path, monkeypatch):
    rename, others = Path.rename, iter([True])

    def overtaken(path, target):
        if next(others, False):
            target.mkdir()
            (target / "facts.json").write_text("{}")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", overtaken)
    assert snapshots.publish(tmp_path, {"n": 2}, {"a": b""}) == "000000000002"
    assert snapshots.read_newest(tmp_path).facts == {"n": 2}


def test_what_a_crash_left_is_cleared_an_hour_later(tmp_path):
    for name, age in ((".unfinished-old", 4000), (".unfinished-new", 10)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age, time.time() - age))
    snapshots.publish(tmp_path, {}, {"a": b""})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".unfinished-new", "000000000001"]


def test_numpy_is_loaded_with_the_first_snapshot_and_the_web_never_with_it(tmp_path):
    script = (
        "import sys; from pathlib import Path; from search import build_engine\n"
        f"build_engine(source=None, vocabulary=None, directory=Path({str(tmp_path)!r}))\n"
        "print(sorted({'numpy', 'meilisearch', 'flask', 'sqlalchemy', 'portal'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_engine_is_chosen_by_the_address(tmp_path):
    source = MemorySource()
    made = [
        build_engine(source=source, vocabulary=Vocabulary, directory=tmp_path, meili_url=url)
        for url in (None, "", "http://127.0.0.1:1")
    ]
    assert [engine.state().name for engine in made] == ["embedded", "embedded", "meilisearch"]
