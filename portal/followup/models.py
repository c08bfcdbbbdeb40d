"""Placements and their check-ins at weeks 1, 4, 12 and 26. Free words of a check-in are sealed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Model, Short


class PlacementStatus(StrEnum):
    STARTED = "started"
    ENDED = "ended"


NEXT: dict[PlacementStatus, frozenset[PlacementStatus]] = {
    PlacementStatus.STARTED: frozenset({PlacementStatus.ENDED}),
    PlacementStatus.ENDED: frozenset(),
}


class CheckInOutcome(StrEnum):
    DUE = "due"
    FINE = "fine"
    CONCERN = "concern"
    NOT_REACHED = "not_reached"


CHECK_IN_NEXT: dict[CheckInOutcome, frozenset[CheckInOutcome]] = {
    CheckInOutcome.DUE: frozenset({CheckInOutcome.FINE, CheckInOutcome.CONCERN, CheckInOutcome.NOT_REACHED}),
    CheckInOutcome.FINE: frozenset(),
    CheckInOutcome.CONCERN: frozenset(),
    CheckInOutcome.NOT_REACHED: frozenset(),
}


class Placement(Model):
    """`kind` is job, try_out, subsidised or apprenticeship; hours a week; pay in cents per `pay_unit`.

    The contact at the workplace is sealed for the candidate.
    """

    introduction_id: Mapped[Id | None] = mapped_column(ForeignKey("introduction.id"), unique=True)
    candidate_id: Mapped[Id] = mapped_column(index=True)
    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    status: Mapped[Short] = mapped_column(default=PlacementStatus.STARTED)
    kind: Mapped[Short]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    hours: Mapped[int]
    pay_cents: Mapped[int]
    pay_unit: Mapped[Short] = mapped_column(default="hour")
    version: Mapped[int] = mapped_column(default=1)


class CheckIn(Model):
    """`status` is an outcome; one not reached comes back as a new one a week later."""

    __tablename__ = "check_in"

    placement_id: Mapped[Id] = mapped_column(ForeignKey("placement.id"), index=True)
    candidate_id: Mapped[Id] = mapped_column(index=True)
    week: Mapped[int]
    due_on: Mapped[date] = mapped_column(index=True)
    status: Mapped[Short] = mapped_column(default=CheckInOutcome.DUE)
    done_at: Mapped[Instant | None]
    done_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
