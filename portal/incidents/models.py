"""Incidents and reviews. A silent hold changes nothing that a company sees; a visible review is a decision."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Model, Short


class IncidentStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


NEXT: dict[IncidentStatus, frozenset[IncidentStatus]] = {
    IncidentStatus.OPEN: frozenset({IncidentStatus.RESOLVED}),
    IncidentStatus.RESOLVED: frozenset(),
}


class Incident(Model):
    """While open, the owner group is on silent hold. Words of the candidate stay sealed elsewhere, and so does what the
    two sides write when they end it. `candidate_id` is theirs whose placement gave cause; none after erasure.
    """

    owner_group_id: Mapped[Id] = mapped_column(ForeignKey("owner_group.id"), index=True)
    placement_id: Mapped[Id | None] = mapped_column(index=True)
    candidate_id: Mapped[Id | None] = mapped_column(index=True)
    status: Mapped[Short] = mapped_column(default=IncidentStatus.OPEN)
    opened_at: Mapped[Instant]
    opened_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    officer_agreed_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    liaison_agreed_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    resolved_at: Mapped[Instant | None]


class Review(Model):
    """ "Your standing is under routine review": the same words for every company and every cause."""

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    opened_at: Mapped[Instant]
    opened_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[Instant | None]
