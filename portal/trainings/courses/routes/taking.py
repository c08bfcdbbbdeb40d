"""A member takes a course: where they are, its sections one by one, and the move to a newer version."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import files, languages, pages
from portal.core.access import Permission, requires
from portal.core.db import db
from portal.core.errors import NotFound, RuleBroken
from portal.trainings import certificates
from portal.trainings import rules as training_rules
from portal.trainings.courses import queries, taking, words
from portal.trainings.courses.blueprint import bp
from portal.trainings.courses.models import Course, CourseStatus
from portal.trainings.courses.quiz_forms import ButtonForm
from portal.trainings.models import Training


@bp.route("/courses/<uuid:course_id>", methods=["GET", "POST"])
@requires(Permission.COMPLETION_CLAIM)
def overview(course_id: UUID) -> ResponseReturnValue:
    """Where the member is, and the next step. The button takes the course again near the end of a completion."""
    course, training = queries.taken_by(current_user, course_id)
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            taking.take_again(course, current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("You take the course again, from the beginning."), "good")
            return redirect(url_for("courses.overview", course_id=course.id))
    state = queries.state_of(course, current_user.id)
    return pages.render(
        "courses/overview.html",
        **frame(course, training),
        form=form,
        state=state,
        newer=newer_than(course, state),
        certificate=taking.certificate_of(state),
        may_take_again=taking.may_take_again(state),
        shown_code=training_rules.shown_code,
        questions=len(queries.questions_of(course.id)),
    )


def frame(course: Course, training: Training) -> dict[str, object]:
    """What every page of a course shows."""
    return {
        "course": course,
        "training": training,
        "title": training.title(languages.current()),
        "words": words,
        "preview": False,
        "own_certificate": lambda completion: certificates.own_path(completion.id, languages.current()),
    }


def newer_than(course: Course, state: queries.State) -> Course | None:
    """The published version, for a member who is on the way through an older one."""
    going_on = state.progress is not None and state.progress.left_at is None and not state.is_passed
    if course.status == CourseStatus.PUBLISHED or not going_on:
        return None
    return queries.published_of(course.training_id)


@bp.route("/courses/sections/<uuid:section_id>", methods=["GET", "POST"])
@requires(Permission.COMPLETION_CLAIM)
def section(section_id: UUID) -> ResponseReturnValue:
    """One section a page; its button keeps that it was read and leads on."""
    shown, course, training = queries.section_of(current_user, section_id)
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            taking.read(shown, course, current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(after(course, shown.id))
    state = queries.state_of(course, current_user.id)
    at = [each.id for each in state.sections].index(shown.id)
    return pages.render(
        "courses/section.html",
        **frame(course, training),
        form=form,
        state=state,
        section=shown,
        number=at + 1,
        before=state.sections[at - 1] if at else None,
        is_last=at + 1 == len(state.sections),
        file=db.session.get(files.SealedFile, shown.file_id) if shown.file_id else None,
    )


def after(course: Course, section_id: UUID) -> str:
    """The next section in order; after the last one what is still unread, else the quiz."""
    state = queries.state_of(course, current_user.id)
    following = state.sections[[each.id for each in state.sections].index(section_id) + 1 :]
    ahead = following[:1] or state.unread[:1]
    if ahead:
        return url_for("courses.section", section_id=ahead[0].id)
    return url_for("courses.quiz", course_id=course.id)


@bp.route("/courses/sections/<uuid:section_id>/file")
@requires(Permission.COMPLETION_CLAIM)
def material(section_id: UUID) -> ResponseReturnValue:
    shown, _course, _training = queries.section_of(current_user, section_id)
    kept = db.session.get(files.SealedFile, shown.file_id) if shown.file_id else None
    if kept is None:
        raise NotFound
    return files.response(kept)


@bp.route("/courses/<uuid:course_id>/move", methods=["GET", "POST"])
@requires(Permission.COMPLETION_CLAIM)
def move(course_id: UUID) -> ResponseReturnValue:
    """From an older version to the newest; the page says what stays read."""
    course, training = queries.taken_by(current_user, course_id)
    state = queries.state_of(course, current_user.id)
    newer = newer_than(course, state)
    if newer is None or state.progress is None:
        return redirect(url_for("courses.overview", course_id=course.id))
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            taking.move_over(state.progress, newer, current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("You are in the newest version now."), "good")
            return redirect(url_for("courses.overview", course_id=newer.id))
    sections = queries.sections_of(newer.id)
    kept = {each.id for each in taking.kept_in(sections, state.sections, state.read)}
    return pages.render(
        "courses/move.html",
        **frame(course, training),
        form=form,
        newer=newer,
        kept=[each for each in sections if each.id in kept],
        to_read=[each for each in sections if each.id not in kept],
    )
