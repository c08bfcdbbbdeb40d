"""Lists that leave as a file: CSV or XLSX, each cell disarmed, each leaving witnessed.

What is short leaves at once. A long one is written by a job into a sealed row that only its asker can fetch, and that
goes after a few days.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import xlsxwriter
from flask import Response
from sqlalchemy import LargeBinary, delete, select
from sqlalchemy.orm import Mapped, defer, mapped_column

from portal.core import audit, clock, files, jobs, languages, sweep, vault
from portal.core.db import Id, Instant, Model, Short, db
from portal.core.errors import NotFound
from portal.core.filetypes import FileKind
from portal.core.jobs import Job

AT_ONCE = 5000
BATCH = 1000
KEPT = timedelta(days=7)
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones count in some programs

Cell = str | int | float | bool | date | datetime | None
Row = Sequence[Cell]


class FileForm(StrEnum):
    """`csv` is what Finnish spreadsheet programs open by themselves; `plain` is for other programs."""

    XLSX = "xlsx"
    CSV = "csv"
    PLAIN = "plain"

    @property
    def kind(self) -> FileKind:
        return FileKind.XLSX if self == FileForm.XLSX else FileKind.CSV


class StoredExport(Model):
    """A long export. `content` is sealed, and None until its job has written it; `subject_id` is what it is about."""

    __tablename__ = "stored_export"

    kind: Mapped[Short]
    subject_id: Mapped[Id] = mapped_column(index=True)
    form: Mapped[Short]
    language: Mapped[Short]
    job_id: Mapped[Id | None]
    asked_by_id: Mapped[Id] = mapped_column(index=True)
    asked_at: Mapped[Instant] = mapped_column(index=True)
    rows: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)


def _context(export_id: UUID) -> str:
    return f"export {export_id}"


vault.register_sealed_column(StoredExport, "content", lambda row: _context(row.id))


@dataclass(frozen=True)
class Table:
    """What a file holds: translated headers, and rows that are read as they are written."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Row]


# --- cells --------------------------------------------------------------------


def disarmed(value: Cell) -> Cell:
    """Text that a spreadsheet would run as a formula is told to be text by an apostrophe."""
    if isinstance(value, str) and (value.startswith(STARTS_FORMULA) or value.lstrip().startswith(STARTS_FORMULA)):
        return "'" + value
    return value


def written(value: Cell) -> str:
    """A cell of a CSV: days as ISO dates, instants by the Finnish clock."""
    match disarmed(value):
        case None:
            return ""
        case bool() as truth:
            return "1" if truth else "0"
        case datetime() as instant:
            return clock.local(instant).strftime("%Y-%m-%d %H:%M")
        case date() as day:
            return day.isoformat()
        case other:
            return str(other)


def csv_bytes(table: Table, plain: bool = False) -> bytes:
    """Semicolons and a byte order mark, as Finnish Excel expects; `plain` has commas and no mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if plain else ";", lineterminator="\r\n")
    writer.writerow([written(name) for name in table.columns])
    writer.writerows([written(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8" if plain else "utf-8-sig")


def xlsx_bytes(table: Table) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(sheet_name(table.name))
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for at, name in enumerate(table.columns):
        sheet.write_string(0, at, written(name), bold)
    for line, row in enumerate(table.rows, start=1):
        for at, cell in enumerate(row):
            match cell:
                case None | "":
                    pass
                case datetime():
                    sheet.write_datetime(line, at, clock.local(cell).replace(tzinfo=None), moment)
                case date():
                    sheet.write_datetime(line, at, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001 - a day
                case bool() | int() | float():
                    sheet.write_number(line, at, cell)
                case _:
                    sheet.write_string(line, at, written(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return out.getvalue()


def sheet_name(name: str) -> str:
    return "".join(char for char in name if char not in "[]:*?/\\'")[:31] or "1"


def content_of(table: Table, form: FileForm) -> bytes:
    return xlsx_bytes(table) if form == FileForm.XLSX else csv_bytes(table, plain=form == FileForm.PLAIN)


# --- leaving ------------------------------------------------------------------


def respond(content: bytes, name: str, form: FileForm) -> Response:
    """The file as an attachment that no browser runs. The caller has asked who may."""
    answer = Response(content, content_type=form.kind.media_type)
    answer.headers["Content-Disposition"] = files.disposition(f"{name}.{form.kind}")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def witness(kind: str, subject: str, subject_id: UUID, rows: int, form: FileForm) -> None:
    audit.record(
        "export.made", subject, subject_id, facts={"kind": kind, "count": rows, "form": str(form)}, sudden=True
    )


def ask(kind: str, subject_id: UUID, form: FileForm, *, job: str, by: UUID, rows: int) -> StoredExport:
    """Let a job write about so many rows; `job` is the kind of a job whose handler calls `keep`."""
    export = StoredExport(
        kind=kind, subject_id=subject_id, form=form, language=languages.current(), asked_by_id=by,
        asked_at=clock.now(), rows=rows, content=None, job_id=None,
    )  # fmt: skip
    db.session.add(export)
    db.session.flush()
    export.job_id = jobs.enqueue(job, {"export": export.id}, by).id
    return export


def get(export_id: UUID, by: UUID) -> tuple[StoredExport, Job | None]:
    """One that this account asked for, and its job. Raises `NotFound`."""
    export = db.session.scalar(select(StoredExport).where(StoredExport.id == export_id, StoredExport.asked_by_id == by))
    if export is None:
        raise NotFound
    return export, db.session.get(Job, export.job_id) if export.job_id else None


def asked(subject_id: UUID, by: UUID) -> list[StoredExport]:
    """What this account has asked for about the subject, the newest first; without the files themselves."""
    query = select(StoredExport).options(defer(StoredExport.content)).order_by(StoredExport.asked_at.desc())
    return list(db.session.scalars(query.where(StoredExport.subject_id == subject_id, StoredExport.asked_by_id == by)))


def keep(export: StoredExport, content: bytes, rows: int) -> None:
    export.content, export.rows = vault.seal_bytes(content, _context(export.id)), rows


def opened(export: StoredExport) -> bytes:
    """Raises `NotFound` until it is written."""
    if export.content is None:
        raise NotFound
    return vault.open_bytes(export.content, _context(export.id))


def file_of(export: StoredExport, name: str) -> Response:
    return respond(opened(export), name, FileForm(export.form))


def told(rows: Iterable[Row], most: int, report: Callable[[int], None]) -> Iterable[Row]:
    """The rows, and how far we are after each thousand."""
    for number, row in enumerate(rows, start=1):
        yield row
        if number % BATCH == 0:
            report(min(99, number * 100 // max(most, 1)))


# --- by the clock -------------------------------------------------------------


def forget_old() -> int:
    return sweep.count(delete(StoredExport).where(StoredExport.asked_at < clock.now() - KEPT))


def forget_about(subject_id: UUID) -> int:
    """What is kept of this subject goes with it."""
    return sweep.count(delete(StoredExport).where(StoredExport.subject_id == subject_id))
