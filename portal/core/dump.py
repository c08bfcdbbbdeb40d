"""All rows of a database as lines of JSON, the same from SQLite and PostgreSQL, and back into either."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from itertools import groupby, islice
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, LargeBinary, MetaData, Table, bindparam, insert, select
from sqlalchemy import Enum as EnumType

AT_ONCE, AT_ONCE_LARGE = 200, 5  # a sealed file has up to 10 MB

TO_TEXT: list[tuple[type, str, Callable[[Any], Any]]] = [
    (bytes, "bytes", lambda value: base64.b64encode(value).decode()),
    (UUID, "uuid", str),
    (datetime, "instant", datetime.isoformat),  # before date, whose subclass it is
    (date, "date", date.isoformat),
    (time, "time", time.isoformat),
    (Decimal, "number", str),
]
FROM_TEXT: dict[str, Callable[[Any], Any]] = {
    "bytes": base64.b64decode,
    "uuid": UUID,
    "instant": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "number": Decimal,
    "json": lambda value: value,
}


def lines(connection: Connection, metadata: MetaData) -> Iterator[bytes]:
    """One line a row, parents before children."""
    for table in metadata.sorted_tables:
        result = connection.execute(select(table), execution_options={"yield_per": _at_once(table)})
        for row in result.mappings():
            values = {column.name: _encoded(row[column.name], column) for column in table.columns}
            yield json.dumps([table.name, values], separators=(",", ":")).encode() + b"\n"


def load(connection: Connection, metadata: MetaData, content: Iterable[bytes]) -> int:
    """Insert the lines; returns how many. The tables are empty, and their foreign keys do not hold meanwhile."""
    count = 0
    for table, rows in groupby(parsed(metadata, content), key=itemgetter(0)):
        put = insert(table).values({column.name: _parameter(column) for column in table.columns})
        while batch := [values for _, values in islice(rows, _at_once(table))]:
            connection.execute(put, batch)
            count += len(batch)
    return count


def parsed(metadata: MetaData, content: Iterable[bytes]) -> Iterator[tuple[Table, dict[str, Any]]]:
    for line in split(content):
        name, values = json.loads(line)
        table = metadata.tables[name]
        yield table, {column: _value(value, table.columns[column]) for column, value in values.items()}


def _at_once(table: Table) -> int:
    return AT_ONCE_LARGE if any(isinstance(column.type, LargeBinary) for column in table.columns) else AT_ONCE


def split(content: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for part in content:
        *whole, held = (held + part).split(b"\n")
        yield from whole
    if held:
        raise ValueError("the last line is not whole")


def _parameter(column: Column[Any]) -> Any:
    """Nothing in a JSON column is NULL, not the JSON text `null`."""
    if isinstance(column.type, JSON):
        return bindparam(column.name, type_=JSON(none_as_null=True))
    return bindparam(column.name, type_=column.type)


def _encoded(value: Any, column: Column[Any]) -> Any:
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return {"json": value}
    if isinstance(column.type, EnumType) and isinstance(value, Enum):
        return {"enum": value.name}
    for kind, tag, to_text in TO_TEXT:
        if isinstance(value, kind):
            return {tag: to_text(value)}
    return value


def _value(value: Any, column: Column[Any]) -> Any:
    if not isinstance(value, dict):
        return value
    [(tag, text)] = value.items()
    if tag == "enum":
        return column.type.enum_class[text]  # type: ignore[attr-defined]  # only an Enum column has the tag
    return FROM_TEXT[tag](text)
