"""Bad input meets a sentence beside its field, keeps what was typed, and never has half an effect."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts import services as accounts
from portal.core.db import begin_to_read
from tests.core.probe import entries, notes, typed
from tests.support.browser import Browser, Page
from tests.support.databases import both_databases

FORM = "/en/probe/form"


def sent(visitor: Browser, **values: object) -> Page:
    return visitor.post(FORM, typed(visitor.get(FORM), **{"title": "Aino", **values}))


REFUSED = {
    "an empty field": ({"title": ""}, "Write your name"),
    "only blanks": ({"title": " \u00a0 "}, "Write your name"),
    "100,000 characters": ({"title": "x" * 100_000}, "This text has 100000 characters. Shorten it to 300."),
    "a long text": ({"text": "x" * 100_000}, "This text has 100000 characters. Shorten it to 5000."),
    "NUL": ({"title": "Ai\x00no"}, "hidden characters"),
    "a bell in a text": ({"text": "Ai\x07no"}, "hidden characters"),
    "a turned direction": ({"title": "Ai\u202eno"}, "hidden characters"),
    "an isolate": ({"title": "\u2066Aino"}, "hidden characters"),
    "a byte order mark": ({"title": "\ufeffAino"}, "hidden characters"),
    "a line break in a line": ({"title": "Aino\nmaija"}, "hidden characters"),
    "a day that has passed": ({"day": "2020-01-01"}, "This day has passed"),
    "no day": ({"day": "31.2.2026"}, "Write the day with numbers"),
    "no number": ({"posts": "many"}, "Write a whole number"),
    "another script's number": ({"posts": "٣"}, "Write a whole number"),
    "NUL in a number": ({"posts": "1\x00"}, "hidden characters"),
    "an unknown code": ({"place": "999"}, "Choose one of the list"),
    "NUL in a code": ({"place": "\x00"}, "hidden characters"),
    "a field it does not have": ({"role": "administrator"}, "a field it does not have: role"),
    "a row beyond the last": ({"sites-0": "a", **{f"sites-{n}": "b" for n in range(1, 7)}}, "a field it does not have"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_wrong_is_said_and_nothing_is_saved(probed: Flask, visitor: Browser, kind: str) -> None:
    values, sentence = REFUSED[kind]
    page = sent(visitor, **values)
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert sentence in " ".join(page.errors), page.errors
    assert notes(probed) == []


GOOD = [
    "Aino 😀👩🏽‍🔧",
    "عائشة",
    "שרה",
    "Åke Öst-Ääri",
    "O’Brien & <b>Sons</b>",
    "'; DROP TABLE account; --",
    "{{ 7*7 }} %(x)s",
]


@pytest.mark.parametrize("name", GOOD)
def test_every_writing_is_kept_as_it_was_written(probed: Flask, visitor: Browser, name: str) -> None:
    assert sent(visitor, title=name).status == 200
    assert notes(probed) == [name]
    page = sent(visitor, title=name, place="999")
    assert page.fields(page.form())["title"] == name


def test_letters_are_composed_and_blanks_around_taken_off(probed: Flask, visitor: Browser) -> None:
    sent(visitor, title="  A\u030ake \r\n")
    assert notes(probed) == ["Åke"]


def test_what_was_typed_comes_back_readable_or_not(visitor: Browser) -> None:
    page = sent(visitor, title="", text="Kaksi\nriviä", posts="many", day="tomorrow")
    kept = page.fields(page.form())
    assert (kept["text"], kept["posts"], kept["day"]) == ("Kaksi\nriviä", "many", "tomorrow")


def test_hidden_characters_never_come_back(visitor: Browser) -> None:
    for values in ({"title": "Ai\x00no", "posts": "1\x00x"}, {"title": "Ai\x00no", "switch_language": "en"}):
        page = sent(visitor, **values)
        assert "\x00" not in page.html
        assert page.fields(page.form())["title"] == "Aino"


def test_a_rule_speaks_beside_its_field_and_takes_back_what_was_saved(probed: Flask, visitor: Browser) -> None:
    page = visitor.submit(FORM, button="Refuse", title="Aino")
    assert page.status == 422
    assert page.errors == ["Write a number from 1 to 2."]
    assert page.fields(page.form())["title"] == "Aino"
    assert notes(probed) == ["aftermath"]


# --- rows ----------------------------------------------------------------------


def test_rows_are_added_and_removed_without_saving(probed: Flask, visitor: Browser) -> None:
    page = visitor.submit(FORM, button="Add a row", title="Aino")
    page = visitor.post(FORM, typed(page, **{"sites-0": "first", "add": "sites"}))
    page = visitor.post(FORM, typed(page, **{"sites-1": "second", "remove": "sites-0"}))
    assert (page.status, page.errors) == (200, [])
    kept = page.fields(page.form())
    assert (kept["title"], kept["sites-0"]) == ("Aino", "second")
    assert "sites-1" not in kept
    assert notes(probed) == []


@pytest.mark.parametrize("which", ["sites-²", "sites-" + "9" * 5000, "sites--1", "title-0", "-0", "sites-"])
def test_a_strange_row_to_remove_does_no_harm(visitor: Browser, which: str) -> None:
    assert sent(visitor, remove=which).status in (200, 422)


def test_a_list_grows_no_longer_than_it_may(visitor: Browser) -> None:
    page = visitor.get(FORM)
    for _ in range(7):
        page = visitor.post(FORM, typed(page, add="sites"))
    assert [name for name in page.fields(page.form()) if name.startswith("sites")] == [f"sites-{n}" for n in range(5)]


# --- once -------------------------------------------------------------------------


def test_p9_the_same_form_twice_has_one_effect_and_leads_to_the_same_place(probed: Flask, visitor: Browser) -> None:
    values = typed(visitor.get(FORM), title="Aino")
    first, second = (visitor.post(FORM, values, follow=False) for _ in range(2))
    assert (first.status, second.status) == (302, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert notes(probed) == ["Aino"]


def test_after_a_refusal_the_same_form_still_counts(probed: Flask, visitor: Browser) -> None:
    page = sent(visitor, title="")
    assert visitor.post(FORM, typed(page, title="Aino")).status == 200
    assert notes(probed) == ["Aino"]


def test_another_persons_key_is_another_key(probed: Flask, visitor: Browser, person) -> None:
    key = typed(visitor.get(FORM))["once"]
    sent(visitor, once=key)
    sent(Browser(probed).sign_in(person("owner")), once=key, title="Maija")
    assert notes(probed) == ["Aino", "Maija"]


def at_once(work: list[Callable[[], object]]) -> None:
    gate = threading.Barrier(len(work))

    def run(each: Callable[[], object]) -> None:
        gate.wait()
        each()

    threads = [threading.Thread(target=run, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@both_databases
def test_p9_the_same_form_sent_many_times_at_once_has_one_effect(probed: Flask, visitor: Browser) -> None:
    values = typed(visitor.get(FORM), title="Aino")
    cookie = visitor.client.get_cookie("session")
    answers: list[Page] = []

    def post() -> None:
        tab = Browser(probed)
        tab.client.set_cookie("session", cookie.value)
        answers.append(tab.post(FORM, values, follow=False))

    at_once([post] * 5)
    assert notes(probed) == ["Aino"]
    assert sorted(page.status for page in answers) == [302, 303, 303, 303, 303]
    assert len({page.headers["Location"] for page in answers}) == 1


# --- somebody else saved first ----------------------------------------------------


def name_of(app: Flask, account_id: UUID) -> str:
    with app.app_context():
        begin_to_read()
        return accounts.get(account_id).display_name


def test_who_saves_second_sees_both_versions_and_may_save_again(probed: Flask, visitor: Browser, person) -> None:
    account_id = person("coach", display_name="Aino")
    path = f"/en/probe/names/{account_id}"
    mine = visitor.get(path)
    Browser(probed).submit(path, display_name="Aino Maija")
    page = visitor.post(path, typed(mine, display_name="Aino Liisa"))
    assert page.status == 422
    assert "Someone changed this while you were writing" in page.text
    assert "Aino Maija" in page.text
    assert "Aino Liisa" in page.text
    assert name_of(probed, account_id) == "Aino Maija"
    visitor.post(path, typed(page))
    assert name_of(probed, account_id) == "Aino Liisa"


@both_databases
def test_of_two_who_save_at_once_one_is_told(probed: Flask, person) -> None:
    account_id = person("coach", display_name="Aino")
    path = f"/en/probe/names/{account_id}"
    browsers = [Browser(probed) for _ in range(4)]
    posts = [typed(browser.get(path), display_name=f"Aino {n}") for n, browser in enumerate(browsers)]
    answers: list[int] = []

    def save(n: int) -> None:
        answers.append(browsers[n].post(path, posts[n], follow=False).status)

    at_once([lambda n=n: save(n) for n in range(4)])
    assert sorted(answers) == [302, 422, 422, 422]
    assert entries(probed, "account.details_changed") == 1
