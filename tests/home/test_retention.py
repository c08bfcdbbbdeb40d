"""What has had its time goes by itself, rule by rule, and the administrator sees that it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import services as accounts
from portal.accounts.models import Session
from portal.core import clock, edge, retention
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.registry import registry
from portal.core.settings import Setting
from portal.worker import Worker
from tests.factories.accounts import account
from tests.support.browser import Browser

PATH = "/en/service/retention"


@pytest.fixture
def administrator(app: Flask) -> Browser:
    with app.app_context(), transaction():
        account_id = account(Role.ADMINISTRATOR, display_name="Sari Pelkonen").id
    return Browser(app).sign_in(account_id)


def work(app: Flask) -> None:
    with app.app_context():
        Worker().run_once()
        db.session.remove()


def line(page: Any, label: str) -> str:
    """The words of the row that begins with this label."""
    rows = ["".join(row.itertext()).split() for row in page.tree.iter("tr")]
    return next(text for text in map(" ".join, rows) if label in text)


def test_the_page_names_each_rule_of_each_feature(app: Flask, administrator: Browser) -> None:
    page = administrator.get(PATH)
    with app.app_context(), app.test_request_context("/en"):
        rules = retention.rules()
    assert len(rules) == len({rule.name for rule in rules}) >= 9
    for rule in rules:
        assert rule.label in page.text
    assert {rule.name.split(".")[0] for rule in rules} >= {"core", "accounts", "events", "candidates", "matching"}


def test_what_has_had_its_time_is_deleted_and_counted(app: Flask, administrator: Browser) -> None:
    assert "Something has not been deleted in time" in administrator.get(PATH).text
    work(app)
    page = administrator.get(PATH)
    assert "Something has not been deleted in time" not in page.text
    assert "7 days" in line(page, "Sessions") and "–" in line(page, "Sessions")
    with clock.travel(clock.now() + timedelta(days=8)):
        work(app)
        with app.app_context():
            assert db.session.scalars(select(Session)).all() == []
        page = Browser(app).sign_in(account_of(app)).get(PATH)
        assert "1 last time, 1 in all" in line(page, "Sessions")
        assert "last time" not in line(page, "Keys of forms")
    with clock.travel(clock.now() + timedelta(days=8, hours=6)):
        assert "Late" in line(Browser(app).sign_in(account_of(app)).get(PATH), "Sessions")


def account_of(app: Flask) -> Any:
    with app.app_context():
        return accounts.staff(Role.ADMINISTRATOR)[0].id


def test_a_period_that_is_a_setting_shows_what_holds_now_and_a_person_acts_on_it(
    app: Flask, administrator: Browser
) -> None:
    assert "24 months" in line(administrator.get(PATH), "Closed files of candidates")
    with app.app_context(), transaction():
        db.session.add(Setting(key="candidates.closed_months", value="6"))
    words = line(administrator.get(PATH), "Closed files of candidates")
    assert "6 months" in words and "A person deletes it" in words


def test_a_rule_that_fails_stops_no_other_and_shows_as_late(app: Flask, administrator: Browser, monkeypatch) -> None:
    def fails() -> int:
        raise RuntimeError

    broken = retention.Retention("core.once_keys", retention.OWN[0].label, retention.OWN[0].kept, fails)
    monkeypatch.setattr(retention, "OWN", (broken, *retention.OWN[1:]))
    work(app)
    page = administrator.get(PATH)
    assert "Late" in line(page, "Keys of forms")
    assert "Late" not in line(page, "Links of mails") + line(page, "Sessions")


def test_the_worker_runs_every_rule_and_nothing_else_forgets(app: Flask) -> None:
    with app.app_context():
        names = {periodic.name for periodic in retention.periodic()}
        assert names == {f"retention.{rule.name}" for rule in retention.rules() if rule.delete}
        others = {periodic.name for feature in registry for periodic in feature.periodic}
    assert not [name for name in others if "forget" in name or "clean" in name]


def test_keys_of_forms_go_after_a_week(app: Flask, administrator: Browser, make_app: Callable[..., Flask]) -> None:
    administrator.submit("/en/account/details", display_name="Sari P")
    with app.app_context():
        assert len(db.session.scalars(select(edge.OnceKey)).all()) == 1
    work(app)
    with clock.travel(clock.now() + timedelta(days=8)):
        work(app)
    with app.app_context():
        assert db.session.scalars(select(edge.OnceKey)).all() == []
