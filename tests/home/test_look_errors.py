"""Error pages: each says what happened and what to do, in the reader's language, and looks like the portal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Blueprint, Flask, abort

from portal import features
from portal.core.access import public
from portal.core.registry import Feature
from tests.support.browser import Browser

HAPPENED = {
    400: "We could not read what was sent", 403: "This page is not open to you", 404: "There is no such page",
    409: "This cannot be done now", 413: "This file is too large", 429: "Too many tries", 503: "The service is resting",
}  # fmt: skip
TO_DO = ("Go back", "ask", "Check", "Wait", "Load the page again")


bp = Blueprint("fail", __name__)


@bp.get("/fail/<int:code>")
@public
def fail(code: int) -> str:
    if code == 500:
        raise RuntimeError
    abort(code)


failing = Feature(name="fail", blueprints=(bp,))


@pytest.fixture
def app(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A portal with an address that fails in every way."""
    real_features = features.all_features()
    monkeypatch.setattr(features, "all_features", lambda: [*real_features, failing])
    return make_app()


@pytest.fixture
def broken(app: Flask) -> Browser:
    return Browser(app)


@pytest.mark.parametrize("code", HAPPENED)
def test_an_error_page_says_what_happened_and_what_to_do(broken: Browser, code: int) -> None:
    page = broken.get(f"/en/fail/{code}")
    assert page.status == code
    assert page.h1 == HAPPENED[code]
    assert any(words in page.text for words in TO_DO)
    assert page.links["Go to the front page"] == "/en/"
    assert page.links["info@reilu.example"] == "mailto:info@reilu.example"


@pytest.mark.parametrize("code", HAPPENED)
def test_an_error_page_speaks_the_readers_language(broken: Browser, code: int) -> None:
    said = [broken.get(f"/{language}/fail/{code}").h1 for language in ("fi", "sv", "en")]
    assert len(set(said)) == 3, said


def test_a_page_that_does_not_exist_still_has_the_frame(client: Browser) -> None:
    page = client.get("/sv/ingenstans")
    assert (page.status, page.links["Suomi"]) == (404, "/fi/")


def test_a_crash_is_told_in_three_languages_without_the_database(app: Flask, broken: Browser) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = broken.get("/fi/fail/500")
    assert page.status == 500
    for words in ("Jotain meni vikaan", "Något gick fel", "Something went wrong", "try again in a moment"):
        assert words in page.text
    assert {"/fi/", "/sv/", "/en/"} <= set(page.links.values())
    assert "RuntimeError" not in page.html
