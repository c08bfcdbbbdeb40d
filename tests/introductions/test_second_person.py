"""P5: a second person took no part; an officer releases within their programmes; a closed vacancy stops a release."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from portal.candidates.caseloads import name_deputy
from portal.core import clock
from portal.core.db import db
from portal.introductions import drafting, offers, releases
from portal.introductions.card import Coarseness
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from portal.vacancies.models import VacancyStatus
from tests.factories import candidates as people
from tests.factories import introductions as factory
from tests.introductions.conftest import Scene, masked
from tests.introductions.test_p5_release import ask, path, release

SECOND = "A second person releases this"


def as_deputy(scene: Scene, act: Callable[[factory.World, Introduction], None], before: S) -> UUID:
    """An introduction led to its consent by the officer, but for the one act of a deputy at `before`."""
    introduction_id = scene.introduction(before)
    with scene.changing():
        world, today = scene.world(), clock.today()
        name_deputy(world.officer, world.other_officer.id, today, today + timedelta(days=9))
        row = db.session.get_one(Introduction, introduction_id)
        act(world, row)
        for step in factory.ROAD[factory.ROAD.index(S(row.status)) + 1 : factory.ROAD.index(S.CONSENTED) + 1]:
            db.session.flush()
            factory.lead(world, row, step)
    return introduction_id


def asks(world: factory.World, row: Introduction) -> None:
    drafting.ask(row, Coarseness.EXACT, world.other_officer)


def offers_it(world: factory.World, row: Introduction) -> None:
    factory.agree(world, row)
    offers.offer(row, world.other_officer)


@pytest.mark.parametrize(("act", "before"), [(asks, S.DRAFTED), (offers_it, S.ASKED)])
def test_p5_an_officer_who_only_asked_or_offered_took_part_and_cannot_release(
    scene: Scene, act: Callable[[factory.World, Introduction], None], before: S
) -> None:
    introduction_id = as_deputy(scene, act, before)
    other = scene.as_("other_officer")
    page = other.get(path(introduction_id, "release"))
    assert SECOND in page.text and "You are the second person" not in page.text
    assert "A release waits for a second person" not in other.get("/en/start").text
    with scene.app.app_context(), pytest.raises(Exception, match="second person"):
        row = db.session.get_one(Introduction, introduction_id)
        releases.release(row, scene.world().other_officer)
    assert "named recipients have news" in release(scene, introduction_id).html


def test_p5_an_officer_of_another_programme_finds_no_release_and_has_no_task(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    with scene.changing():
        stranger = people.officer(people.programme()).id
    browser = scene.open_browser(stranger)
    assert "A release waits for a second person" not in browser.get("/en/start").text
    assert "A release waits for a second person" in scene.as_("other_officer").get("/en/start").text
    for step in ("", "release"):
        here, absent = browser.get(path(introduction_id, step)), browser.get(path(scene.ids["vacancy"], step))
        assert here.status == absent.status == 404
        assert masked(here, introduction_id) == masked(absent, scene.ids["vacancy"])


# --- the vacancy behind an accepted card --------------------------------------------------


def close(scene: Scene, status: VacancyStatus) -> None:
    with scene.changing():
        scene.world().vacancy.status = status


@pytest.mark.parametrize("status", [VacancyStatus.PAUSED, VacancyStatus.EXPIRED])
def test_a_paused_or_expired_vacancy_stops_nothing_that_was_accepted(scene: Scene, status: VacancyStatus) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    close(scene, status)
    assert "Now a second person releases it" in ask(scene, introduction_id).html
    assert "named recipients have news" in release(scene, introduction_id).html


@pytest.mark.parametrize("status", [VacancyStatus.FILLED, VacancyStatus.WITHDRAWN])
def test_a_filled_or_withdrawn_vacancy_stops_the_consent_and_the_release(scene: Scene, status: VacancyStatus) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    close(scene, status)
    assert "This vacancy is filled or withdrawn" in ask(scene, introduction_id).text
    close(scene, VacancyStatus.PUBLISHED)
    ask(scene, introduction_id)
    close(scene, status)
    assert "This vacancy is filled or withdrawn" in release(scene, introduction_id).text
    assert scene.status(introduction_id) == S.CONSENTED


@pytest.mark.parametrize("status", [VacancyStatus.PAUSED, VacancyStatus.EXPIRED])
def test_a_new_offer_needs_a_published_vacancy(scene: Scene, status: VacancyStatus) -> None:
    introduction_id = scene.introduction(S.ASKED)
    with scene.changing():
        factory.agree(scene.world(), db.session.get_one(Introduction, introduction_id))
    close(scene, status)
    page: Any = scene.as_("officer").submit(path(introduction_id, "offer"), "Offer the card")
    assert "not published now" in page.text and scene.status(introduction_id) == S.ASKED
