"""P8: the database's files are their owner's alone, whatever the umask."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sqlalchemy import create_engine, text

from portal.core import db


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_a_new_database_is_its_owners_alone_from_the_first_connection_on(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        engine = create_engine(f"sqlite:///{tmp_path / 'reilu.db'}")
        db.prepare(engine)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            assert {path.name for path in tmp_path.iterdir()} >= {"reilu.db"}
            assert modes(tmp_path) == {0o600}
        engine.dispose()
    finally:
        os.umask(before)


def test_an_open_one_is_closed_at_the_next_connection(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'reilu.db'}")
    db.prepare(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    for path in tmp_path.iterdir():
        path.chmod(0o644)
    engine.dispose()
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert modes(tmp_path) == {0o600}
    engine.dispose()
