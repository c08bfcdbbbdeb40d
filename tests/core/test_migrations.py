"""The numbered migrations lead from an empty database to what the models say, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade

from portal import create_app, health
from portal.core import vault
from portal.core.db import db
from tests.conftest import make_config
from tests.support import postgres


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with postgres.fresh_database("template1") as url:
            yield url


def test_upgrading_an_empty_database_gives_what_the_models_say(empty_url: str, tmp_path: Path) -> None:
    app = create_app(make_config(tmp_path, database_url=empty_url))
    with app.app_context():
        vault.prepare()
        upgrade()
        context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)
        assert differences == []
        assert health.database_revision() == health.code_revision()
        db.session.remove()
        db.engine.dispose()
