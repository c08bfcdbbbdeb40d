"""What only a browser shows: the menu of a phone, the look-up while typing, and what Esc means where."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from portal.core.pages import WEATHER
from seeds.demo import cast
from tests.story.conftest import Meet
from tests.story.demonstration import sign_in
from tests.story.people import Person
from tests.story.words import fi
from tests.support.server import Server

SHOWS_MENU = "document.getElementById('menu').matches(':popover-open')"


def focused(person: Person) -> str:
    return str(person.page.evaluate("document.activeElement.innerText"))


def press(person: Person, *keys: str) -> None:
    for key in keys:
        person.page.keyboard.press(key)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_menu_of_a_phone_opens_by_its_button_and_moves_nothing(
    demo_server: Server, meet: Meet, scripts: bool
) -> None:
    visitor: Person = meet(demo_server, "fi", width=360, scripts=scripts)
    visitor.open("/fi/events")
    heading = visitor.page.locator("h1")
    before = heading.bounding_box()
    assert before is not None
    assert before["y"] < 180
    assert visitor.page.locator(".menu-bar").inner_text().split() == [fi("Menu"), fi("Events")]
    opens = visitor.page.get_by_role("button", name=fi("Menu"), exact=True)
    menu = visitor.page.get_by_role("navigation", name=fi("Main menu"))
    assert not menu.is_visible()
    opens.press("Enter")
    assert menu.is_visible()
    assert heading.bounding_box() == before
    assert menu.locator("[aria-current=page]").inner_text() == fi("Events")
    press(visitor, "Tab", "Tab")
    if scripts:
        assert focused(visitor) == fi("How it works")
    press(visitor, "Escape")
    assert not menu.is_visible()
    if scripts:
        assert focused(visitor) == fi("Menu")
    opens.click()
    visitor.page.get_by_role("button", name=fi("Close the menu")).click()
    assert not menu.is_visible()
    visitor.menu(fi("Sign in"))


def test_on_a_desk_the_menu_is_simply_there(demo_server: Server, meet: Meet) -> None:
    visitor: Person = meet(demo_server, "fi").open("/fi/events")
    assert visitor.page.get_by_role("navigation", name=fi("Main menu")).is_visible()
    assert not visitor.page.get_by_role("button", name=fi("Menu"), exact=True).is_visible()


def occupation(person: Person) -> Locator:
    sign_in(person, cast.AINO).menu(fi("Vacancies")).follow(fi("New vacancy"))
    return person.labelled(fi("Occupation"))


def options(person: Person, field: Locator) -> list[str]:
    person.page.wait_for_function(
        "id => document.getElementById(id).ariaExpanded === 'true'", arg=field.get_attribute("id")
    )
    return [words.split(" (")[0] for words in person.page.get_by_role("option").all_inner_texts()]


def test_the_look_up_is_used_by_keys(demo_server: Server, meet: Meet) -> None:
    aino = meet(demo_server, "fi")
    field = occupation(aino)
    assert field.get_attribute("role") == "combobox"
    field.press_sequentially("sivooja")  # a slip of the finger
    found = options(aino, field)
    assert "kotisiivooja" in found
    assert aino.page.get_by_role("status").filter(has_text=f": {len(found)}").count() == 1
    press(aino, "ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert aino.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    press(aino, "Home")
    assert field.get_attribute("aria-activedescendant") is None
    press(aino, "ArrowDown", "Tab")
    assert field.input_value() == "sivooja", "leaving the field chooses nothing"
    assert field.get_attribute("aria-expanded") == "false"
    field.focus()
    press(aino, "ArrowDown")
    assert options(aino, field) == found
    press(aino, "ArrowUp", "Enter")
    assert field.input_value() == found[-1]


def test_the_look_up_is_used_by_touch_and_says_when_it_finds_nothing(demo_server: Server, meet: Meet) -> None:
    aino = meet(demo_server, "fi", width=360)
    field = occupation(aino)
    field.press_sequentially("keittiö")
    found = options(aino, field)
    aino.page.get_by_role("option").nth(1).click()
    assert (field.input_value(), field.get_attribute("aria-expanded")) == (found[1], "false")
    assert field.evaluate("field => field === document.activeElement")
    field.fill("qqzzxx")
    nothing = aino.page.get_by_text(fi("Nothing is like that. Try another word, or a broader one."))
    nothing.wait_for()
    assert nothing.evaluate("words => words.getBoundingClientRect().height") > 10


def test_esc_closes_what_is_open_before_it_leaves_the_page(demo_server: Server, meet: Meet) -> None:
    elina = meet(demo_server, "fi", width=360)
    sign_in(elina, cast.ELINA).menu(fi("Candidates"))
    elina.page.locator("main th a").first.click()
    elina.follow(fi("Change the profile"))
    field = elina.page.get_by_role("combobox").first
    field.fill("siiv")
    options(elina, field)
    press(elina, "Escape", "Escape", "Escape")  # closes, empties, and one more
    assert "profile" in elina.path
    assert field.input_value() == ""
    elina.page.get_by_role("button", name=fi("Menu"), exact=True).click()
    press(elina, "x", "Escape", "Escape", "Escape")  # closes the menu, and two more
    assert not elina.page.evaluate(SHOWS_MENU)
    assert "profile" in elina.path
    press(elina, "x")
    with elina.page.expect_navigation(url=WEATHER):
        press(elina, "Escape", "Escape", "Escape")
