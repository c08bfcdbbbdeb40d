"""Reads of courses: their parts, how far a member is, which course to take, and the numbers for staff."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, or_, select

from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import NotFound
from portal.trainings.courses.models import (
    Attempt,
    Course,
    CourseStatus,
    Progress,
    Question,
    Reading,
    Section,
)
from portal.trainings.models import Completion, Training


@dataclass(frozen=True)
class State:
    """How far a member is in one version. Without `progress` nothing was begun."""

    course: Course
    sections: list[Section]
    progress: Progress | None
    read: frozenset[UUID]
    attempts: list[Attempt]
    completion: Completion | None

    @property
    def unread(self) -> list[Section]:
        return [each for each in self.sections if each.id not in self.read]

    @property
    def under_way(self) -> Attempt | None:
        return next((each for each in self.attempts if each.submitted_at is None), None)

    @property
    def last(self) -> Attempt | None:
        """The newest try that was sent."""
        return next((each for each in reversed(self.attempts) if each.submitted_at is not None), None)

    @property
    def tries(self) -> int:
        return sum(each.submitted_at is not None for each in self.attempts)

    @property
    def is_passed(self) -> bool:
        return self.progress is not None and self.progress.passed_at is not None

    @property
    def may_begin_quiz(self) -> bool:
        return self.progress is not None and not self.unread and not self.is_passed


def sections_of(course_id: UUID, all_of_them: bool = False) -> list[Section]:
    query = select(Section).where(Section.course_id == course_id).order_by(Section.position, Section.id)
    return list(db.session.scalars(query if all_of_them else query.where(Section.retired.is_(False))))


def questions_of(course_id: UUID, all_of_them: bool = False) -> list[Question]:
    query = select(Question).where(Question.course_id == course_id).order_by(Question.position, Question.id)
    return list(db.session.scalars(query if all_of_them else query.where(Question.retired.is_(False))))


def versions_of(training_id: UUID) -> list[Course]:
    """The newest first."""
    return list(
        db.session.scalars(select(Course).where(Course.training_id == training_id).order_by(Course.number.desc()))
    )


def published_of(training_id: UUID) -> Course | None:
    return db.session.scalar(
        select(Course).where(Course.training_id == training_id, Course.status == CourseStatus.PUBLISHED)
    )


def offered_id() -> ScalarSelect[UUID]:
    """The published course of the `Training` of an outer select, as a column; the training itself is offered too."""
    offered = select(Course.id).where(Course.training_id == Training.id, Course.status == CourseStatus.PUBLISHED)
    return offered.where(Training.retired.is_(False)).limit(1).correlate(Training).scalar_subquery()


# --- a member's -----------------------------------------------------------------


def is_open_to(account_id: UUID) -> ColumnElement[bool]:
    """A course that is published, or an older one that the member has begun."""
    begun = select(Progress.id).where(Progress.course_id == Course.id, Progress.account_id == account_id).exists()
    return or_(is_offered(), begun & (Course.status != CourseStatus.DRAFT))


def taken_by(viewer: Viewer, course_id: UUID) -> tuple[Course, Training]:
    """A course that the member may take, and its training. Raises `NotFound`."""
    query = select(Course, Training).join(Training, Training.id == Course.training_id)
    row = db.session.execute(query.where(Course.id == course_id, is_open_to(viewer.id))).one_or_none()
    if row is None:
        raise NotFound
    return row.Course, row.Training


def section_of(viewer: Viewer, section_id: UUID) -> tuple[Section, Course, Training]:
    """A section of a course that the member may take. Raises `NotFound`."""
    section = db.session.get(Section, section_id)
    if section is None or section.retired:
        raise NotFound
    course, training = taken_by(viewer, section.course_id)
    return section, course, training


def attempt_of(viewer: Viewer, attempt_id: UUID) -> tuple[Attempt, Progress, Course, Training]:
    """The member's own try. Raises `NotFound`."""
    query = (
        select(Attempt, Progress, Course, Training)
        .join(Progress, Progress.id == Attempt.progress_id)
        .join(Course, Course.id == Progress.course_id)
        .join(Training, Training.id == Course.training_id)
        .where(Attempt.id == attempt_id, Progress.account_id == viewer.id)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row.Attempt, row.Progress, row.Course, row.Training


def progress_of(course_id: UUID, account_id: UUID) -> Progress | None:
    """The newest turn."""
    query = select(Progress).where(Progress.course_id == course_id, Progress.account_id == account_id)
    return db.session.scalar(query.order_by(Progress.turn.desc()).limit(1))


def readings_of(progress_id: UUID) -> frozenset[UUID]:
    return frozenset(db.session.scalars(select(Reading.section_id).where(Reading.progress_id == progress_id)))


def attempts_of(progress_id: UUID) -> list[Attempt]:
    return list(db.session.scalars(select(Attempt).where(Attempt.progress_id == progress_id).order_by(Attempt.number)))


def state_of(course: Course, account_id: UUID) -> State:
    """Five statements at most, however much there is."""
    progress = progress_of(course.id, account_id)
    sections = sections_of(course.id)
    if progress is None:
        return State(course, sections, None, frozenset(), [], None)
    completion = db.session.get(Completion, progress.completion_id) if progress.completion_id else None
    return State(course, sections, progress, readings_of(progress.id), attempts_of(progress.id), completion)


@dataclass(frozen=True)
class Offer:
    """A course on a member's list: the version they are in, else the published one."""

    course: Course
    training: Training
    progress: Progress | None


def offers_to(account_id: UUID) -> list[Offer]:
    """One for each training that has a course, in one statement: the version under way, else the published one."""
    mine = (Progress.course_id == Course.id) & (Progress.account_id == account_id) & Progress.left_at.is_(None)
    query = (
        select(Course, Training, Progress)
        .join(Training, Training.id == Course.training_id)
        .outerjoin(Progress, mine)
        .where(or_(is_offered(), Progress.passed_at.is_(None) & Progress.id.is_not(None)))
        .order_by(Training.code, Course.number, Progress.turn)
    )
    found: dict[UUID, Offer] = {}
    for course, training, progress in db.session.execute(query):
        known = found.get(training.id)
        if progress is not None or known is None or known.progress is None:
            found[training.id] = Offer(course, training, progress)
    return list(found.values())


def is_offered() -> ColumnElement[bool]:
    return (Course.status == CourseStatus.PUBLISHED) & Training.retired.is_(False)
