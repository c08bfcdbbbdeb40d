"""What matching remembers: changes for the index, dismissals and suggestions."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Json, Model, Short


class IndexHead(Model):
    """One row: the number of the latest change. Locked when a change is numbered, so numbers commit in order."""

    __tablename__ = "index_head"

    number: Mapped[int] = mapped_column(default=0)


class IndexChange(Model):
    """Candidate `candidate_id` changed (or went); the index overlays what came after its snapshot."""

    __tablename__ = "index_change"

    number: Mapped[int] = mapped_column(unique=True)
    candidate_id: Mapped[Id]


class Dismissal(Model):
    """An officer said no to a pair, with a reason from the list; `seen` is what the match rested on then."""

    __table_args__ = (UniqueConstraint("vacancy_id", "candidate_id"),)

    vacancy_id: Mapped[Id] = mapped_column(ForeignKey("vacancy.id"), index=True)
    candidate_id: Mapped[Id] = mapped_column(index=True)
    reason: Mapped[Short]
    dismissed_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    dismissed_at: Mapped[Instant]
    seen: Mapped[Json] = mapped_column(default=dict)


class Suggestion(Model):
    """A liaison suggested a match to whoever keeps the candidate; it waits on that officer's start page."""

    __table_args__ = (UniqueConstraint("vacancy_id", "candidate_id"),)

    vacancy_id: Mapped[Id] = mapped_column(ForeignKey("vacancy.id"), index=True)
    candidate_id: Mapped[Id] = mapped_column(index=True)
    suggested_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    suggested_at: Mapped[Instant]
    handled_at: Mapped[Instant | None]
