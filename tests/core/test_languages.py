"""The switch shows the same page and keeps what was typed; what stands in a query is never an order."""

from __future__ import annotations

import subprocess
import sys

import pytest
from flask import Flask

from config import ROOT
from portal.core import languages
from tests.core.probe import notes, typed
from tests.support.browser import Browser


@pytest.mark.parametrize(
    ("said", "where"),
    [("sv-FI,sv;q=0.9", "/sv/"), ("en-GB", "/en/"), ("fi", "/fi/"), ("de,ru;q=0.5", "/fi/"), ("", "/fi/")],
)
def test_the_root_leads_to_the_browsers_language_else_finnish(probed: Flask, said: str, where: str) -> None:
    response = probed.test_client().get("/", headers={"Accept-Language": said})
    assert (response.status_code, response.headers["Location"]) == (302, where)


def test_the_switch_is_a_link_to_the_same_page_with_its_query(visitor: Browser) -> None:
    page = visitor.get("/en/about?a=1&a=2&b=å")
    assert page.links["Svenska"] == "/sv/about?a=1&a=2&b=%C3%A5"
    assert 'lang="sv"' in visitor.get(page.links["Svenska"]).html


def test_a_page_that_is_not_found_switches_to_the_front_page(visitor: Browser) -> None:
    page = visitor.get("/en/nowhere")
    assert page.status == 404
    assert page.links["Suomi"] == "/fi/"


@pytest.mark.parametrize("name", ["_scheme", "_external", "_anchor", "_method", "endpoint", "lang", "self", "values"])
def test_no_name_in_the_query_is_read_as_an_order(visitor: Browser, name: str) -> None:
    page = visitor.get(f"/en/about?{name}=javascript")
    assert page.status == 200
    assert page.links["Svenska"] == f"/sv/about?{name}=javascript"


def test_the_switch_inside_a_form_keeps_what_was_typed_and_saves_nothing(probed: Flask, visitor: Browser) -> None:
    page = visitor.get("/en/probe/form")
    sent = typed(page, title="Aino 😀", text="rivi\nrivi", day="3.12.2026", switch_language="sv")
    answer = visitor.post("/en/probe/form", sent, follow=False)
    assert (answer.status, answer.headers["Location"]) == (307, "/sv/probe/form")
    page = visitor.post("/en/probe/form", sent)
    assert (page.status, page.url) == (200, "/sv/probe/form")
    assert page.errors == []
    kept = page.fields(page.form())
    assert (kept["title"], kept["text"], kept["day"]) == ("Aino 😀", "rivi\nrivi", "2026-12-03")
    assert kept["once"] == sent["once"]
    assert notes(probed) == []


def test_an_unknown_language_saves_nothing_either(probed: Flask, visitor: Browser) -> None:
    page = visitor.post("/en/probe/form", typed(visitor.get("/en/probe/form"), title="Aino", switch_language="xx"))
    assert page.status == 200
    assert notes(probed) == []


def test_addresses_and_texts_made_for_somebody_else_speak_their_language(probed: Flask) -> None:
    from flask import url_for

    with probed.test_request_context("/en/about"):
        probed.preprocess_request()
        with languages.speaking("sv"):
            assert url_for("home.about") == "/sv/about"
        assert url_for("home.about") == "/en/about"


def test_the_texts_command_warns_of_nothing() -> None:
    """`make` runs it as a module: it must not have been imported with the package already."""
    command = [sys.executable, "-W", "error", "-m", "portal.texts", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
