"""A running portal and a running Chromium for the stories: one process tells those of a new portal, another those of
the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.story.people import Person
from tests.support import chromium
from tests.support.server import Server

Meet = Callable[..., Person]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/story" in str(item.path):
            demonstration = "demo_server" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("story of the demonstration" if demonstration else "story"))
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


@pytest.fixture
def meet(chromium_browser: Browser) -> Iterator[Meet]:
    """A new person at a browser of their own: `meet(server, "fi")`."""
    people: list[Person] = []

    def make(server: Server, language: str, **settings: object) -> Person:
        people.append(Person(chromium_browser, server, language, **settings))  # type: ignore[arg-type]
        return people[-1]

    yield make
    for person in people:
        person.leave()
