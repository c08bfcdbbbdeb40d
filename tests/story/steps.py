"""What a job costs a person: the pages that load, and the controls that are touched.

The counts stand once, in the table of the README; `written_down` reads them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Locator, Request

from emails.message import Message
from portal import create_app
from portal.accounts import sessions
from portal.accounts.models import Account
from portal.core import outbox
from portal.core.db import db
from portal.worker import Worker
from tests.conftest import make_config
from tests.pages.world import HOST, PagesWorld, served
from tests.story.people import Person
from tests.story.watch import Watch
from tests.support.server import ROOT

HEADING = "## How many steps"


@dataclass(frozen=True)
class Steps:
    pages: int
    controls: int


def written_down() -> dict[str, Steps]:
    """The README's table by the name of the job: its second column is the pages, its third the controls."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split(HEADING, 1)[1].split("\n## ", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {name: Steps(int(pages), int(controls)) for name, pages, controls, *_rest in rows[2:]}


@dataclass
class House:
    """A portal that answers from a thread of this process; what it would mail is kept in `sent`."""

    app: Flask
    base_url: str
    sent: list[Message] = field(default_factory=list)

    def link_for(self, address: str, subject: str = "") -> str:
        """Where the first link in the last mail to this address leads."""
        return self.links_in(address, subject)[0]

    def links_in(self, address: str, subject: str = "") -> list[str]:
        with self.app.app_context():
            outbox.send_due()
            db.session.remove()
        text = [mail.text for mail in self.sent if mail.to == address and subject in mail.subject][-1]
        found = [f"{urlsplit(link).path}?{urlsplit(link).query}" for link in re.findall(rf"http://{HOST}/\S+", text)]
        assert found, text
        return [link.removesuffix("?") for link in found]

    def work(self) -> None:
        """One round of the worker, at the hour it is in the story."""
        with self.app.app_context():
            Worker().run_once()

    def cookie_of(self, account: Account) -> str:
        """The session cookie of somebody who has signed in, with the second factor. Call within `transaction()`."""
        token = sessions.open_session(account, second_factor=True)
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert serializer is not None, "the secret key is missing"
        return str(serializer.dumps({"_user_id": token}))


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """`folder` has the schema and the reference data in it."""
    with served(PagesWorld(create_app(make_config(folder, base_url=f"http://{HOST}")))) as world:
        yield House(world.app, world.base_url)


class Glance(Watch):
    """Other stories, and `make prove-pages`, look through axe and on a phone; here pages are only walked through."""

    def look(self) -> None:
        assert not self.problems, f"{self.page.url}: {self.problems}"
        assert not self.left, f"{self.page.url}: {self.left}"


class Walker(Person):
    """Does one job after the other; `steps` is what the present one has cost so far.

    A page is a document that the window loads, however it came: by a link, by a button and the redirect after it, from
    a mail, or by its address. A control is a field that is filled, or something that is pressed.
    """

    watching = Glance

    def __init__(self, browser: Browser, house: House) -> None:
        super().__init__(browser, house, "en")
        self.pages = self.controls = 0
        self.page.on("request", self.count)

    def count(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame and not request.redirected_from:
            self.pages += 1

    @property
    def steps(self) -> Steps:
        return Steps(self.pages, self.controls)

    def begin(self, path: str, cookie: str | None = None) -> Person:
        """A new job, of somebody who is signed in when there is a cookie, and its first page."""
        self.context.clear_cookies()
        if cookie is not None:
            self.context.add_cookies([{"name": "session", "value": cookie, "url": self.server.base_url}])
        self.pages = self.controls = 0
        return self.open(path)

    def open_mail(self, address: str, subject: str) -> Person:
        self.controls += 1
        return super().open_mail(address, subject)

    def go(self, target: Locator) -> Person:
        self.controls += 1
        return super().go(target)

    def unfold(self, text: str, within: Locator | None = None) -> Person:
        self.controls += 1
        return super().unfold(text, within)

    def labelled(self, label: str, within: Locator | None = None) -> Locator:
        """Whoever looks for a field fills it."""
        self.controls += 1
        return super().labelled(label, within)
