"""The worker goes on whatever fails, and begins each piece of work with nothing remembered."""

from __future__ import annotations

import base64
import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from emails import messages
from portal import features
from portal.core import clock, outbox, settings
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage, OutboxStatus
from portal.core.registry import Feature, Periodic
from portal.core.settings import Setting
from portal.worker import Worker
from tests.core import probe

EACH = timedelta(minutes=5)


def with_work(monkeypatch: pytest.MonkeyPatch, make_app: Callable[..., Flask], **runs: Callable[[], None]) -> Flask:
    """An app whose only repeated work is this, besides the worker's own."""
    work = tuple(Periodic(name, EACH, run) for name, run in runs.items())
    plain = [dataclasses.replace(each, periodic=()) for each in probe.real_features()]
    monkeypatch.setattr(features, "all_features", lambda: [*plain, Feature("work", periodic=work)])
    return make_app()


def test_a_piece_that_fails_stops_no_other_and_is_tried_again_in_its_time(make_app, monkeypatch) -> None:
    done: list[str] = []

    def fails() -> None:
        done.append("fails")
        db.session.connection().exec_driver_sql("SELECT nothing FROM nowhere")

    app = with_work(monkeypatch, make_app, fails=fails, works=lambda: done.append("works"))
    with app.app_context():
        worker = Worker()
        worker.run_once()
        worker.run_once()
        assert done == ["fails", "works"]
        with clock.travel(clock.now() + EACH):
            worker.run_once()
        assert done == ["fails", "works"] * 2


def test_mail_that_fails_stops_no_other_work(make_app, monkeypatch) -> None:
    done: list[str] = []
    app = with_work(monkeypatch, make_app, works=lambda: done.append("works"))

    def broken() -> int:
        raise RuntimeError("no outbox today")

    monkeypatch.setattr(outbox, "send_due", broken)
    with app.app_context():
        assert Worker().run_once() == 0
    assert done == ["works"]


def test_a_settings_change_reaches_a_worker_that_never_rests(make_app, monkeypatch) -> None:
    """One application context for all its life, as on the command line."""
    key, seen = "session.idle_minutes", []
    app = with_work(monkeypatch, make_app, reads=lambda: seen.append(settings.number(key)))
    with app.app_context():
        worker = Worker()
        worker.run_once()
        with transaction():
            db.session.add(Setting(key=key, value="78"))
        with clock.travel(clock.now() + EACH):
            worker.run_once()
    assert seen == [30, 78]


def test_the_command_refuses_another_schema(probed: Flask) -> None:
    with probed.app_context(), transaction():
        db.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'another'")
    result = probed.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 1
    assert "flask --app portal prepare" in result.output


def test_one_round_by_hand_sends_what_waits(make_probed: Callable[..., Flask]) -> None:
    app = make_probed(demo=True)
    with app.app_context(), transaction():
        outbox.post(messages.news(outbox.site(), "a@example.fi", "fi"), once="a")
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert (result.exit_code, result.output) == (0, "")
    with app.app_context():
        assert db.session.scalar(select(OutboxMessage.status)) == OutboxStatus.SENT


def test_the_process_stops_when_told_and_has_sent_the_mail(instance: tuple[Path, str | None], make_app) -> None:
    app = make_app(demo=True)
    with app.app_context(), transaction():
        outbox.post(messages.news(outbox.site(), "a@example.fi", "fi"), once="a")
    config = app.extensions["config"]
    key_id, key = next(iter(config.vault_keys.items()))
    environment = {
        **os.environ, "REILU_INSTANCE": str(config.instance), "REILU_DEMO": "1", "SECRET_KEY": config.secret_key,
        "VAULT_KEYS": f"{key_id}:{base64.b64encode(key).decode()}", "DATABASE_URL": config.database_url,
        "VAULT_URL": config.vault_url, "BASE_URL": "http://localhost",
    }  # fmt: skip
    command = [Path(sys.executable).parent / "flask", "--app", "portal", "worker"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as worker:
        sent = wait_until(app, OutboxStatus.SENT)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert sent


def wait_until(app: Flask, status: OutboxStatus) -> bool:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with app.app_context():
            if db.session.scalar(select(OutboxMessage.status)) == status:
                return True
        time.sleep(0.25)
    return False
