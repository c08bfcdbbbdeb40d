"""At which revision a database is, and which revisions this version of the code knows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, MetaData


def known_revisions() -> list[str]:
    """Newest first; empty where the app has no migrations."""
    if (migrate := current_app.extensions.get("migrate")) is None:
        return []
    return [script.revision for script in ScriptDirectory(migrate.directory).walk_revisions()]


def revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def revision_in(path: Path) -> str | None:
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def build(connection: Connection, metadata: MetaData, at: str | None) -> None:
    """All tables anew, as the models say, marked with the revision."""
    metadata.create_all(connection)
    if at is not None:
        script = ScriptDirectory(current_app.extensions["migrate"].directory)
        MigrationContext.configure(connection).stamp(script, at)
