"""A house that can be put back, and a real mail server beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.faults.house import House
from tests.support.server import Post


@pytest.fixture
def post() -> Iterator[Post]:
    server = Post()
    yield server
    server.stop()


@pytest.fixture
def house(make_app: Callable[..., Flask], instance: tuple[Path, str | None], post: Post) -> Iterator[House]:
    folder, url = instance
    made = House(make_app(smtp_url=post.url), folder, url)
    yield made
    made.forget()
