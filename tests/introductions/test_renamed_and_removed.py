"""P3, P5: the people a candidate heard are named people; one who goes by another name, or whom a liaison no longer
confirms, is not one of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.candidates import services as candidates
from portal.core import clock
from portal.core.db import db
from portal.introductions import endings
from portal.introductions.company_view import end_of
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from portal.introductions.releases import SHOWN_REASON
from portal.vacancies import recipients
from tests.introductions.conftest import Scene
from tests.introductions.test_p3_asking import answer, path
from tests.introductions.test_p5_release import ask, card, release

NAME = "Aino Esimerkki"


def rename(scene: Scene, who: str) -> None:
    """Through the page on which everybody writes their own name."""
    scene.as_(who).submit("/en/account/details", display_name="Somebody Else")


def test_p3_a_recipient_who_takes_another_name_after_the_consent_is_asked_about_again(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    answer(officer, introduction_id, said_aloud="y")
    rename(scene, "reader")
    page = officer.submit(path(introduction_id, "offer"), "Offer the card")
    assert "people who would read the card have changed" in page.text
    assert scene.status(introduction_id) == S.ASKED
    with scene.changing():
        world = scene.world()
        recipients.confirm(world.vacancy, [world.owner.id, world.reader.id], by=world.liaison)
    answer(officer, introduction_id, said_aloud="y")
    officer.submit(path(introduction_id, "offer"), "Offer the card")
    assert scene.status(introduction_id) == S.OFFERED


def test_p5_nothing_is_released_to_a_recipient_who_took_another_name_after_the_consent(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    rename(scene, "reader")
    assert "not the ones the candidate heard" in release(scene, introduction_id).text
    assert scene.status(introduction_id) == S.CONSENTED
    ask(scene, introduction_id)  # to the owner alone
    release(scene, introduction_id)
    assert NAME in scene.as_("owner").get(card(introduction_id)).text


@pytest.mark.parametrize("how", ["by a liaison", "by the company"])
def test_p5_who_is_no_longer_a_confirmed_recipient_reads_no_details(scene: Scene, how: str) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    assert NAME in scene.as_("reader").get(card(introduction_id)).text
    with scene.changing():
        world = scene.world()
        if how == "by a liaison":
            recipients.confirm(world.vacancy, [world.owner.id], by=world.liaison)
        else:
            recipients.choose(world.vacancy, [world.owner.id], by=world.owner)
    assert scene.as_("reader").get(card(introduction_id)).status == 404
    assert NAME in scene.as_("owner").get(card(introduction_id)).text


def test_p8_once_they_have_met_nothing_is_left_to_open_after_the_last_day_either(scene: Scene) -> None:
    introduction_id = scene.introduction(S.MET)
    until: date = scene.row(introduction_id).release_until  # type: ignore[assignment]
    with clock.travel(end_of(until) + timedelta(seconds=1)):
        with scene.app.app_context():
            endings.lapse_due()
        with scene.changing():
            left = candidates.open_release(scene.ids["candidate_id"], introduction_id, SHOWN_REASON)
        assert left == {} and scene.status(introduction_id) == S.MET


def test_p8_nothing_is_left_to_open_of_a_release_that_was_agreed_and_ended_before_it(scene: Scene) -> None:
    introduction_id = scene.introduction(S.CONSENTED)
    with scene.changing():
        endings.end(
            db.session.get_one(Introduction, introduction_id), "The candidate is ill.", by=scene.world().officer
        )
    with scene.changing():
        assert candidates.open_release(scene.ids["candidate_id"], introduction_id, SHOWN_REASON) == {}
