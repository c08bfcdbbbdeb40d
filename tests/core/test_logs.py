"""The log holds events, route templates and ids; never a path, a query, a form or the words of a fault."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from portal.core import logs
from portal.core.logs import JsonLines
from tests.core.probe import typed
from tests.support.browser import Browser

CANARY = "kanarialintu"


class Log:
    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log(probed: Flask) -> Iterator[Log]:
    """Everything that any logger writes meanwhile, as the process would write it."""
    kept = Log()
    handler = logging.StreamHandler(kept.stream)
    handler.setFormatter(JsonLines())
    watched = [logging.getLogger(name) for name in ("portal", "flask", "sqlalchemy", "werkzeug", "")]
    for each in watched:
        each.addHandler(handler)
    yield kept
    for each in watched:
        each.removeHandler(handler)


def test_a_request_is_one_line_of_plain_facts(log: Log, visitor: Browser) -> None:
    page = visitor.get("/en/about")
    [line] = [line for line in log.lines if line.get("event") == "request"]
    assert {name: line[name] for name in ("method", "route", "status", "request_id")} == {
        "method": "GET",
        "route": "/<any(fi, sv, en):lang>/about",
        "status": 200,
        "request_id": page.headers["X-Request-Id"],
    }
    assert set(line) == {
        "at", "level", "logger", "message", "event", "method", "route", "status", "request_id", "ms",
    }  # fmt: skip
    assert line["ms"] >= 0


def test_nothing_of_path_query_form_header_or_fault_is_written(log: Log, visitor: Browser) -> None:
    header = {"User-Agent": CANARY, "Referer": f"http://localhost/{CANARY}", "X-Request-Id": CANARY}
    values = typed(visitor.get("/en/probe/form"), title=CANARY, text=CANARY)
    for path in (f"/en/about?q={CANARY}", f"/en/{CANARY}", f"/en/probe/saved/{CANARY}", f"/en/probe/crash/{CANARY}"):
        visitor.get(path, headers=header)
    for path in ("/en/probe/form", f"/en/probe/crash/{CANARY}", f"/en/{CANARY}"):
        visitor.post(path, values | {"unknown": CANARY}, headers=header)
    visitor.get("/en/about", headers={"Host": f"{CANARY}.example"})
    assert len(log.lines) >= 8
    assert CANARY not in log.text


def test_a_crash_names_its_kind_and_its_place(log: Log, visitor: Browser) -> None:
    page = visitor.get(f"/en/probe/crash/{CANARY}")
    [line] = [line for line in log.lines if line.get("event") == "crash"]
    assert line["exception"] == "ValueError"
    assert line["where"][-1].startswith("probe.py:")
    assert line["request_id"] == page.headers["X-Request-Id"]


def test_files_leave_no_line(log: Log, visitor: Browser) -> None:
    visitor.get("/static/reilu.css")
    assert log.text == ""


@pytest.mark.parametrize(("asked", "holds"), [(logging.NOTSET, logging.INFO), (logging.ERROR, logging.ERROR)])
def test_whoever_asked_for_less_before_the_start_gets_less(asked: int, holds: int) -> None:
    """So the benchmarks say only how far they are."""
    root = logging.getLogger("portal")
    handlers, level, propagate = root.handlers, root.level, root.propagate
    try:
        root.handlers = []
        root.setLevel(asked)
        logs.init(Flask("quiet"))
        assert root.level == holds
    finally:
        root.handlers, root.propagate = handlers, propagate
        root.setLevel(level)
