"""A house with nothing in it but the core: real databases, on SQLite and, with `TEST_POSTGRES_URL`, on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from config import Config
from portal.core import audit, backups, db, vault
from tests.conftest import make_config

POSTGRES = os.environ.get("TEST_POSTGRES_URL")
KEYS = {"k1": b"1" * 32}


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

    def build(self) -> Flask:
        app = self.open()
        with app.app_context():
            vault.prepare()
            db.db.create_all()
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


def on_server(statement: str) -> None:
    with psycopg.connect(str(POSTGRES), autocommit=True) as connection:
        connection.execute(statement.encode())


def postgres_database() -> str:
    name = f"t{uuid4().hex}"
    on_server(f'CREATE DATABASE "{name}"')
    url = make_url(str(POSTGRES)).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    on_server(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


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
                drop_database(url)


KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not POSTGRES, reason="no TEST_POSTGRES_URL"))]


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
