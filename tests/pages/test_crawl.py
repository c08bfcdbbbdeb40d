"""Each page once, as its richest role, in Finnish, on a phone; each form once empty. `make prove-pages` does more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.pages.crawl import crawl
from tests.pages.look import Finding, window
from tests.pages.people import VISITOR
from tests.pages.places import NO_PAGES, Place, page_rules
from tests.pages.world import PagesWorld

HALVES = 2
BROKEN = {
    "html": ('<label for="email">', '<label for="other">'),
    "axe": ("</form>", '</form><img src="/static/mark.svg">'),
    "target": ("</form>", '</form><button type="button" class="plain">x</button>'),
    "language": ("</form>", "</form><p>The end of the page.</p>"),
    "fits": ("</form>", '</form><svg width="700" height="20" aria-hidden="true"></svg>'),
    "focus": ("</form>", '</form><a href="#main" tabindex="3">Takaisin sivun alkuun tästä</a>'),
}
"""What is done to the sign-in page to see each check bite."""


@pytest.mark.parametrize("half", range(HALVES))
def test_p10_every_page_is_for_everybody(pages_world: PagesWorld, pages_browser: Browser, half: int) -> None:
    done = crawl(pages_browser, pages_world, lambda _endpoint: True, slice(half, None, HALVES))
    assert done.pages > 60 and done.refused > 20, (done.pages, done.refused)
    assert not done.unreached, f"nobody can open these; let tests/pages/world.py bring them about: {done.unreached}"
    assert not done.findings, "\n".join(sorted({str(found) for found in done.findings}))


def test_what_is_no_page_exists(pages_world: PagesWorld) -> None:
    endpoints = {rule.endpoint for rule in pages_world.app.url_map.iter_rules()}
    assert set(NO_PAGES) < endpoints
    assert not set(NO_PAGES) & {rule.endpoint for rule in page_rules(pages_world)}


def broken(world: PagesWorld, browser: Browser, before: str, after: str) -> list[Finding]:
    place = Place("accounts.sign_in", "/fi/sign-in", VISITOR)
    with window(browser, world, VISITOR, "fi") as watcher:
        html = watcher.open(place, world.base_url).text()
        assert before in html
        html = html.replace(before, after)
        watcher.page.route("**/sign-in", lambda route: route.fulfill(body=html, content_type="text/html"))
        watcher.open(place, world.base_url)
        return watcher.look(place, html)


@pytest.mark.parametrize("check", BROKEN)
def test_each_check_bites(pages_world: PagesWorld, pages_browser: Browser, check: str) -> None:
    found = broken(pages_world, pages_browser, *BROKEN[check])
    assert any(each.check.startswith(check) for each in found), [str(each) for each in found]


def test_a_refused_form_must_say_what_is_wrong_and_lead_there(pages_world: PagesWorld, pages_browser: Browser) -> None:
    place = Place("accounts.sign_in", "/fi/sign-in", VISITOR)
    with window(pages_browser, pages_world, VISITOR, "fi") as watcher:
        watcher.open(place, pages_world.base_url)
        watcher.look(place, watcher.page.content())
        assert watcher.send_empty(place) == []
        watcher.page.evaluate("document.getElementById('email').removeAttribute('aria-describedby')")
        watcher.page.evaluate("document.querySelectorAll('.summary li a')[1].href = '#nowhere'")
        watcher.page.evaluate("document.getElementById('main').focus()")
        found = watcher.asks("refusal")
    assert [each.split(":")[0] for each in found] == [
        "the error summary has no focus", "its field is not described by its error", "leads nowhere"
    ]  # fmt: skip
