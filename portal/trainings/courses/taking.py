"""A member takes a course: reads, tries the quiz, passes once. Each verb locks the member's progress first."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select, update

from portal.accounts import services as accounts
from portal.core import audit, clock, retention
from portal.core.access import Viewer
from portal.core.db import db, lock_words
from portal.core.errors import N_, RuleBroken
from portal.trainings import completions
from portal.trainings.courses import queries, rules
from portal.trainings.courses.models import Attempt, Course, CourseStatus, Progress, Question, Reading, Section
from portal.trainings.models import Completion, Training

EVIDENCE = "course"
TEXTS = tuple(f"{part}_{language}" for part in ("title", "text", "video") for language in ("fi", "sv", "en"))


def read(section: Section, course: Course, viewer: Viewer) -> None:
    """The section is read; the first one begins the course."""
    progress = begun(course, viewer)
    if section.id not in queries.readings_of(progress.id):
        db.session.add(Reading(progress_id=progress.id, section_id=section.id, read_at=clock.now()))


def begun(course: Course, viewer: Viewer) -> Progress:
    """The member's way through this version, begun when it was not, locked until the commit."""
    lock_words([f"course {course.id} {viewer.id}"])
    progress = locked(course.id, viewer.id)
    return progress or begin(course, viewer, turn=1)


def begin(course: Course, viewer: Viewer, turn: int) -> Progress:
    if course.status != CourseStatus.PUBLISHED:
        raise RuleBroken(N_("This version is no longer offered. Begin the newest one on the page Trainings."))
    progress = Progress(course_id=course.id, account_id=viewer.id, turn=turn, begun_at=clock.now())
    db.session.add(progress)
    db.session.flush()  # readings point to it
    audit.record("course.begun", "course", course.id, facts={"number": course.number})
    return progress


def locked(course_id: UUID, account_id: UUID) -> Progress | None:
    query = select(Progress).where(Progress.course_id == course_id, Progress.account_id == account_id)
    return db.session.scalar(query.order_by(Progress.turn.desc()).limit(1).with_for_update())


def begin_attempt(course: Course, viewer: Viewer) -> Attempt:
    """The try that is under way, or a new one with its own order. Raises `RuleBroken` while sections are unread."""
    progress = begun(course, viewer)
    check_goes_on(progress)
    read_already = queries.readings_of(progress.id)
    rules.check_read(len([each for each in queries.sections_of(course.id) if each.id not in read_already]))
    tries = queries.attempts_of(progress.id)
    if tries and tries[-1].submitted_at is None:
        return tries[-1]
    seed = secrets.token_hex(8)
    asked = rules.shuffled([str(each.id) for each in queries.questions_of(course.id)], seed)
    attempt = Attempt(progress_id=progress.id, number=len(tries) + 1, seed=seed, question_ids=asked)
    attempt.begun_at, attempt.answers, attempt.right_ids = clock.now(), {}, []
    db.session.add(attempt)
    return attempt


def check_goes_on(progress: Progress) -> None:
    if progress.passed_at is not None:
        raise RuleBroken(N_("You have passed this course already."))
    if progress.left_at is not None:
        raise RuleBroken(N_("You moved over to a newer version. Go on there."))


def submit(attempt: Attempt, questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> bool:
    """Mark the try; passing records the completion, once for each turn. False: it was sent before, and stands."""
    progress = db.session.scalars(select(Progress).where(Progress.id == attempt.progress_id).with_for_update()).one()
    db.session.refresh(attempt, with_for_update=True)
    if attempt.submitted_at is not None:
        return False
    check_goes_on(progress)
    rules.check_answers(answers, [each.id for each in questions])
    course = db.session.get_one(Course, progress.course_id)
    right = [str(each.id) for each in questions if rules.is_right(answers[str(each.id)], each.right)]
    attempt.answers = {str(each.id): sorted(answers[str(each.id)]) for each in questions}
    attempt.right_ids, attempt.submitted_at = right, clock.now()
    attempt.passed = rules.has_passed(len(right), len(questions), course.pass_percent)
    facts = {"attempt": attempt.id, "number": attempt.number, "right": len(right), "count": len(questions)}
    audit.record("course.tried", "course", course.id, facts=facts)
    if attempt.passed:
        record_pass(progress, attempt, course)
    return True


def record_pass(progress: Progress, attempt: Attempt, course: Course) -> None:
    account, training = accounts.get(progress.account_id), db.session.get_one(Training, course.training_id)
    completion = completions.record(training, account, evidence=EVIDENCE, reference=attempt.id)
    progress.passed_at, progress.completion_id = clock.now(), completion.id


def may_take_again(state: queries.State) -> bool:
    """Once passed: when the completion is revoked, has ended or soon does."""
    if not state.is_passed or state.course.status != CourseStatus.PUBLISHED:
        return False
    held = state.completion is not None and state.completion.revoked_at is None
    return rules.may_take_again(state.completion.valid_until if held and state.completion else None, clock.today())


def take_again(course: Course, viewer: Viewer) -> Progress:
    """A new turn, from the first section. Raises `RuleBroken` while the completion lasts."""
    lock_words([f"course {course.id} {viewer.id}"])
    progress = locked(course.id, viewer.id)
    if progress is None or not may_take_again(queries.state_of(course, viewer.id)):
        raise RuleBroken(N_("Your completion still lasts. You can take the course again near its end."))
    return begin(course, viewer, progress.turn + 1)


def kept_in(newer: Sequence[Section], older: Sequence[Section], read_already: frozenset[UUID]) -> list[Section]:
    """The sections of the newer version that were read in the older one and say the same there."""
    before = {each.origin_id: each for each in older if each.id in read_already}
    return [each for each in newer if says_the_same(before.get(each.origin_id), each)]


def says_the_same(before: Section | None, now: Section) -> bool:
    return before is not None and all(getattr(before, name) == getattr(now, name) for name in TEXTS)


def move_over(progress: Progress, to: Course, viewer: Viewer) -> Progress:
    """From an older version to the one that is published: what was read and has not changed stays read."""
    check_goes_on(progress)
    following = begun(to, viewer)
    known = queries.readings_of(following.id)
    done, older = queries.readings_of(progress.id), queries.sections_of(progress.course_id)
    for section in kept_in(queries.sections_of(to.id), older, done):
        if section.id not in known:
            db.session.add(Reading(progress_id=following.id, section_id=section.id, read_at=clock.now()))
    progress.left_at = clock.now()
    audit.record("course.moved_over", "course", to.id, facts={"number": to.number})
    return following


def forget_answers() -> int:
    """What somebody chose a year ago concerns nobody; how many were right stays."""
    old = update(Attempt).where(Attempt.submitted_at < clock.now() - rules.ANSWERS_KEPT, Attempt.forgotten_at.is_(None))
    return retention.count(old.values(answers={}, forgotten_at=clock.now()))


def certificate_of(state: queries.State) -> Completion | None:
    """What passing recorded, while it was not revoked."""
    return state.completion if state.completion is not None and state.completion.revoked_at is None else None
