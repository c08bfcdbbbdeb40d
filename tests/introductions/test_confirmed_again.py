"""P5: a liaison confirms a person. Behind a new name, a new address or an account that was opened again somebody else
may sit, so nothing is read there until a liaison has made sure again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.access import Role
from portal.introductions.models import IntroductionStatus as S
from portal.vacancies import recipients
from tests.factories.accounts import account
from tests.introductions.conftest import Scene
from tests.introductions.test_p5_release import card
from tests.introductions.test_renamed_and_removed import NAME, rename

AGAIN = "Confirm a recipient again: Window cleaner"


def confirm_path(scene: Scene) -> str:
    return f"/en/vacancies/all/{scene.ids['vacancy']}/recipients"


def confirm(scene: Scene, *who: str) -> Any:
    ids = [str(scene.ids[each]) for each in who]
    return scene.as_("liaison").submit(confirm_path(scene), "Save the recipients", confirmed=ids)


def take_name(scene: Scene) -> None:
    rename(scene, "reader")


def take_address(scene: Scene) -> None:
    """A new address, confirmed at both."""
    with scene.changing():
        scene.world().reader.email = "another@kirkas.example"


def close_and_open(scene: Scene) -> None:
    """Through the pages of an administrator."""
    with scene.changing():
        administrator = account(Role.ADMINISTRATOR).id
        scene.world().reader.password_hash = "kept"  # so that it opens again without an invitation
    page, browser = f"/en/accounts/{scene.ids['reader']}", scene.open_browser(administrator)
    with clock.travel(clock.now() + timedelta(minutes=1)):
        browser.submit(f"{page}/deactivate", reason="Left the company.")
        browser.submit(f"{page}/reactivate", reason="Came back.")
    with scene.changing():
        assert scene.world().reader.is_active and scene.world().reader.reopened_at


@pytest.mark.parametrize("change", [take_name, take_address, close_and_open])
def test_p5_nothing_is_read_until_a_liaison_confirms_again(scene: Scene, change: Callable[[Scene], None]) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    own = f"/en/company/vacancies/{scene.ids['vacancy']}"
    change(scene)
    with clock.travel(clock.now() + timedelta(minutes=2)):
        reader = scene.as_("reader")
        assert reader.get(card(introduction_id)).status == 404
        assert str(introduction_id) not in reader.get("/en/cards").html
        reader.submit(f"{own}/recipients")  # the company cannot help itself by choosing again
        assert "Until a liaison confirms them again, they read no cards" in reader.get(own).text
        assert reader.get(card(introduction_id)).status == 404
        assert NAME in scene.as_("owner").get(card(introduction_id)).text, "nothing changed for the other"

        assert AGAIN in scene.as_("liaison").get("/en/start").text
        page = scene.as_("liaison").get(confirm_path(scene))
        assert "Make sure of them again" in page.text and scene.emails["reader"] in page.text
        confirm(scene, "owner", "reader")
        page = scene.as_("reader").get(card(introduction_id))
        if change is take_name:  # the candidate agreed to details for somebody of another name, and cannot be asked now
            assert NAME not in page.html and "The details are shown to" in page.text
        else:
            assert NAME in page.text
        assert AGAIN not in scene.as_("liaison").get("/en/start").text


def test_p5_an_account_that_passed_to_a_colleague_shows_no_details_that_were_agreed_for_the_first(scene: Scene) -> None:
    """A liaison may well confirm the colleague: for cards to come, not for details agreed before."""
    introduction_id, reader = scene.introduction(S.RELEASED), scene.as_("reader")
    before = reader.get("/en/account/details")
    rename(scene, "reader"), rename(scene, "owner")
    confirm(scene, "owner", "reader")
    page = reader.get(card(introduction_id))
    assert NAME not in page.html and "by the names they had then" in page.text
    name = before.fields(before.form(action="/account/details"))["display_name"]
    reader.submit("/en/account/details", display_name=name)  # a slip that was put right
    confirm(scene, "owner", "reader")
    assert NAME in reader.get(card(introduction_id)).text


def test_of_a_filled_vacancy_too_a_liaison_is_asked_while_its_cards_last(scene: Scene) -> None:
    scene.introduction(S.RELEASED)
    scene.as_("owner").submit(f"/en/company/vacancies/{scene.ids['vacancy']}", "It is filled")
    take_name(scene)
    assert AGAIN in scene.as_("liaison").get("/en/start").text
    with clock.travel(clock.now() + timedelta(days=120)):
        assert AGAIN not in scene.as_("liaison").get("/en/start").text


def test_who_is_taken_out_and_added_again_waits_for_a_liaison(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    page, owner = f"/en/company/vacancies/{scene.ids['vacancy']}/recipients", scene.as_("owner")
    for chosen in (("owner",), ("owner", "reader")):
        owner.submit(page, recipients=[str(scene.ids[each]) for each in chosen])
    assert scene.as_("reader").get(card(introduction_id)).status == 404
    assert "Confirm a new recipient: Window cleaner" in scene.as_("liaison").get("/en/start").text


def test_a_liaison_confirms_nobody_whose_name_changed_while_the_page_was_open(scene: Scene) -> None:
    liaison = scene.as_("liaison")
    opened = liaison.get(confirm_path(scene))
    rename(scene, "reader")
    refused = liaison.submit(opened, "Save the recipients", confirmed=[str(scene.ids["reader"])])
    assert "A name or an address changed while you were reading" in refused.text
    with scene.changing():
        assert scene.ids["reader"] not in recipients.confirmed_ids(scene.ids["vacancy"])
    page = liaison.submit(refused, "Save the recipients", confirmed=[str(scene.ids["reader"])])
    assert "Saved." in page.html
