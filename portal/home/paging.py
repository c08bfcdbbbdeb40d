"""Lists that show the newest first, paged by an instant and the id of the last row of the page before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, tuple_

from portal.core import pages
from portal.core.db import Model, db
from portal.core.errors import NotFound


def newest(model: type[Model], instant: Any, after: str, *where: ColumnElement[bool]) -> pages.Page:
    """One page of the rows; `after` is the id of the last row seen. Raises `NotFound` for an unknown one."""
    query = select(model).where(*where)
    if after:
        query = query.where(tuple_(instant, model.id) < tuple_(*key_of(model, instant, after)))
    rows = list(db.session.scalars(query.order_by(instant.desc(), model.id.desc()).limit(pages.PAGE_LENGTH + 1)))
    shown, more = rows[: pages.PAGE_LENGTH], len(rows) > pages.PAGE_LENGTH
    following = pages.address(after=str(shown[-1].id)) if more else None
    return pages.Page(shown, pages.address(after=None) if after else None, following)


def key_of(model: type[Model], instant: Any, after: str) -> tuple[Any, UUID]:
    try:
        row_id = UUID(after)
    except ValueError:
        raise NotFound from None
    found = db.session.execute(select(instant, model.id).where(model.id == row_id)).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]
