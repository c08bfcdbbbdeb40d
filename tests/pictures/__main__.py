"""`make pictures`: shoots the pages that help pages and README show, on the demonstration, at a fixed hour.

The clock stands at one morning and the dice always fall alike, so that a rerun changes only the pictures whose pages
have changed. Only those are written.
"""

from __future__ import annotations

import base64
import os
import random
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.core import clock
from portal.core.languages import LANGUAGES
from portal.home.guides.parts import HEIGHT, WIDTH
from tests.conftest import make_config
from tests.support import browser as people
from tests.support import chromium

MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)  # a Tuesday, half past nine in Helsinki
QUALITY = 38
TARGET = Path(__file__).parents[2] / "portal" / "static" / "pictures"
HOST = "127.0.0.1"
TO_THE_TOP = "element => scrollBy(0, element.getBoundingClientRect().top)"


def load_the_dice() -> None:
    """Ids, codes and keys come from the system's randomness; here from a fixed row."""
    dice = random.Random(2026)
    os.urandom = dice.randbytes
    random._urandom = dice.randbytes  # type: ignore[attr-defined]  # what `secrets` draws from


def demonstration(folder: Path) -> Flask:
    from portal import create_app
    from portal.accounts.models import Account
    from portal.core import schema, vault
    from portal.core.db import db, transaction
    from portal.home import welcome
    from portal.matching import index
    from seeds import demo, reference

    app = create_app(make_config(folder, smtp_url="smtp://127.0.0.1:1"))  # one that is never called
    with app.app_context():
        vault.prepare()
        with transaction():
            schema.build(db.session.connection(), db.metadata, next(iter(schema.known_revisions()), None))
        reference.load()
        demo.load()
        index.engine().rebuild()
        with transaction():
            for account in db.session.scalars(db.select(Account)):
                welcome.put_away(account)
        db.session.remove()
    return app


class Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    server = make_server(HOST, 0, app, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://{HOST}:{server.port}"
    finally:
        server.shutdown()
        thread.join()


def shoot_all(app: Flask, base_url: str, chrome: Browser) -> tuple[int, int]:
    """How many pictures are new or changed, and how many there are."""
    from tests.pictures.shots import SHOTS

    changed = 0
    for email in dict.fromkeys(shot.email for shot in SHOTS):
        context = chrome.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        context.add_cookies([{"name": "session", "value": signed_in(app, email), "url": base_url}])
        page = context.new_page()
        for shot in (each for each in SHOTS if each.email == email):
            for language in LANGUAGES:
                page.goto(base_url + path_of(app, shot.endpoint, language, shot.arguments))
                if shot.at:
                    page.locator(f"#{shot.at}").evaluate(TO_THE_TOP)
                changed += keep(TARGET / f"{shot.name}.{language}.webp", webp(page))
        context.close()
    return changed, len(SHOTS) * len(LANGUAGES)


def signed_in(app: Flask, email: str) -> str:
    """The cookie of a session of this person's."""
    from portal.accounts import services as accounts

    with app.app_context():
        account = accounts.find_by_email(email)
        assert account is not None, email
    cookie = people.Browser(app).sign_in(account).client.get_cookie("session", domain="localhost")
    assert cookie is not None
    return str(cookie.value)


def path_of(app: Flask, endpoint: str, language: str, arguments: object) -> str:
    from portal.core.db import db

    assert callable(arguments)
    with app.app_context():
        found = arguments()
        db.session.remove()
    return app.url_map.bind(HOST).build(endpoint, {"lang": language, **found})


def webp(page: Page) -> bytes:
    """What the window shows. Playwright itself writes no WebP."""
    session = page.context.new_cdp_session(page)
    answer = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    return base64.b64decode(answer["data"])


def keep(path: Path, picture: bytes) -> bool:
    if path.exists() and path.read_bytes() == picture:
        return False
    path.write_bytes(picture)
    return True


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    load_the_dice()
    with tempfile.TemporaryDirectory() as folder, clock.travel(MORNING):
        app = demonstration(Path(folder))
        with chromium.running() as chrome, serving(app) as base_url:
            changed, all_of_them = shoot_all(app, base_url, chrome)
    kilobytes = sum(path.stat().st_size for path in TARGET.iterdir()) // 1024
    sys.stdout.write(f"{all_of_them} pictures, {changed} of them new or changed; {kilobytes} KB in all.\n")


if __name__ == "__main__":
    main()
