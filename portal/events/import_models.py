"""An attendance file of a webinar, as it was read: kept until it is recorded, and a while after."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, JsonList, Line, Model, Short


class ImportStatus(StrEnum):
    READ = "read"
    RECORDED = "recorded"
    DISCARDED = "discarded"


IMPORT_NEXT: dict[ImportStatus, frozenset[ImportStatus]] = {
    ImportStatus.READ: frozenset({ImportStatus.RECORDED, ImportStatus.DISCARDED}),
    ImportStatus.RECORDED: frozenset(),
    ImportStatus.DISCARDED: frozenset(),
}


class AttendanceImport(Model):
    """`skipped` are the lines of the file that are no rows of its table, so that a person sees them.

    `digest` knows the same file again. `threshold` is in minutes or per cent of the event, as `unit` says.
    """

    __tablename__ = "attendance_import"

    event_id: Mapped[Id] = mapped_column(ForeignKey("event.id"), index=True)
    status: Mapped[Short] = mapped_column(default=ImportStatus.READ)
    digest: Mapped[Line]
    lines: Mapped[int]
    skipped: Mapped[JsonList]
    threshold: Mapped[int]
    unit: Mapped[Short]
    read_at: Mapped[Instant] = mapped_column(index=True)
    read_by_id: Mapped[Id | None]
    recorded_at: Mapped[Instant | None]


class Fate(StrEnum):
    """What becomes of a row: matched by its address, or decided by a person."""

    OPEN = "open"
    MATCHED = "matched"
    PICKED = "picked"
    LATE = "late"
    ASIDE = "aside"


class ImportedRow(Model):
    """One person of the file; `lines` were summed into `minutes`. `reason` says why the row was set aside."""

    __tablename__ = "imported_row"
    __table_args__ = (UniqueConstraint("import_id", "position"),)

    import_id: Mapped[Id] = mapped_column(ForeignKey("attendance_import.id"), index=True)
    position: Mapped[int]
    name: Mapped[Line] = mapped_column(default="")
    email: Mapped[Line] = mapped_column(default="")
    minutes: Mapped[int]
    lines: Mapped[int] = mapped_column(default=1)
    fate: Mapped[Short] = mapped_column(default=Fate.OPEN)
    sign_up_id: Mapped[Id | None] = mapped_column(ForeignKey("sign_up.id"))
    reason: Mapped[Line] = mapped_column(default="")
