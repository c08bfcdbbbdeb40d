"""Courses of a training, by version: what they say, what they ask, and how far each member is.

A published version does not change but for what is taken out of it, so that a completion can name what was learnt.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Json, JsonList, Line, Model, Short
from portal.events.rules import LANGUAGES, Spoken, in_language


class CourseStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"
    RETIRED = "retired"


COURSE_NEXT: dict[CourseStatus, frozenset[CourseStatus]] = {
    CourseStatus.DRAFT: frozenset({CourseStatus.PUBLISHED, CourseStatus.RETIRED}),
    CourseStatus.PUBLISHED: frozenset({CourseStatus.REPLACED, CourseStatus.RETIRED}),
    CourseStatus.REPLACED: frozenset(),
    CourseStatus.RETIRED: frozenset(),
}


class QuestionKind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"


class Worded:
    """A row with texts in three languages."""

    def spoken(self, part: str, language: str) -> Spoken:
        """This text in the language, or in the one it falls back to."""
        return in_language({code: getattr(self, f"{part}_{code}") for code in LANGUAGES}, language)


class Course(Worded, Model):
    """One version of a training's course. Each training has at most one draft and one that is published."""

    __table_args__ = (UniqueConstraint("training_id", "number"),)

    training_id: Mapped[Id] = mapped_column(ForeignKey("training.id"))
    number: Mapped[int]
    status: Mapped[Short] = mapped_column(default=CourseStatus.DRAFT)
    intro_fi: Mapped[str] = mapped_column(Text)
    intro_sv: Mapped[str] = mapped_column(Text, default="")
    intro_en: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int]
    pass_percent: Mapped[int]
    published_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)


class Section(Worded, Model):
    """Text in Markdown, with a video that is told in words as well, and a material as a link or a file.

    `origin_id` is the same in every version that the section was taken over into.
    """

    __tablename__ = "course_section"

    course_id: Mapped[Id] = mapped_column(ForeignKey("course.id"), index=True)
    origin_id: Mapped[Id]
    position: Mapped[int]
    title_fi: Mapped[Line]
    title_sv: Mapped[Line] = mapped_column(default="")
    title_en: Mapped[Line] = mapped_column(default="")
    text_fi: Mapped[str] = mapped_column(Text)
    text_sv: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    video_url: Mapped[Line] = mapped_column(default="")
    video_fi: Mapped[str] = mapped_column(Text, default="")
    video_sv: Mapped[str] = mapped_column(Text, default="")
    video_en: Mapped[str] = mapped_column(Text, default="")
    material_fi: Mapped[Line] = mapped_column(default="")
    material_sv: Mapped[Line] = mapped_column(default="")
    material_en: Mapped[Line] = mapped_column(default="")
    material_url: Mapped[Line] = mapped_column(default="")
    file_id: Mapped[Id | None] = mapped_column(ForeignKey("sealed_file.id"))
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class Question(Worded, Model):
    """`options` are mappings of `id`, `fi`, `sv`, `en` and `right`; `why` explains the answer."""

    __tablename__ = "course_question"

    course_id: Mapped[Id] = mapped_column(ForeignKey("course.id"), index=True)
    section_id: Mapped[Id | None] = mapped_column(ForeignKey("course_section.id"))
    position: Mapped[int]
    kind: Mapped[Short]
    text_fi: Mapped[str] = mapped_column(Text)
    text_sv: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    why_fi: Mapped[str] = mapped_column(Text)
    why_sv: Mapped[str] = mapped_column(Text, default="")
    why_en: Mapped[str] = mapped_column(Text, default="")
    options: Mapped[JsonList]
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def right(self) -> frozenset[str]:
        return frozenset(option["id"] for option in self.options if option["right"])


class Progress(Model):
    """One member's way through one version. `turn` counts when the course is taken again years later.

    `left_at` says that the member moved over to a newer version; `completion_id` is what passing recorded.
    """

    __tablename__ = "course_progress"
    __table_args__ = (UniqueConstraint("course_id", "account_id", "turn"),)

    course_id: Mapped[Id] = mapped_column(ForeignKey("course.id"))
    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    turn: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[Instant]
    left_at: Mapped[Instant | None]
    passed_at: Mapped[Instant | None]
    completion_id: Mapped[Id | None] = mapped_column(unique=True)


class Reading(Model):
    """A section that was read."""

    __tablename__ = "course_reading"
    __table_args__ = (UniqueConstraint("progress_id", "section_id"),)

    progress_id: Mapped[Id] = mapped_column(ForeignKey("course_progress.id"))
    section_id: Mapped[Id] = mapped_column(ForeignKey("course_section.id"))
    read_at: Mapped[Instant]


class Attempt(Model):
    """One try at the quiz: its questions as they stood when it began, in the order that `seed` gives.

    `answers` are the options chosen, by question, until they are forgotten; `right_ids` the questions answered rightly.
    """

    __tablename__ = "course_attempt"
    __table_args__ = (UniqueConstraint("progress_id", "number"),)

    progress_id: Mapped[Id] = mapped_column(ForeignKey("course_progress.id"))
    number: Mapped[int]
    seed: Mapped[Short]
    question_ids: Mapped[JsonList]
    begun_at: Mapped[Instant]
    answers: Mapped[Json]
    right_ids: Mapped[JsonList]
    submitted_at: Mapped[Instant | None]
    forgotten_at: Mapped[Instant | None]
    passed: Mapped[bool] = mapped_column(default=False)

    def asked(self, questions: dict[UUID, Question]) -> list[Question]:
        return [questions[UUID(each)] for each in self.question_ids if UUID(each) in questions]
