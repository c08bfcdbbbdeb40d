"""The parts of a version: sections and questions are written, put in order, and taken out without being lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

from werkzeug.datastructures import FileStorage

from portal.core import audit, files
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.trainings.courses import queries, rules
from portal.trainings.courses import services as courses
from portal.trainings.courses.models import Course, CourseStatus, Question, Section

Part = Section | Question
FILE = "course_section"


@dataclass(frozen=True)
class SectionText:
    title_fi: str
    title_sv: str
    title_en: str
    text_fi: str
    text_sv: str
    text_en: str
    video_url: str
    video_fi: str
    video_sv: str
    video_en: str
    material_fi: str
    material_sv: str
    material_en: str
    material_url: str


@dataclass(frozen=True)
class QuestionText:
    """`options` are mappings of `id`, `fi`, `sv`, `en`, `right`; an empty `id` is a new answer."""

    kind: str
    section_id: UUID | None
    text_fi: str
    text_sv: str
    text_en: str
    why_fi: str
    why_sv: str
    why_en: str
    options: Sequence[Mapping[str, Any]]


def section(section_id: UUID) -> Section:
    """Raises `NotFound`."""
    found = db.session.get(Section, section_id)
    if found is None:
        raise NotFound
    return found


def question(question_id: UUID) -> Question:
    """Raises `NotFound`."""
    found = db.session.get(Question, question_id)
    if found is None:
        raise NotFound
    return found


def add_section(course: Course, text: SectionText, file: FileStorage | None = None) -> Section:
    courses.check_draft(course)
    position = last_position(queries.sections_of(course.id, all_of_them=True), rules.MOST_SECTIONS)
    made = Section(course_id=course.id, origin_id=uuid4(), position=position, version=1, **asdict(text))
    db.session.add(made)
    keep_file(made, file)
    audit.record("course.section_added", "course", course.id, facts={"section": made.id})
    return made


def edit_section(course: Course, changed: Section, text: SectionText, file: FileStorage | None, drop: bool) -> None:
    """`drop` takes the file away; versions that were published keep theirs."""
    courses.check_draft(course)
    for name, value in asdict(text).items():
        setattr(changed, name, value)
    if drop:
        changed.file_id = None
    keep_file(changed, file)
    changed.version += 1
    audit.record("course.section_edited", "course", course.id, facts={"section": changed.id})


def keep_file(of: Section, file: FileStorage | None) -> None:
    if file is not None and file.filename:
        kept = files.store(file, subject=FILE, subject_id=of.id, allowed=files.DOCUMENTS)
        of.file_id = kept.id


def add_question(course: Course, text: QuestionText) -> Question:
    courses.check_draft(course)
    rules.check_options(text.kind, text.options)
    position = last_position(queries.questions_of(course.id, all_of_them=True), rules.MOST_QUESTIONS)
    made = Question(course_id=course.id, position=position, version=1, **values_of(text))
    db.session.add(made)
    audit.record("course.question_added", "course", course.id, facts={"question": made.id})
    return made


def edit_question(course: Course, changed: Question, text: QuestionText) -> None:
    courses.check_draft(course)
    rules.check_options(text.kind, text.options)
    for name, value in values_of(text).items():
        setattr(changed, name, value)
    changed.version += 1
    audit.record("course.question_edited", "course", course.id, facts={"question": changed.id})


def values_of(text: QuestionText) -> dict[str, Any]:
    """Each answer keeps its id, so that tries made before still say what was chosen."""
    options, known = [], set()
    for option in text.options:
        fresh = not option["id"] or option["id"] in known
        options.append({**option, "id": uuid4().hex[:8] if fresh else option["id"]})
        known.add(options[-1]["id"])
    return {**asdict(text), "options": options}


def last_position(parts: Sequence[Part], most: int) -> int:
    if len(parts) >= most:
        raise RuleBroken(N_("There is room for %(most)d. Make two into one first."), most=most)
    return max((each.position for each in parts), default=0) + 1


def shift(course: Course, moved: Part, by: Literal[-1, 1]) -> None:
    """Up or down by one among those that stand; at the end it stays."""
    courses.check_draft(course)
    parts = beside(moved)
    at = next((index for index, each in enumerate(parts) if each.id == moved.id), None)
    if at is None or not 0 <= at + by < len(parts):
        return
    other = parts[at + by]
    moved.position, other.position = other.position, moved.position
    audit.record("course.arranged", "course", course.id, facts={kind_of(moved): moved.id})


def take_out(course: Course, part: Part) -> None:
    """Asked and shown no more, in a published version too, for what is wrong; what was answered stays."""
    if course.status != CourseStatus.DRAFT:
        rules.check_keeps_enough(len([each for each in beside(part) if each.id != part.id]))
    set_retired(course, part, True)


def put_back(course: Course, part: Part) -> None:
    set_retired(course, part, False)


def set_retired(course: Course, part: Part, retired: bool) -> None:
    if part.retired == retired:
        return
    part.retired = retired
    part.version += 1
    verb = "course.taken_out" if retired else "course.put_back"
    audit.record(verb, "course", course.id, facts={kind_of(part): part.id})


def beside(part: Part) -> Sequence[Part]:
    """Those of its kind that stand in the same version."""
    if isinstance(part, Section):
        return queries.sections_of(part.course_id)
    return queries.questions_of(part.course_id)


def kind_of(part: Part) -> str:
    return "section" if isinstance(part, Section) else "question"
