"""A person at a browser: finds what the page calls by name, and does what people do with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, Locator, Page, TimeoutError

from tests.story.watch import Watch
from tests.story.words import Words, en, fi, sv

PATIENCE = 15_000
SPEAKS = {"fi": fi, "sv": sv, "en": en}
LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


def named(text: str, words: Words) -> re.Pattern[str]:
    """A label as it stands on the page: it may say that the field is optional."""
    spaced = r"\s+".join(re.escape(part) for part in text.split())
    return re.compile(rf"^\s*{spaced}(\s+\({re.escape(words('optional'))}\))?\s*$")


class Portal(Protocol):
    """Where people go, and where the links in their mail lead."""

    base_url: str

    def link_for(self, address: str, subject: str = "") -> str: ...


class Person:
    """One browser context: own cookies, own language. Every page it comes to is looked at by its `watching`."""

    watching = Watch

    def __init__(
        self, browser: Browser, server: Portal, language: str, *, scripts: bool = True, width: int = 1280
    ) -> None:
        self.server, self.words = server, SPEAKS[language]
        self.context = browser.new_context(
            base_url=server.base_url, locale=LOCALES[language], java_script_enabled=scripts,
            viewport={"width": width, "height": 900}, service_workers="block", reduced_motion="reduce",
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.watch = self.watching(self.context, self.page, server.base_url.removeprefix("http://"), scripts)

    def leave(self) -> None:
        self.context.close()

    # --- going somewhere ---------------------------------------------------------

    def open(self, path: str) -> Person:
        self.page.goto(path)
        self.watch.look()
        return self

    def open_mail(self, address: str, subject: str) -> Person:
        """Wait for a mail, and open the link in it."""
        return self.open(self.server.link_for(address, subject))

    def press(self, text: str, within: Locator | None = None) -> Person:
        return self.go((within or self.page).get_by_role("button", name=text, exact=True))

    def follow(self, text: str, within: Locator | None = None) -> Person:
        return self.go((within or self.page).get_by_role("link", name=text, exact=True))

    def go(self, target: Locator) -> Person:
        """Press what leads to another page, and arrive there."""
        self.one(target)
        places = {each.get_attribute("href") for each in target.all()} if target.count() > 1 else set()
        assert len(places) < 2, f"{self.page.url}: {target} leads to several places: {places}"
        with self.page.expect_navigation(timeout=2 * PATIENCE):
            (target.first if places else target).click()
        self.watch.look()
        return self

    def menu(self, text: str) -> Person:
        """By the main menu, which a phone shows when its button is pressed."""
        opens = self.page.get_by_role("button", name=self.words("Menu"), exact=True)
        if opens.is_visible():
            opens.click()
        return self.follow(text, self.page.get_by_role("navigation", name=self.words("Main menu")))

    def back(self) -> Person:
        self.page.go_back()
        self.watch.look()
        return self

    # --- writing -------------------------------------------------------------------

    def write(self, label: str, value: str, within: Locator | None = None) -> Person:
        self.labelled(label, within).fill(value)
        return self

    def choose(self, label: str, option: str, within: Locator | None = None) -> Person:
        """An option of a list."""
        self.labelled(label, within).select_option(label=option)
        return self

    def tick(self, label: str, within: Locator | None = None) -> Person:
        self.labelled(label, within).check()
        return self

    def pick(self, legend: str, option: str) -> Person:
        """One of several under a legend."""
        return self.tick(option, self.group(legend))

    def look_up(self, label: str, typed: str, found: str, within: Locator | None = None) -> Person:
        """Type some of a word and take the suggestion from the list."""
        field = self.labelled(label, within)
        field.press_sequentially(typed)
        option = self.page.get_by_role("option", name=re.compile(rf"^{re.escape(found)}")).first
        self.one(option)
        option.click()
        return self

    def unfold(self, text: str, within: Locator | None = None) -> Person:
        fold = (within or self.page).locator("summary").get_by_text(text, exact=True)
        self.one(fold.first)
        fold.first.click()
        return self

    def group(self, legend: str) -> Locator:
        return self.page.get_by_role("group", name=named(legend, self.words))

    def section(self, heading: str) -> Locator:
        return self.page.locator("section, article, li").filter(
            has=self.page.get_by_role("heading", name=heading, exact=True)
        )

    def labelled(self, label: str, within: Locator | None = None) -> Locator:
        found = (within or self.page).get_by_label(named(label, self.words))
        self.one(found)
        return found

    def one(self, target: Locator) -> None:
        """Wait until it is there; else say what the page offers instead."""
        try:
            target.first.wait_for(state="attached")
        except TimeoutError:
            raise AssertionError(f"{self.page.url}: nothing like {target}\n{self.offer()}") from None

    def offer(self) -> str:
        """The page in short, for a failure that says enough."""
        parts = {
            "buttons": self.page.get_by_role("button").all_inner_texts(),
            "links": self.page.get_by_role("main").get_by_role("link").all_inner_texts(),
            "labels": self.page.locator("label, legend").all_inner_texts(),
            "text": self.text[:1500],
        }
        return "\n".join(f"{name}: {value}" for name, value in parts.items())

    # --- reading -------------------------------------------------------------------

    @property
    def text(self) -> str:
        return " ".join(self.page.get_by_role("main").inner_text().split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.get_by_role("heading", level=1).inner_text().split())

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server.base_url)

    def sees(self, *texts: str) -> Person:
        here = self.text
        for text in texts:
            assert " ".join(text.split()) in here, f"{self.page.url}: “{text}” is not on the page: {here[:2500]}"
        return self

    def does_not_see(self, *texts: str) -> Person:
        here = self.page.content()
        for text in texts:
            assert text not in here, f"{self.page.url}: “{text}” is on the page"
        return self

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        return self.page.locator(".summary li").all_inner_texts()

    def picture(self, where: Path) -> None:
        self.page.screenshot(path=where, full_page=True)
