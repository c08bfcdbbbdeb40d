"""The worker is killed between any two of its acts and started again: nothing is lost, nothing happens twice (P9).

What came of it is compared with the same day undisturbed. The one thing that may differ: a mail whose death fell
between the server's OK and our record of it is there twice, under the same Message-ID.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest

from portal.core import clock, outbox
from tests.faults.house import House
from tests.faults.mortal import Act, Life, live, rounds
from tests.faults.worlds import NOON, busy_day
from tests.support.databases import both_databases
from tests.support.server import Post

LATER = outbox.LEASE + timedelta(minutes=1)
OURS = ("outbox", "events.", "retention.events.", "audit.")
EVERYTHING = ("",)


class Day:
    """The same day again and again, with one worker after another in it."""

    def __init__(self, house: House, post: Post, pieces: tuple[str, ...]) -> None:
        self.house, self.post, self.pieces = house, post, pieces
        with house.app.app_context():
            busy_day()
        house.keep()
        with clock.travel(NOON):
            rounds(house.app, pieces)  # what a process reads once is read before it is copied
        self.begin_anew()
        self.undisturbed = self.work(0).acts
        self.letters, self.facts = self.arrived(), house.facts()

    def begin_anew(self) -> None:
        self.house.put_back()
        self.post.mails.clear()

    def work(self, starts: int, die_at: int | None = None) -> Life:
        """A worker's life; each begins so much later that what the one before it held is free again."""
        with clock.travel(NOON + starts * LATER):
            return live(self.house.app, partial(rounds, self.house.app, self.pieces), die_at)

    def arrived(self) -> Counter[tuple[str, str]]:
        return Counter((str(mail["To"]), str(mail["Subject"])) for mail in self.post.mails)

    def check(self) -> int:
        """All is as on the undisturbed day, but for copies under the name of the first; how many of those."""
        arrived, ids = self.arrived(), defaultdict(set)
        assert self.letters <= arrived, f"lost: {self.letters - arrived}"
        assert set(arrived) == set(self.letters), f"never to be sent: {arrived - self.letters}"
        for mail in self.post.mails:
            ids[mail["To"], mail["Subject"]].add(str(mail["Message-ID"]))
        assert all(len(names) == 1 for names in ids.values()), f"a copy under another name: {ids}"
        assert self.house.facts() == self.facts
        return (arrived - self.letters).total()

    def die_and_start_again(self, act: Act) -> None:
        self.begin_anew()
        assert self.work(0, die_at=act.number).died_before == act, "each life is like the last, up to its death"
        self.work(1)
        try:
            assert self.check() == is_unrecorded(self.undisturbed, act.number), f"copies: {self.arrived()}"
        except AssertionError as wrong:
            raise AssertionError(f"after a death before {act}: {wrong}") from wrong


def is_unrecorded(acts: list[Act], number: int) -> bool:
    """Whether dying before this act leaves a mail that the server has and our books have not."""
    for act in reversed(acts[:number]):
        if act.kind == "commit" or act.piece != "outbox":
            return False
        if act.kind == "smtp content":
            return True
    return False


def steps(acts: Iterable[Act]) -> list[Act]:
    """Where something becomes true or leaves: dying anywhere else is the same as dying before the next of these."""
    found, writes = [], False
    for act in acts:
        writes |= act.kind in ("sql insert", "sql update", "sql delete")
        if act.kind in ("anchor", "smtp content", "smtp quit") or (act.kind == "commit" and writes):
            found.append(act)
        writes &= act.kind != "commit"
    return found


def one_of_each_sort(acts: list[Act]) -> Iterable[Act]:
    """The first of those that are alike, the one before them too."""
    before = [Act("", "", -1), *acts]
    return {(act.piece, act.kind, last.kind): act for last, act in reversed(list(pairwise(before)))}.values()


@both_databases
def test_p9_a_worker_that_dies_at_any_step_loses_and_repeats_nothing(house: House, post: Post, database) -> None:
    day = Day(house, post, OURS)
    subjects = " ".join(subject for _, subject in day.letters)
    assert all(words in subjects for words in ("Confirm", "A seat is free", "Tomorrow", "Soon")), subjects
    assert [once for once, status, _ in day.facts["mails"] if status == "refused"], "one was no longer true"
    for act in steps(day.undisturbed) if database == "sqlite" else one_of_each_sort(steps(day.undisturbed)):
        day.die_and_start_again(act)


@pytest.mark.prove
@both_databases
def test_p9_at_any_act_whatever_of_all_its_work(house: House, post: Post) -> None:
    day = Day(house, post, EVERYTHING)
    for act in day.undisturbed:
        day.die_and_start_again(act)


@pytest.mark.prove
@both_databases
@pytest.mark.parametrize("seed", range(10))
def test_p9_worker_after_worker_dies(house: House, post: Post, seed: int) -> None:
    """Seven die one after another, anywhere; the eighth finishes the day."""
    import random

    chance, day = random.Random(seed), Day(house, post, EVERYTHING)
    day.begin_anew()
    deaths = sum(day.work(start, chance.randrange(60)).died_before is not None for start in range(7))
    day.work(7)
    assert day.check() <= deaths
