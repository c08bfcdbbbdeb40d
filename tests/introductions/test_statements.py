"""Each page asks the database at most twelve times, and no more often when there is more (issue: Proofs)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.introductions.models import IntroductionStatus as S
from tests.factories import candidates
from tests.factories import introductions as factory
from tests.introductions.conftest import Scene
from tests.support.statements import counted

MOST = 12


def pages(scene: Scene, ids: dict[S, object]) -> list[tuple[str, str]]:
    """(who, path) of every page, with the introduction in the state that shows the most."""
    staff, card = "/en/introductions", "/en/cards"
    return [
        ("officer", staff), ("officer", f"{staff}/draft/{scene.ids['vacancy']}/{scene.ids['candidate_id']}"),
        *(("officer", f"{staff}/{introduction_id}") for introduction_id in ids.values()),
        ("officer", f"{staff}/{ids[S.ASKED]}/sheet?language=en"), ("officer", f"{staff}/{ids[S.ASKED]}/answer"),
        ("officer", f"{staff}/{ids[S.ASKED]}/offer"),
        ("officer", f"{staff}/{ids[S.ACCEPTED]}/release-sheet?language=sv"),
        ("officer", f"{staff}/{ids[S.ACCEPTED]}/release-consent"), ("officer", f"{staff}/{ids[S.RELEASED]}/meeting"),
        ("officer", f"{staff}/{ids[S.RELEASED]}/outcome"), ("officer", f"{staff}/{ids[S.ASKED]}/end"),
        ("officer", f"{staff}/{ids[S.MET]}/placement"), ("officer", "/en/placements"),
        ("liaison", staff), ("liaison", f"{staff}/{ids[S.OFFERED]}"),
        ("liaison", f"{staff}/{ids[S.CONSENTED]}/release"),
        ("owner", card), *(("owner", f"{card}/{ids[each]}") for each in (S.OFFERED, S.ACCEPTED, S.RELEASED)),
    ]  # fmt: skip


@pytest.fixture
def full(make_scene: Callable[..., Scene]) -> tuple[Scene, dict[S, object]]:
    scene, ids = make_scene(), {}
    with scene.changing():
        world = scene.world()
        factory.vacancies.db.session.flush()
        for status in factory.ROAD:
            someone = candidates.candidate(world.officer, profile=factory.FITTING)
            vacancy = factory.vacancies.vacancy(world.company, world.owner, recipients=(world.owner, world.reader))
            factory.vacancies.accept_all(vacancy, world.liaison)
            ids[status] = factory.introduction(world, status, candidate_id=someone, vacancy=vacancy).id
    return scene, ids


def test_every_page_asks_at_most_twelve_times(full: tuple[Scene, dict[S, object]]) -> None:
    scene, ids = full
    found = {}
    for who, path in pages(scene, ids):
        browser = scene.as_(who)
        browser.get("/en/cards" if who == "owner" else "/en/introductions")  # what a process reads once
        with counted(scene.app) as statements:
            assert browser.get(path).status == 200, path
        found[f"{who} {path}"] = len(statements)
    assert not {page: count for page, count in found.items() if count > MOST}


def test_the_lists_do_not_ask_more_often_when_there_is_more(full: tuple[Scene, dict[S, object]]) -> None:
    scene, _ids = full
    lists = [("officer", "/en/introductions?status=all"), ("liaison", "/en/introductions?status=all"),
             ("owner", "/en/cards"), ("officer", "/en/placements")]  # fmt: skip

    def measure() -> list[int]:
        counts = []
        for who, path in lists:
            browser = scene.as_(who)
            with counted(scene.app) as statements:
                browser.get(path)
            counts.append(len(statements))
        return counts

    measure()
    before = measure()
    with scene.changing():
        world = scene.world()
        for status in (S.OFFERED, S.RELEASED, S.MET):
            someone = candidates.candidate(world.officer, profile=factory.FITTING)
            vacancy = factory.vacancies.vacancy(world.company, world.owner, recipients=(world.owner, world.reader))
            factory.vacancies.accept_all(vacancy, world.liaison)
            factory.introduction(world, status, candidate_id=someone, vacancy=vacancy)
    assert measure() == before
