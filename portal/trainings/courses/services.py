"""Versions of courses: begun, published, renewed and retired. One draft and one published version a training."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, inspect, select

from portal.core import audit, clock, states
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.trainings import services as trainings
from portal.trainings.courses import queries, rules
from portal.trainings.courses.models import COURSE_NEXT, Course, CourseStatus
from portal.trainings.models import Training


@dataclass(frozen=True)
class Frame:
    """What a version says of itself."""

    intro_fi: str
    intro_sv: str
    intro_en: str
    minutes: int
    pass_percent: int


def get(course_id: UUID) -> Course:
    """Raises `NotFound`."""
    course = db.session.get(Course, course_id)
    if course is None:
        raise NotFound
    return course


def create(training: Training, frame: Frame) -> Course:
    """A draft that begins from nothing. Raises `RuleBroken` beside another draft."""
    check_no_draft(training.id)
    course = Course(training_id=training.id, number=next_number(training.id), version=1, **asdict(frame))
    course.status = CourseStatus.DRAFT
    db.session.add(course)
    audit.record("course.created", "course", course.id, facts={"training": training.id, "number": course.number})
    return course


def edit(course: Course, frame: Frame) -> None:
    check_draft(course)
    for name, value in asdict(frame).items():
        setattr(course, name, value)
    course.version += 1
    audit.record("course.edited", "course", course.id)


def publish(course: Course) -> None:
    """From now on this version is the one to begin; who is in an earlier one may finish it."""
    rules.check_publishable(lacking(course))
    before = queries.published_of(course.training_id)
    if before is not None:
        states.move(before, CourseStatus.REPLACED, COURSE_NEXT)
    db.session.flush()  # never two that are published, not even for a moment
    states.move(course, CourseStatus.PUBLISHED, COURSE_NEXT)
    course.published_at = clock.now()
    course.version += 1


def retire(course: Course) -> None:
    """Nobody begins it any more; who has begun may finish."""
    states.move(course, CourseStatus.RETIRED, COURSE_NEXT)
    course.version += 1


def renew(course: Course) -> Course:
    """A draft that begins as a copy of this version, without what was taken out. Raises `RuleBroken` beside another."""
    draft = create(trainings.get(course.training_id), frame_of(course))
    sections = {each.id: copy(each, course_id=draft.id, version=1) for each in queries.sections_of(course.id)}
    db.session.add_all(sections.values())
    db.session.flush()  # questions point to them, and no relationship orders the two
    for question in queries.questions_of(course.id):
        of = sections.get(question.section_id) if question.section_id else None
        db.session.add(copy(question, course_id=draft.id, section_id=of.id if of else None, version=1))
    return draft


def frame_of(course: Course) -> Frame:
    return Frame(course.intro_fi, course.intro_sv, course.intro_en, course.minutes, course.pass_percent)


def copy(row: Any, **changes: Any) -> Any:
    names = [attribute.key for attribute in inspect(type(row)).column_attrs]
    values = {name: getattr(row, name) for name in names}
    return type(row)(**(values | {"id": uuid4()} | changes))


def lacking(course: Course) -> list[str]:
    """What it needs before it is published, as marked sentences; with what was not taken out of it."""
    sections, questions = queries.sections_of(course.id), queries.questions_of(course.id)
    here = {each.id for each in sections}
    orphans = [each for each in questions if each.section_id is not None and each.section_id not in here]
    return rules.lacking(len(sections), len(questions), len(orphans))


def check_draft(course: Course) -> None:
    rules.check_writable(course.status == CourseStatus.DRAFT)


def check_no_draft(training_id: UUID) -> None:
    """The training's row is locked, so that of two who begin at once one is told."""
    db.session.execute(select(Training.id).where(Training.id == training_id).with_for_update())
    draft = select(Course.id).where(Course.training_id == training_id, Course.status == CourseStatus.DRAFT)
    if db.session.scalar(draft) is not None:
        raise RuleBroken(N_("A new version is being written already. Go on with that one."))


def next_number(training_id: UUID) -> int:
    last = db.session.scalar(select(func.max(Course.number)).where(Course.training_id == training_id))
    return (last or 0) + 1
