"""Looking at one page in Chromium, and saying everything that is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.pages import language as languages
from tests.pages.people import Onlooker
from tests.pages.places import Place
from tests.pages.world import LOOK_ONLY, PagesWorld
from tests.support.html import check_page
from tests.support.server import PATIENCE

PHONE, NARROWEST, HEIGHT = 360, 320, 740
LEAST_TARGET = 24
TAB_STOPS, MOST_FOCUSED = 8, 80
LOOKS = Path(__file__).with_name("looks.js").read_text()
AXE = Axe().axe_script
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BEYOND_AA = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
RUN_AXE = """async (options) => (await axe.run(document, options)).violations.map(
  (each) => `${each.id}: ` + each.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.failureSummary
    .replace(/\\s+/g, " ").slice(0, 200)})`).join("; "))"""
REFUSED = 422
HARMLESS = re.compile("Failed to load resource.*status of (4|503)|does not conform to the required format")
"""An error page that was asked for, and a refused time that is kept as it was typed."""
ERROR_WORDS = {"fi": "Virhe:", "sv": "Fel:", "en": "Error:"}


@dataclass(frozen=True)
class Finding:
    check: str
    place: Place
    what: str

    def __str__(self) -> str:
        return f"{self.check}: {self.place}: {self.what}"


class Watcher:
    """One person's browser window. `width` is where it is first looked at."""

    def __init__(self, page: Page, language: str, width: int = PHONE) -> None:
        self.page, self.language, self.width = page, language, width
        self.heard: list[str] = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not HARMLESS.search(message.text):
            self.heard.append(f"console: {message.text}")

    def asks(self, question: str, *arguments: Any) -> Any:
        """One of the questions of looks.js."""
        return self.page.evaluate(f"looks.{question}(...{json.dumps(arguments)})")

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def open(self, place: Place, base_url: str) -> Response:
        self.heard.clear()
        self.resize(self.width)
        response = self.page.goto(base_url + place.path)
        assert response is not None
        return response

    def look(self, place: Place, html: str, refused: bool = False) -> list[Finding]:
        """Everything about the page that stands there; `html` is what the server sent."""
        found = [Finding(check, place, what) for check, what in self.problems(html, refused)]
        self.heard.clear()
        return found

    def problems(self, html: str, refused: bool) -> Iterator[tuple[str, str]]:
        self.page.evaluate(f"() => {{ window.looks = ({LOOKS})(); }}")
        placeholders = "/sheet-languages/" in self.page.url  # translators copy them
        yield from self.soundness(html)
        if refused:
            yield from (("refused form", what) for what in self.asks("refusal"))
            if not self.page.title().startswith(ERROR_WORDS[self.language]):
                yield "refused form", f"the title does not say that something is wrong: {self.page.title()}"
        yield from (("axe", what) for what in self.axe())
        yield from (("language", what) for what in languages.foreign(self.asks("texts"), placeholders))
        yield from (("target", what) for what in self.asks("small", LEAST_TARGET))
        yield from (("focus", what) for what in self.focus(refused))
        yield from self.fit()
        yield from (("silent", what) for what in self.heard)

    def soundness(self, html: str) -> Iterator[tuple[str, str]]:
        """Strict HTML, one h1, title, landmarks, unique ids, a label for each control, and the right language."""
        try:
            tree = check_page(html, "it")
        except AssertionError as unsound:
            yield "html", str(unsound)
            return
        spoken = tree.get("lang") if tree.tag == "html" else tree.find("html").get("lang")  # type: ignore[union-attr]
        if spoken != self.language and "/static/" not in self.page.url:
            yield "html", f"the page says it is in {spoken!r}"

    def axe(self, only: dict[str, Any] | None = None) -> list[str]:
        """What axe finds: WCAG 2.2 A and AA, best practice, and the contrast of AAA; or `only` these rules."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        usual = {"runOnly": {"type": "tag", "values": TAGS}, "rules": BEYOND_AA}
        options = {"runOnly": only} if only else usual
        return list(self.page.evaluate(RUN_AXE, {**options, "resultTypes": ["violations"]}))

    def focus(self, refused: bool) -> list[str]:
        self.asks("follow")
        for _ in range(1 if refused else TAB_STOPS):
            self.page.keyboard.press("Tab")
        return [*([] if refused else self.asks("disorder")), *self.asks("unfocused", MOST_FOCUSED)]

    def fit(self) -> Iterator[tuple[str, str]]:
        """No sideways scroll and nothing cut off, here and at 320 px, which is 1280 px at 400 % zoom."""
        for width in sorted({self.width, NARROWEST}, reverse=True):
            self.resize(width)
            yield from ((f"fits {width}", what) for what in [*self.asks("wide"), *self.asks("cut")])

    def send_empty(self, place: Place) -> list[Finding] | None:
        """Send the page's form with nothing in it and look at the answer. None where nothing was refused: a button
        alone, a form without duties, or a page that leads elsewhere."""
        self.resize(self.width)
        answers: list[Response] = []
        self.page.on("response", note := lambda answer: answers.append(answer) if is_answer(answer) else None)
        try:
            if not self.asks("has_form"):
                return None
            with self.page.expect_navigation(wait_until="load"):
                self.asks("empty")
        finally:
            self.page.remove_listener("response", note)
        if not answers or answers[0].status != REFUSED:
            return None
        return self.look(place, answers[0].text(), refused=True)


def is_answer(response: Response) -> bool:
    return response.request.method == "POST" and response.request.is_navigation_request()


@contextmanager
def window(
    browser: Browser, world: PagesWorld, onlooker: Onlooker, language: str, **settings: Any
) -> Iterator[Watcher]:
    """A window signed in as this person. Whatever is sent from it changes nothing in the world."""
    width = settings.pop("width", PHONE)
    settings = {"reduced_motion": "reduce", "extra_http_headers": {LOOK_ONLY: "yes"}} | settings
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, **settings)
    context.set_default_timeout(PATIENCE * 1000)
    try:
        if (cookie := world.cookie(onlooker)) is not None:
            context.add_cookies([{"name": "session", "value": cookie, "url": world.base_url}])
        yield Watcher(context.new_page(), language, width)
    finally:
        context.close()
