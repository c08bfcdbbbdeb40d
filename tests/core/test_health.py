"""`/healthz` is alive; `/readyz` names each part, and no count, id or address."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask

from emails import messages
from portal.core import clock, outbox
from portal.core.db import db, transaction
from tests.support.browser import Browser

GOOD = {"database": "ok", "schema": "ok", "vault": "ok", "mail": "ok"}


def ready(app: Flask) -> tuple[int, dict[str, str]]:
    page = Browser(app).get("/readyz")
    return page.status, json.loads(page.html)


def test_alive_asks_nothing(probed: Flask) -> None:
    page = Browser(probed).get("/healthz")
    assert (page.status, page.html) == (200, "alive\n")


def test_ready_names_each_part(probed: Flask) -> None:
    status, parts = ready(probed)
    assert status == 200
    assert set(parts) == {*GOOD, "index"}
    assert parts | {"index": "ok"} == GOOD | {"index": "ok"}


def test_without_an_index_the_pages_still_serve(probed: Flask) -> None:
    status, parts = ready(probed)
    assert (status, parts["index"]) == (200, "index_missing")


def test_mail_that_waits_too_long_is_told(probed: Flask) -> None:
    with probed.app_context(), transaction():
        outbox.post(messages.news(outbox.site(), "a@example.fi", "en"), once="a")
    assert ready(probed)[1]["mail"] == "ok"
    with clock.travel(clock.now() + timedelta(minutes=16)):
        assert ready(probed) == (200, ready(probed)[1] | {"mail": "late"})


def test_another_schema_is_not_ready(probed: Flask, make_probed: Callable[..., Flask]) -> None:
    with probed.app_context(), transaction():
        db.session.connection().exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))")
        db.session.connection().exec_driver_sql("DELETE FROM alembic_version")
        db.session.connection().exec_driver_sql("INSERT INTO alembic_version VALUES ('another')")
    status, parts = ready(probed)
    assert (status, parts["schema"]) == (503, "differs")


def test_without_its_keys_it_is_not_ready(make_probed: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_probed(vault_keys={"other": b"2" * 32})
    status, parts = ready(app)
    assert (status, parts["vault"], parts["database"]) == (503, "down", "ok")


def test_without_a_database_it_is_not_ready(make_probed: Callable[..., Flask], tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database, only noise " * 500)
    (tmp_path / "folder").mkdir()
    app = make_probed(database_url=f"sqlite:///{tmp_path / 'nowhere' / 'none.db'}")
    status, parts = ready(app)
    assert status == 503
    assert parts["database"] == "down"
    assert parts["vault"] == "ok"
