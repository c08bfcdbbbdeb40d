"""A running portal and a running Chromium for the stories: one process tells those of a new portal, another those of
the demonstration, a third those of a portal that answers from the process itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from portal.core import outbox
from tests.story.people import Person, Portal
from tests.story.steps import House, open_house
from tests.support import chromium
from tests.support.server import Server

Meet = Callable[..., Person]
GROUPS = {"demo_server": "story of the demonstration", "house": "story of a house"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/story" in str(item.path):
            wanted = getattr(item, "fixturenames", ())
            group = next((group for portal, group in GROUPS.items() if portal in wanted), "story")
            item.add_marker(pytest.mark.xdist_group(group))
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium_browser() -> Iterator[Browser]:
    """Ended with the last story: while it runs no other test of this process could run an event loop."""
    with chromium.running() as browser:
        yield browser


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A new portal: reference data, nobody in it."""
    running = Server(tmp_path_factory.mktemp("portal"))
    yield running
    running.stop()
    assert not running.faults(), running.faults()


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A portal with the demonstration in it."""
    running = Server(tmp_path_factory.mktemp("demonstration"), demo=True)
    yield running
    running.stop()
    assert not running.faults(), running.faults()


@pytest.fixture(scope="package")
def house(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A new portal in this process, whose clock a story may set."""
    folder = tmp_path_factory.mktemp("house") / "instance"
    shutil.copytree(template, folder)
    with open_house(folder) as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "transport", lambda: lambda message, message_id: portal.sent.append(message))
        yield portal


@pytest.fixture
def meet(chromium_browser: Browser) -> Iterator[Meet]:
    """A new person at a browser of their own: `meet(server, "fi")`; `kind` is who they are, such as a `Typist`."""
    people: list[Person] = []

    def make(server: Portal, language: str, kind: type[Person] = Person, **settings: object) -> Person:
        people.append(kind(chromium_browser, server, language, **settings))  # type: ignore[arg-type]
        return people[-1]

    yield make
    for person in people:
        person.leave()
