"""What a page costs: at most twelve statements, however many rows there are."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from portal.core.db import db
from portal.vacancies.models import VacancyStatus as V
from tests.support.browser import Browser

MOST = 12


@pytest.fixture
def statements(app: Flask) -> list[str]:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: seen.append(statement))
    return seen


def cost(browser: Browser, statements: list[str], path: str) -> int:
    assert browser.get(path).status == 200
    statements.clear()
    browser.get(path)
    counted = [each for each in statements if not each.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"))]
    return len(counted)


def test_pages_cost_few_statements_and_lists_do_not_grow(
    vacancy: Any, as_owner: Browser, as_liaison: Browser, statements: list[str]
):
    draft, sent, open_one = vacancy(V.DRAFT), vacancy(V.SUBMITTED), vacancy(public=True)
    own, staff = f"/en/company/vacancies/{draft.id}", f"/en/vacancies/all/{sent.id}"
    costs = {
        **{path: cost(as_owner, statements, path) for path in (own, f"{own}/job", f"{own}/demands", f"{own}/check")},
        **{path: cost(as_liaison, statements, path) for path in (staff, f"{staff}/decide", f"{staff}/publish")},
    }
    lists = {"/en/company/vacancies": as_owner, "/en/vacancies/all": as_liaison, "/en/vacancies": as_liaison}
    before = {path: cost(browser, statements, path) for path, browser in lists.items()}
    for number in range(20):
        vacancy(title=f"One more {number}", public=True)
    after = {path: cost(browser, statements, path) for path, browser in lists.items()}
    assert before == after
    assert max({**costs, **after}.values()) <= MOST, costs
    assert open_one.public
