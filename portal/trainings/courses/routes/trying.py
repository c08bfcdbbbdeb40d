"""A member tries the quiz of a course, as often as it needs, and reads why."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.trainings.courses import queries, rules, taking, words
from portal.trainings.courses.blueprint import bp
from portal.trainings.courses.models import Course, Question
from portal.trainings.courses.quiz_forms import ButtonForm, quiz_form
from portal.trainings.courses.routes.taking import frame


@bp.route("/courses/<uuid:course_id>/quiz", methods=["GET", "POST"])
@requires(Permission.COMPLETION_CLAIM)
def quiz(course_id: UUID) -> ResponseReturnValue:
    """What the quiz asks, and the button that begins a try."""
    course, training = queries.taken_by(current_user, course_id)
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            attempt = taking.begin_attempt(course, current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("courses.attempt", attempt_id=attempt.id))
    asked = len(queries.questions_of(course.id))
    return pages.render(
        "courses/quiz.html",
        **frame(course, training),
        form=form,
        state=queries.state_of(course, current_user.id),
        asked=asked,
        needed=rules.needed(asked, course.pass_percent),
    )


@bp.route("/courses/attempts/<uuid:attempt_id>", methods=["GET", "POST"])
@requires(Permission.COMPLETION_CLAIM)
def attempt(attempt_id: UUID) -> ResponseReturnValue:
    """The try that is under way; one that was sent leads to its result."""
    tried, progress, course, training = queries.attempt_of(current_user, attempt_id)
    there = url_for("courses.result", attempt_id=tried.id)
    if tried.submitted_at is not None:
        return redirect(there)
    if progress.left_at is not None:
        return redirect(url_for("courses.overview", course_id=course.id))
    questions = tried.asked(questions_by_id(course))
    form = quiz_form(questions, tried.seed)
    if form.validate_on_submit():
        try:
            taking.submit(tried, questions, form.answers())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(there)
    return pages.render(
        "courses/attempt.html",
        **frame(course, training),
        form=form,
        number=tried.number,
        needed=rules.needed(len(questions), course.pass_percent),
    )


def questions_by_id(course: Course) -> dict[UUID, Question]:
    return {each.id: each for each in queries.questions_of(course.id, all_of_them=True)}


@bp.route("/courses/attempts/<uuid:attempt_id>/result")
@requires(Permission.COMPLETION_CLAIM)
def result(attempt_id: UUID) -> ResponseReturnValue:
    """What was right, why, and what to read again."""
    tried, _progress, course, training = queries.attempt_of(current_user, attempt_id)
    if tried.submitted_at is None:
        return redirect(url_for("courses.attempt", attempt_id=tried.id))
    questions = tried.asked(questions_by_id(course))
    state = queries.state_of(course, current_user.id)
    known = tried.forgotten_at is None
    explained = words.explain(questions, tried.answers, tried.seed, state.sections) if known else []
    return pages.render(
        "courses/result.html",
        **frame(course, training),
        form=ButtonForm(),
        state=state,
        attempt=tried,
        explained=explained,
        right=len(tried.right_ids),
        asked=len(questions),
        needed=rules.needed(len(questions), course.pass_percent),
        again=words.to_read_again(explained),
        certificate=taking.certificate_of(state) if tried.passed else None,
    )
