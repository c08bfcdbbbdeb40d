"""Numbers of a course for staff: how many began, passed and tried. Nobody's answers can be told from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from portal.core.db import db
from portal.events.rules import LANGUAGES
from portal.trainings.courses import queries, rules
from portal.trainings.courses.models import Attempt, Course, Progress, Question

MOST_READ = 2000


@dataclass(frozen=True)
class Counts:
    """People who began and who passed, and tries that were sent."""

    started: int = 0
    passed: int = 0
    tries: int = 0


@dataclass(frozen=True)
class ByQuestion:
    """Of the people who answered it in their first try, how many were right."""

    question: Question
    people: int
    right: int

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.people)


def counts_of(course_ids: Sequence[UUID]) -> dict[UUID, Counts]:
    """For each of the versions, in two statements. A member who takes it again years later is one person."""
    people = func.count(Progress.account_id.distinct())
    passed = func.count(Progress.account_id.distinct()).filter(Progress.passed_at.is_not(None))
    of = Progress.course_id.in_(course_ids)
    begun = db.session.execute(select(Progress.course_id, people, passed).where(of).group_by(Progress.course_id))
    sent = select(Progress.course_id, func.count(Attempt.id)).join(Attempt, Attempt.progress_id == Progress.id)
    sent = sent.where(of, Attempt.submitted_at.is_not(None)).group_by(Progress.course_id)
    tries = {row[0]: row[1] for row in db.session.execute(sent)}
    known = {row[0]: Counts(row[1], row[2], tries.get(row[0], 0)) for row in begun}
    return {each: known.get(each, Counts()) for each in course_ids}


def under_way(course_id: UUID) -> int:
    """Members who have begun, and have neither passed nor moved over."""
    query = select(func.count(Progress.id)).where(Progress.course_id == course_id)
    return db.session.scalar(query.where(Progress.passed_at.is_(None), Progress.left_at.is_(None))) or 0


def by_question(course: Course) -> list[ByQuestion]:
    """The hardest first; a question that fewer than five people have met is left out, not rounded."""
    first = (
        select(Attempt.question_ids, Attempt.right_ids)
        .join(Progress, Progress.id == Attempt.progress_id)
        .where(Progress.course_id == course.id, Progress.turn == 1, Attempt.number == 1)
        .where(Attempt.submitted_at.is_not(None))
    )
    met: dict[str, list[bool]] = {}
    for asked, right in db.session.execute(first.order_by(Attempt.submitted_at.desc()).limit(MOST_READ)):
        for each in asked:
            met.setdefault(each, []).append(each in right)
    found = [
        ByQuestion(question, len(met[str(question.id)]), sum(met[str(question.id)]))
        for question in queries.questions_of(course.id)
        if len(met.get(str(question.id), ())) >= rules.FEWEST_FOR_NUMBERS
    ]
    return sorted(found, key=lambda each: each.percent)


def gaps_of(course: Course) -> dict[str, int]:
    """How many texts lack Swedish or English, by language; they are shown in Finnish, with a mark."""
    rows = [(course, ("intro",))]
    rows += [(each, ("title", "text")) for each in queries.sections_of(course.id)]  # type: ignore[misc]
    rows += [(each, ("text", "why")) for each in queries.questions_of(course.id)]  # type: ignore[misc]
    gaps = {
        code: sum(not getattr(row, f"{part}_{code}") for row, parts in rows for part in parts) for code in LANGUAGES
    }
    return {code: number for code, number in gaps.items() if number}
