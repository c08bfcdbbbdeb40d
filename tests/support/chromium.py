"""A real Chromium: the system's, else Playwright's. Without one the browser tests are skipped, but never under CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.machine import playwright_chromium, system_chromium

MISSING = "There is no Chromium here. Install it with:  apt-get install -y chromium"


def path() -> str:
    """Where Chromium is; skips the test when there is none, and fails it under CI."""
    found = system_chromium() or playwright_chromium()
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return str(found)


@contextmanager
def running() -> Iterator[Browser]:
    executable = path()
    arguments = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
