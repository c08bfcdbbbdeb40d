"""Deleting what has had its time, or only counting it: the one step that each rule of retention takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Delete, Update, func, select

from portal.core.db import db

_dry: ContextVar[bool] = ContextVar("dry", default=False)


@contextmanager
def dry_run() -> Iterator[None]:
    """Within, nothing is deleted or changed: `count` says what would be."""
    token = _dry.set(True)
    try:
        yield
    finally:
        _dry.reset(token)


def is_dry() -> bool:
    return _dry.get()


def count(statement: Delete | Update) -> int:
    """Run it in the open transaction, or in a dry run only look; how many rows it meets."""
    if is_dry():
        rows = select(func.count()).select_from(statement.table)
        if statement.whereclause is not None:
            rows = rows.where(statement.whereclause)
        return db.session.scalar(rows) or 0
    result: Any = db.session.execute(statement)
    return int(result.rowcount)
