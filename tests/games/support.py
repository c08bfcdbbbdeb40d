"""Worlds that start as copies of one another, and what a company sees and gets of each, made comparable."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal import create_app
from portal.core import outbox, vault
from portal.core.db import db, transaction
from portal.worker import Worker
from tests.conftest import make_config
from tests.support.browser import Browser, Page

UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TOKENS = re.compile(r'(name="(?:csrf_token|once)"[^>]*value=")[^"]+')
OWN_HEADERS = {"X-Request-Id", "Set-Cookie", "Content-Length", "Date"}


class World:
    """One database and the people of it. What its company sees is compared with another world's."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.patch = app, monkeypatch
        self.known: dict[str, str] = {}
        self.sent: list[Any] = []
        self.worker = Worker()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """A writing transaction, for what staff and candidate do."""
        with self.app.app_context(), transaction():
            yield

    def signed_in(self, account_id: UUID) -> Browser:
        return Browser(self.app).sign_in(account_id)

    def seen(self, page: Page) -> tuple[int, dict[str, str], str]:
        """Status, headers and body, without request ids and tokens; random ids by the order in which they come."""
        headers = {name: value for name, value in page.headers.items() if name not in OWN_HEADERS}
        headers["Location"] = self.masked(headers.get("Location", ""))
        return page.status, headers, self.masked(page.html)

    def masked(self, text: str) -> str:
        def name(found: re.Match[str]) -> str:
            return self.known.setdefault(found[0], f"id{len(self.known)}")

        return UUIDS.sub(name, TOKENS.sub(r"\1…", text))

    def mails(self, addresses: set[str]) -> list[tuple[str, str, str, str]]:
        """Let the worker make its round; what it sent to these people."""
        self.sent.clear()
        with self.app.app_context():
            self.patch.setattr(outbox, "transport", lambda: lambda message, _id: self.sent.append(message))
            while self.worker.run_once():
                pass
            db.session.remove()
        return sorted(
            (m.to, m.subject, self.masked(m.text), self.masked(m.html)) for m in self.sent if m.to in addresses
        )

    def close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
            vault.store().engine.dispose()


def difference(one: tuple[int, dict[str, str], str], other: tuple[int, dict[str, str], str]) -> list[str]:
    """The lines in which two pages differ, for whoever reads a failure."""
    lines = difflib.unified_diff(one[2].splitlines(), other[2].splitlines(), lineterm="", n=0)
    return [f"{one[:2]} {other[:2]}", *lines][:12]


Copy = Callable[[str], World]


@pytest.fixture
def first(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(app, monkeypatch)


@pytest.fixture
def copy(first: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    """Make another world that is, up to now, the first one byte for byte."""
    made: list[World] = []

    def of(name: str) -> World:
        first.close()
        folder = tmp_path / name
        shutil.copytree(first.app.instance_path, folder)
        made.append(World(create_app(make_config(folder)), monkeypatch))
        return made[-1]

    yield of
    for world in made:
        world.close()
