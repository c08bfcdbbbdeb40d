"""Languages of the sheets beyond Finnish, Swedish and English, which the portal itself speaks."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Instant, Line, Model, Short


class SheetLanguage(Model):
    """`code` is an ISO 639 code. In use from `checked_at` on; a change of any line takes that back."""

    __tablename__ = "sheet_language"

    code: Mapped[Short] = mapped_column(unique=True)
    translator: Mapped[Line]
    written_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[Instant]
    checked_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)
    lines: Mapped[list[SheetLine]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class SheetLine(Model):
    """One sentence: `source` as the code marks it, `text` as the office wrote it."""

    __tablename__ = "sheet_line"
    __table_args__ = (UniqueConstraint("language_id", "source"),)

    language_id: Mapped[Id] = mapped_column(ForeignKey("sheet_language.id"))
    source: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
