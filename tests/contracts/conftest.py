"""The demonstration as a world: every state, every role. Built once for each process that runs these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.core import schema, vault
from portal.core.db import db, transaction
from tests.conftest import make_config
from tests.contracts.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process builds the world, and runs everything that needs it."""
    for item in items:
        if "tests/contracts" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("world"))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("world")
    app: Flask = create_app(make_config(folder))
    with app.app_context():
        from portal.matching import index
        from seeds import demo, reference

        vault.prepare()
        with transaction():
            schema.build(db.session.connection(), db.metadata, next(iter(schema.known_revisions()), None))
        reference.load()
        demo.load()
        index.engine().rebuild()
        db.session.remove()
    yield World(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        vault.store().engine.dispose()
