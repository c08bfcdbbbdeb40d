"""One application and one fresh database per test: the database is copied from a template that is built once.

SQLite by default. `both_databases` (or `on_postgresql`) runs a test on a PostgreSQL that the tests start themselves;
`TEST_DATABASE=postgresql` runs everything there.
"""

from __future__ import annotations

import base64
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache

import config as configuration
from portal import create_app
from portal.core import outbox, schema, vault
from portal.core.db import db, transaction
from tests.support import postgres
from tests.support.apps import Apps
from tests.support.browser import Browser

settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")  # how fast the machine is, is no property of the code

UNDER_CI = os.environ.get("CI") == "true"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 256 * 1024 * 1024


def make_config(instance: Path, **overrides: object) -> configuration.Config:
    values: dict[str, object] = {
        "environment": "test",
        "instance": instance,
        "base_url": "http://localhost",
        "sender": "Reilu <reilu@reilu.example>",
        "secret_key": "a secret for tests only, long enough for anyone",
        "vault_keys": {"k1": base64.b64decode("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")},
        "database_url": f"sqlite:///{instance / 'reilu.db'}",
        "vault_url": f"sqlite:///{instance / 'vault.db'}",
        "smtp_url": None,
        "meili_url": None,
        "meili_key": None,
        "demo": False,
        "reply_to": "info@reilu.example",
        "phone": "0295 000 000",
        "neutral_sender": "Toimisto <toimisto@posti.example>",
    }
    return configuration.Config(**{**values, **overrides})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the schema and the reference data in it, on SQLite."""
    folder = tmp_path_factory.mktemp("template")
    fill(make_config(folder))
    return folder


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The same on PostgreSQL: the name of a template database, and the instance folder beside it."""
    folder = tmp_path_factory.mktemp("postgres-template")
    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    fill(make_config(folder, database_url=postgres.create_database(name)))
    return name, folder


def fill(config: configuration.Config) -> None:
    from seeds import reference

    app = create_app(config)
    with app.app_context():
        vault.prepare()
        with transaction():
            schema.build(db.session.connection(), db.metadata, next(iter(schema.known_revisions()), None))
        reference.load()
        db.session.remove()
        db.engine.dispose()
        vault.store().engine.dispose()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`; a test asks for both with `both_databases`."""
    return str(getattr(request, "param", os.environ.get("TEST_DATABASE", "sqlite")))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the instance folder of this process's tests stands, one after the other.

    In memory where there is room: each commit waits until the disk has it.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        with tempfile.TemporaryDirectory(prefix="reilu-tests-", dir=MEMORY) as folder:
            yield Path(folder)
    else:
        yield tmp_path_factory.mktemp("site")


@pytest.fixture
def instance(database: str, request: pytest.FixtureRequest, site: Path) -> Iterator[tuple[Path, str | None]]:
    """This test's instance folder, new from the template, and its database's URL when that is not a file in it."""
    folder = site / "instance"
    shutil.rmtree(folder, ignore_errors=True)
    if database == "sqlite":
        shutil.copytree(request.getfixturevalue("template"), folder)
        yield folder, None
    else:
        name, beside = request.getfixturevalue("postgres_template")
        shutil.copytree(beside, folder)
        with postgres.fresh_database(name, f"test_{name}") as url:
            yield folder, url


@pytest.fixture(scope="session")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Apps:
    compiled = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))

    def finish(app: Flask) -> None:
        app.jinja_env.bytecode_cache = compiled  # what Jinja made of a template serves them all

    return Apps(finish)


@pytest.fixture
def make_app(instance: tuple[Path, str | None], apps: Apps) -> Iterator[Callable[..., Flask]]:
    """An app on this test's database; keyword arguments change the configuration."""

    def make(**overrides: object) -> Flask:
        folder, url = instance
        return apps.take(make_config(folder, **({"database_url": url} if url else {}), **overrides))

    yield make
    apps.give_back()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """A new browser, signed in as the account when one is given."""

    def open_browser(account: object = None, **kwargs: object) -> Browser:
        new = Browser(app, **kwargs)  # type: ignore[arg-type]
        return new.sign_in(account) if account is not None else new

    return open_browser


class Mailbox:
    """What left through the outbox, in order."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.sent: list = []

    def deliver(self) -> list:
        """Let the worker's sending run; returns what left now."""
        before = len(self.sent)
        with self.app.app_context():
            outbox.send_due()
            db.session.remove()
        return self.sent[before:]

    def to(self, address: str) -> list:
        self.deliver()
        return [message for message in self.sent if message.to == address]


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """The real outbox with a list as its last step; the SMTP step has tests of its own with a real server."""
    box = Mailbox(app)
    monkeypatch.setattr(outbox, "transport", lambda: lambda message, message_id: box.sent.append(message))
    return box
