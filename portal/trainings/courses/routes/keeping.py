"""The versions of a course that staff keep: made, published, renewed, retired, and their numbers."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.trainings import services as trainings
from portal.trainings.courses import numbers as course_numbers
from portal.trainings.courses import queries, words
from portal.trainings.courses import services as courses
from portal.trainings.courses.blueprint import bp
from portal.trainings.courses.forms import CourseForm
from portal.trainings.courses.models import Course, CourseStatus
from portal.trainings.courses.quiz_forms import ButtonForm


def frame(course: Course) -> dict[str, object]:
    """What every page of a version shows."""
    training = trainings.get(course.training_id)
    return {
        "course": course,
        "training": training,
        "title": training.title(languages.current()),
        "words": words,
        "is_draft": course.status == CourseStatus.DRAFT,
    }


@bp.route("/trainings/<uuid:training_id>/courses")
@requires(Permission.EVENT_MANAGE)
def index(training_id: UUID) -> ResponseReturnValue:
    """The versions of a training's course, the newest first."""
    training = trainings.get(training_id)
    versions = queries.versions_of(training.id)
    return pages.render(
        "courses/index.html",
        training=training,
        title=training.title(languages.current()),
        versions=versions,
        counts=course_numbers.counts_of([each.id for each in versions]),
        has_draft=any(each.status == CourseStatus.DRAFT for each in versions),
        words=words,
    )


@bp.route("/trainings/<uuid:training_id>/courses/new", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def create(training_id: UUID) -> ResponseReturnValue:
    training = trainings.get(training_id)
    form = CourseForm(data={"minutes": 30, "pass_percent": 80})
    if form.validate_on_submit():
        try:
            made = courses.create(training, form.frame())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The course is saved as a draft. Write its sections next."), "good")
            return redirect(url_for("courses.show", course_id=made.id))
    title = training.title(languages.current())
    return pages.render("courses/create.html", form=form, training=training, title=title)


@bp.route("/courses/<uuid:course_id>/version")
@requires(Permission.EVENT_MANAGE)
def show(course_id: UUID) -> ResponseReturnValue:
    """A version with its parts, and the buttons that put them in order."""
    course = courses.get(course_id)
    sections = queries.sections_of(course.id, all_of_them=True)
    questions = queries.questions_of(course.id, all_of_them=True)
    return pages.render(
        "courses/show.html",
        **frame(course),
        sections=[each for each in sections if not each.retired],
        questions=[each for each in questions if not each.retired],
        out_sections=[each for each in sections if each.retired],
        out_questions=[each for each in questions if each.retired],
        missing=courses.lacking(course) if course.status == CourseStatus.DRAFT else [],
        counts=course_numbers.counts_of([course.id])[course.id],
        title_of={each.id: words.plain(each, "title") for each in sections},
    )


@bp.route("/courses/<uuid:course_id>/edit", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def edit(course_id: UUID) -> ResponseReturnValue:
    course = courses.get(course_id)
    if course.status != CourseStatus.DRAFT:
        return unchanging(course)
    form = CourseForm(obj=course)
    if form.validate_on_submit():
        try:
            courses.edit(course, form.frame())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The version is saved."), "good")
            return redirect(url_for("courses.show", course_id=course.id))
    return pages.render("courses/edit.html", **frame(course), form=form)


def unchanging(course: Course) -> ResponseReturnValue:
    """Back to a version that is published: it says why nothing changes there."""
    flash(_("A published version does not change. Begin a new version and write there."))
    return redirect(url_for("courses.show", course_id=course.id))


@bp.route("/courses/<uuid:course_id>/publish", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def publish(course_id: UUID) -> ResponseReturnValue:
    course = courses.get(course_id)
    if course.status != CourseStatus.DRAFT:
        return redirect(url_for("courses.show", course_id=course.id))
    form = ButtonForm(obj=course)
    if form.validate_on_submit():
        try:
            courses.publish(course)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Version %(number)d is published.", number=course.number), "good")
            return redirect(url_for("courses.show", course_id=course.id))
    before = queries.published_of(course.training_id)
    return pages.render(
        "courses/publish.html",
        **frame(course),
        form=form,
        missing=courses.lacking(course),
        before=before,
        under_way=course_numbers.under_way(before.id) if before else 0,
        gaps=course_numbers.gaps_of(course),
    )


@bp.route("/courses/<uuid:course_id>/renew", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def renew(course_id: UUID) -> ResponseReturnValue:
    """A new version that begins as a copy of this one."""
    course = courses.get(course_id)
    if course.status == CourseStatus.DRAFT:
        return redirect(url_for("courses.show", course_id=course.id))
    form = ButtonForm(obj=course)
    if form.validate_on_submit():
        try:
            draft = courses.renew(course)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Version %(number)d is a draft now. Nobody sees it before you publish it.", number=draft.number))
            return redirect(url_for("courses.show", course_id=draft.id))
    return pages.render("courses/renew.html", **frame(course), form=form)


@bp.route("/courses/<uuid:course_id>/retire", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def retire(course_id: UUID) -> ResponseReturnValue:
    course = courses.get(course_id)
    if course.status not in (CourseStatus.DRAFT, CourseStatus.PUBLISHED):
        return redirect(url_for("courses.show", course_id=course.id))
    form = ButtonForm(obj=course)
    if form.validate_on_submit():
        try:
            courses.retire(course)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Version %(number)d is no longer offered.", number=course.number), "good")
            return redirect(url_for("courses.index", training_id=course.training_id))
    return pages.render(
        "courses/retire.html", **frame(course), form=form, under_way=course_numbers.under_way(course.id)
    )


@bp.route("/courses/<uuid:course_id>/numbers")
@requires(Permission.EVENT_MANAGE)
def numbers(course_id: UUID) -> ResponseReturnValue:
    """How many began, passed and tried; by question only where it tells of nobody."""
    course = courses.get(course_id)
    counts = course_numbers.counts_of([course.id])[course.id]
    return pages.render(
        "courses/numbers.html", **frame(course), counts=counts, questions=course_numbers.by_question(course)
    )
