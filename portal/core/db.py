"""The database: one base, aware instants, UUID ids made in constructors, and explicit transactions.

On SQLite a transaction that may write begins with BEGIN IMMEDIATE: a read that turns into a write after another's
commit fails at once there, whatever the time-out. On PostgreSQL it is READ COMMITTED with explicit row locks.
"""

from __future__ import annotations

import hashlib
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, MetaData, String, event, func, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator, Uuid

_may_write: ContextVar[bool] = ContextVar("may_write", default=False)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant; refuses naive values, which SQLite would silently accept."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Instant = Annotated[datetime, mapped_column(UTCDateTime)]
Id = Annotated[UUID, mapped_column(Uuid)]
Json = Annotated[dict[str, Any], mapped_column(JSON)]
JsonList = Annotated[list[Any], mapped_column(JSON)]
Short = Annotated[str, mapped_column(String(40))]
Line = Annotated[str, mapped_column(String(300))]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every row has a random UUID from its constructor on, so that sealing and auditing can name it."""

    metadata = MetaData(naming_convention=NAMING)

    id: Mapped[Id] = mapped_column(Uuid, primary_key=True, default=uuid4, sort_order=-1)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", uuid4())
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no attribute {name!r}")
            setattr(self, name, value)


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def _make_private(connection: sqlite3.Connection) -> None:
    """The database's file is its owner's alone, like everything beside it; what SQLite adds to it inherits that.

    By name only: opening and closing the file here would let go of the locks that this process holds on it.
    """
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    for path in (Path(f"{file}{ending}") for ending in ("", "-wal", "-shm") if file):
        with suppress(FileNotFoundError):  # the two beside it come and go
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)


def _on_connect(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    _make_private(connection)
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON", "busy_timeout=30000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _may_write.get() else "BEGIN")


def prepare(engine: Engine) -> None:
    """Give an engine our transactions; call once for each engine."""
    if not event.contains(engine, "connect", _on_connect):
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def _keep(session: Session, row: Any) -> None:
    session.info.setdefault("kept", set()).add(row)


def _let_go(session: Session) -> None:
    session.info.pop("kept", None)


# The session forgets a row as soon as nobody holds it; kept until the transaction ends, it is asked for only once.
event.listen(db.session, "loaded_as_persistent", _keep)
event.listen(db.session, "after_commit", _let_go)
event.listen(db.session, "after_rollback", _let_go)


def begin_to_write() -> None:
    """From here on this context's transactions may write. Call before the first statement."""
    db.session.rollback()
    _may_write.set(True)


def begin_to_read() -> None:
    _may_write.set(False)


def is_writing() -> bool:
    """Whether a transaction that may write is open here."""
    return _may_write.get() and db.session().in_transaction()


before_commit: list[Callable[[], None]] = []
after_commit: list[Callable[[], None]] = []


def commit() -> None:
    """The one commit: what was collected (audit last) is written first, in the same transaction."""
    db.session.flush()
    for write in before_commit:
        write()
    db.session.commit()
    for tell in after_commit:
        tell()


@contextmanager
def transaction() -> Iterator[None]:
    """A whole writing transaction for the worker, the command line and seeds."""
    token = _may_write.set(True)
    db.session.rollback()
    try:
        yield
        commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _may_write.reset(token)


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def lock_words(words: Iterable[str]) -> None:
    """Until the commit nobody else holds these words: what is counted under them and what that allows are one step.

    On SQLite there is nothing to do: one transaction writes at a time.
    """
    if is_sqlite():
        return
    for word in sorted(set(words)):  # in one order, so that two never wait for each other
        number = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big", signed=True)
        db.session.execute(select(func.pg_advisory_xact_lock(number)))


def sort_key(text: str) -> str:
    """A key that sorts Å Ä Ö after Z and folds other accents, the same on every database."""
    out = []
    for char in unicodedata.normalize("NFC", text).casefold():
        if char in "åäö":
            out.append({"å": "{", "ä": "|", "ö": "}"}[char])
        else:
            out.extend(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return "".join(out)[:300]
