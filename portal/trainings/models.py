"""Trainings and who completed them. A completion opens a right, so it is recorded by a person who saw it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Line, Model, Short
from portal.events.rules import LANGUAGES, Spoken, in_language
from portal.trainings import lasting


class Training(Model):
    """One entry of the catalogue. A completion is valid for `valid_months`; `languages` are codes, such as "fi sv".

    Whether it counts towards standing is no fact of the training: requirements name the trainings that fill them.
    """

    code: Mapped[Short] = mapped_column(unique=True)
    title_fi: Mapped[Line]
    title_sv: Mapped[Line]
    title_en: Mapped[Line]
    audience_fi: Mapped[Line] = mapped_column(default="")
    audience_sv: Mapped[Line] = mapped_column(default="")
    audience_en: Mapped[Line] = mapped_column(default="")
    duration_minutes: Mapped[int | None]
    languages: Mapped[Short] = mapped_column(default="fi")
    content_version: Mapped[int] = mapped_column(default=1)
    valid_months: Mapped[int] = mapped_column(default=24)
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    def title(self, language: str) -> str:
        return {"sv": self.title_sv, "en": self.title_en}.get(language) or self.title_fi

    def audience(self, language: str) -> Spoken:
        return in_language({code: getattr(self, f"audience_{code}") for code in LANGUAGES}, language)


class TrainingVersion(Model):
    """What a training taught from `began_on` on, and what changed with it. None: before versions were kept."""

    __tablename__ = "training_version"
    __table_args__ = (UniqueConstraint("training_id", "number"),)

    training_id: Mapped[Id] = mapped_column(ForeignKey("training.id"))
    number: Mapped[int]
    began_on: Mapped[date | None]
    teaches_fi: Mapped[str] = mapped_column(Text, default="")
    teaches_sv: Mapped[str] = mapped_column(Text, default="")
    teaches_en: Mapped[str] = mapped_column(Text, default="")
    note_fi: Mapped[Line] = mapped_column(default="")
    note_sv: Mapped[Line] = mapped_column(default="")
    note_en: Mapped[Line] = mapped_column(default="")

    def spoken(self, part: str, language: str) -> Spoken:
        """`teaches` or `note` in this language, or in the one it falls back to."""
        return in_language({code: getattr(self, f"{part}_{code}") for code in LANGUAGES}, language)


class TrainingRequirement(Model):
    """What a responsible employer must have learnt: so many current members hold one of the trainings that fill it.

    It counts from `starts_on` through `ends_on`, both days included; it is never deleted.
    """

    __tablename__ = "training_requirement"

    title_fi: Mapped[Line]
    title_sv: Mapped[Line]
    title_en: Mapped[Line]
    holders: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    def title(self, language: str) -> str:
        return {"sv": self.title_sv, "en": self.title_en}.get(language) or self.title_fi


class RequirementTraining(Model):
    """A training that fills a requirement; any one of several does."""

    __tablename__ = "requirement_training"
    __table_args__ = (UniqueConstraint("requirement_id", "training_id"),)

    requirement_id: Mapped[Id] = mapped_column(ForeignKey("training_requirement.id"))
    training_id: Mapped[Id] = mapped_column(ForeignKey("training.id"), index=True)


class Completion(Model):
    """Who completed which training, and what shows it. The record does not change; the database refuses (`lasting`).

    Only three things come later: a member claims it (`account_id`), someone revokes it with a reason, and the holder
    decides whether the public check page says their name. `company_id` is the company the person belonged to when it
    was recorded; `evidence_kind` is of `rules.EVIDENCE`, and `evidence_reference` names what shows it. `valid_until`
    is inclusive.
    """

    training_id: Mapped[Id] = mapped_column(ForeignKey("training.id"), index=True)
    training_version: Mapped[int]
    event_id: Mapped[Id | None] = mapped_column(ForeignKey("event.id"))
    sign_up_id: Mapped[Id | None] = mapped_column(ForeignKey("sign_up.id"), unique=True)
    company_id: Mapped[Id | None] = mapped_column(ForeignKey("company.id"))
    account_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"), index=True)
    person_name: Mapped[Line]
    email: Mapped[Line] = mapped_column(index=True)
    language: Mapped[Short] = mapped_column(default="fi")
    completed_on: Mapped[date]
    valid_until: Mapped[date]
    certificate_code: Mapped[Short] = mapped_column(unique=True)
    evidence_kind: Mapped[Short] = mapped_column(default="attendance")
    evidence_reference: Mapped[Line] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    claimed_at: Mapped[Instant | None]
    shows_name: Mapped[bool] = mapped_column(default=False)
    revoked_at: Mapped[Instant | None]
    revoked_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    revoked_reason: Mapped[Line] = mapped_column(default="")


lasting.guard(Completion.__table__)
