"""A house with nothing in it but the core, on SQLite and on PostgreSQL: `TEST_POSTGRES_URL`, or one that is started."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import URL, Table, make_url

from config import Config
from portal import features
from portal.core import audit, backups, db, vault
from portal.core.audit import AuditCandidate, AuditEntry, AuditHead
from portal.core.files import SealedContent, SealedFile
from portal.core.jobs import Job
from portal.core.vault import Sealed
from tests.conftest import make_config
from tests.core.probe import make_probed, person, probed, visitor  # noqa: F401 - fixtures
from tests.support import postgres

POSTGRES = os.environ.get("TEST_POSTGRES_URL")
KEYS = {"k1": b"1" * 32}
MODELS = (AuditEntry, AuditCandidate, AuditHead, Sealed, SealedFile, SealedContent, Job)
CORE = [cast(Table, model.__table__) for model in MODELS]


@dataclass
class House:
    """One installation. `open` makes an app on it, as a process of its own would."""

    config: Config
    apps: list[Flask] = field(default_factory=list)

    def open(self, **overrides: object) -> Flask:
        config = make_config(self.config.instance, **{**self.settings(), **overrides})
        app = Flask("house", instance_path=str(config.instance))
        app.config["SQLALCHEMY_DATABASE_URI"] = config.database_url
        app.extensions["config"] = config
        db.db.init_app(app)
        with app.app_context():
            db.prepare(db.db.engine)
        vault.init(app, config)
        audit.init(app)
        app.cli.add_command(audit.commands)
        app.cli.add_command(backups.commands)
        self.apps.append(app)
        return app

    def settings(self) -> dict[str, object]:
        names = ("database_url", "vault_url", "vault_keys")
        return {name: getattr(self.config, name) for name in names}

    def build(self, whole: bool = False) -> Flask:
        """With the core's tables; `whole` makes those of the features too."""
        app = self.open()
        if whole:
            features.all_features()  # their models are known once they are imported
        with app.app_context():
            vault.prepare()
            db.db.metadata.create_all(db.db.engine, tables=None if whole else CORE)
        return app

    def close(self) -> None:
        for app in self.apps:
            with app.app_context():
                db.db.session.remove()
                db.db.engine.dispose()
                vault.store().engine.dispose()
        self.apps.clear()

    def bytes_on_disk(self) -> bytes:
        """Everything under the instance folder, write-ahead logs and journals included."""
        return b"".join(path.read_bytes() for path in sorted(self.config.instance.rglob("*")) if path.is_file())


spare: list[str] = []
"""Databases of this run that no test uses: making one takes longer than emptying it."""


def postgres_database() -> str:
    if spare:
        return spare.pop()
    name = f"t{uuid4().hex}"
    server = make_url(POSTGRES or postgres.server_uri()).set(drivername="postgresql+psycopg")
    on_server(server, f'CREATE DATABASE "{name}"')
    return server.set(database=name).render_as_string(hide_password=False)


def give_back(url: str) -> None:
    on_server(make_url(url), "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    spare.append(url)


def on_server(url: URL, statement: str) -> None:
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session", autouse=True)
def remove_databases() -> Iterator[None]:
    yield
    while POSTGRES and spare:  # a server of our own goes as a whole
        on_server(make_url(POSTGRES), f'DROP DATABASE "{make_url(spare.pop()).database}" WITH (FORCE)')


def new_house(folder: Path, kind: str) -> House:
    folder.mkdir(parents=True, exist_ok=True)
    overrides: dict[str, object] = {"vault_keys": KEYS}
    if kind == "postgresql":
        overrides |= {"database_url": postgres_database(), "vault_url": postgres_database()}
    return House(make_config(folder, **overrides))


@pytest.fixture
def make_house(tmp_path: Path) -> Iterator[Callable[[str, str], House]]:
    made: list[House] = []

    def make(name: str, kind: str) -> House:
        made.append(new_house(tmp_path / name, kind))
        return made[-1]

    yield make
    for house in made:
        house.close()
        for url in (house.config.database_url, house.config.vault_url):
            if url.startswith("postgresql"):
                give_back(url)


KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def house(make_house: Callable[[str, str], House], kind: str) -> House:
    return make_house("instance", kind)


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The house built and open, with its context pushed."""
    made = house.build()
    with made.app_context():
        yield made


def apart(work: Callable[[], object]) -> object:
    """Run as another request would: in a context of its own."""
    return Context().run(work)
