"""The demonstration behind a web server, and a Chromium. Two processes share the pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.pages.world import PagesWorld, make_world, served
from tests.support import chromium


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/pages" in str(item.path):
            item.add_marker(pytest.mark.browser)
            half = getattr(item, "callspec", None) and item.callspec.params.get("half")  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.xdist_group(f"pages {half or 0}"))


@pytest.fixture(scope="package")
def pages_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesWorld]:
    with served(make_world(tmp_path_factory.mktemp("pages"))) as world:
        requests = logging.getLogger("portal.request")
        requests.setLevel(logging.WARNING)  # thousands of them would bury what was found
        yield world
        requests.setLevel(logging.NOTSET)


@pytest.fixture(scope="package")
def pages_browser() -> Iterator[Browser]:
    """Ended with the last of these tests: while it runs no other test of this process could run an event loop."""
    with chromium.running() as browser:
        yield browser
