"""Trainings and who completed them. A completion opens a right, so it is recorded by a person who saw it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Line, Model, Short


class Training(Model):
    """`required` trainings count towards standing; a completion is valid for `valid_months`."""

    code: Mapped[Short] = mapped_column(unique=True)
    title_fi: Mapped[Line]
    title_sv: Mapped[Line]
    title_en: Mapped[Line]
    content_version: Mapped[int] = mapped_column(default=1)
    required: Mapped[bool] = mapped_column(default=False)
    valid_months: Mapped[int] = mapped_column(default=24)
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    def title(self, language: str) -> str:
        return {"sv": self.title_sv, "en": self.title_en}.get(language) or self.title_fi


class Completion(Model):
    """`account_id` is set when a member holds or has claimed it; the certificate is checked by its code.

    It does not change once recorded, but for being claimed and revoked. `valid_until` is inclusive.
    """

    training_id: Mapped[Id] = mapped_column(ForeignKey("training.id"), index=True)
    training_version: Mapped[int]
    event_id: Mapped[Id | None] = mapped_column(ForeignKey("event.id"))
    sign_up_id: Mapped[Id | None] = mapped_column(ForeignKey("sign_up.id"), unique=True)
    account_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"), index=True)
    person_name: Mapped[Line]
    email: Mapped[Line] = mapped_column(index=True)
    completed_on: Mapped[date]
    valid_until: Mapped[date]
    certificate_code: Mapped[Short] = mapped_column(unique=True)
    recorded_at: Mapped[Instant]
    recorded_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    claimed_at: Mapped[Instant | None]
    revoked_at: Mapped[Instant | None]
    revoked_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    revoked_reason: Mapped[Line] = mapped_column(default="")
