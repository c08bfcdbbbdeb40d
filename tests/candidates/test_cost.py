"""Pages cost at most twelve statements, and no more with more rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from portal.core.db import db
from tests.candidates.conftest import House

MOST = 12
PAGES = ("", "/sheet", "/looks", "/identity", "/contact", "/profile", "/safety", "/notes", "/status", "/consents",
         "/hand-over", "/whole-file", "/erase")  # fmt: skip


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    with house.app.app_context():
        engine = db.engine
    seen: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "PRAGMA")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("part", PAGES)
def test_a_page_of_a_file_costs_at_most_twelve_statements(house: House, part: str) -> None:
    made = house.candidate(safety={"excluded_sectors": frozenset({"81"})})
    officer = house.browser("officer")
    officer.get(made.url)
    with statements(house) as seen:
        officer.get(made.url + part)
    reads = seen
    assert len(reads) <= MOST, "\n\n".join(reads)


def test_the_list_costs_the_same_for_one_file_and_for_ten(house: House) -> None:
    officer = house.browser("officer")
    costs = []
    for count in (1, 9):
        for _ in range(count):
            house.candidate()
        with statements(house) as seen:
            officer.get("/en/candidates")
        costs.append(len(seen))
    assert costs[0] == costs[1] <= MOST


def test_a_file_with_its_name_in_sight_costs_no_more(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    officer.submit(made.url, "Show for ten minutes", reason="meeting")
    with statements(house) as seen:
        officer.get(made.url)
    assert len(seen) <= MOST, "\n\n".join(seen)
