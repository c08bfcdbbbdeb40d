"""Programmes: each candidate belongs to one, which no company ever sees; officers see only their own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Json, Line, Model, Short


class Programme(Model):
    """`facts` holds sourced figures only (funder, period, planned and actual indicators)."""

    code: Mapped[Short] = mapped_column(unique=True)
    name_fi: Mapped[Line]
    name_sv: Mapped[Line]
    name_en: Mapped[Line]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    invented: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[Json] = mapped_column(default=dict)


class ProgrammeOfficer(Model):
    """An officer works in a programme."""

    __tablename__ = "programme_officer"
    __table_args__ = (UniqueConstraint("programme_id", "account_id"),)

    programme_id: Mapped[Id] = mapped_column(ForeignKey("programme.id"))
    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
