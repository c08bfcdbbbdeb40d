"""The sections and questions of a version: written, put in order, taken out and put back."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import files, pages
from portal.core.access import Permission, requires
from portal.core.db import db
from portal.core.errors import NotFound, RuleBroken
from portal.trainings.courses import queries, writing
from portal.trainings.courses import services as courses
from portal.trainings.courses.blueprint import bp
from portal.trainings.courses.forms import QuestionForm, SectionForm
from portal.trainings.courses.models import Course, CourseStatus
from portal.trainings.courses.routes.keeping import frame, unchanging

SHIFTS: dict[str, Literal[-1, 1]] = {"up": -1, "down": 1}


@bp.route("/courses/<uuid:course_id>/sections/new", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def add_section(course_id: UUID) -> ResponseReturnValue:
    course = courses.get(course_id)
    if course.status != CourseStatus.DRAFT:
        return unchanging(course)
    form = SectionForm()
    if form.validate_on_submit():
        try:
            writing.add_section(course, form.text(), form.file.data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The section is saved."), "good")
            return redirect(url_for("courses.show", course_id=course.id))
    return pages.render("courses/add_section.html", **frame(course), form=form, file=None)


@bp.route("/courses/sections/<uuid:section_id>/edit", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def edit_section(section_id: UUID) -> ResponseReturnValue:
    section = writing.section(section_id)
    course = courses.get(section.course_id)
    if course.status != CourseStatus.DRAFT:
        return unchanging(course)
    form = SectionForm(obj=section)
    if form.validate_on_submit():
        try:
            writing.edit_section(course, section, form.text(), form.file.data, bool(form.drop_file.data))
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The section is saved."), "good")
            return redirect(url_for("courses.show", course_id=course.id))
    file = db.session.get(files.SealedFile, section.file_id) if section.file_id else None
    return pages.render("courses/edit_section.html", **frame(course), form=form, section=section, file=file)


@bp.route("/courses/sections/<uuid:section_id>/kept-file")
@requires(Permission.EVENT_MANAGE)
def kept_file(section_id: UUID) -> ResponseReturnValue:
    """The material of a section, for staff."""
    section = writing.section(section_id)
    kept = db.session.get(files.SealedFile, section.file_id) if section.file_id else None
    if kept is None:
        raise NotFound
    return files.response(kept)


@bp.route("/courses/<uuid:course_id>/questions/new", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def add_question(course_id: UUID) -> ResponseReturnValue:
    course = courses.get(course_id)
    if course.status != CourseStatus.DRAFT:
        return unchanging(course)
    form = QuestionForm(queries.sections_of(course.id))
    if form.validate_on_submit():
        try:
            writing.add_question(course, form.text())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The question is saved."), "good")
            return redirect(url_for("courses.show", course_id=course.id))
    return pages.render("courses/add_question.html", **frame(course), form=form)


@bp.route("/courses/questions/<uuid:question_id>/edit", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def edit_question(question_id: UUID) -> ResponseReturnValue:
    question = writing.question(question_id)
    course = courses.get(question.course_id)
    if course.status != CourseStatus.DRAFT:
        return unchanging(course)
    form = QuestionForm(queries.sections_of(course.id), obj=question)
    if form.validate_on_submit():
        try:
            writing.edit_question(course, question, form.text())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The question is saved."), "good")
            return redirect(url_for("courses.show", course_id=course.id))
    return pages.render("courses/edit_question.html", **frame(course), form=form, question=question)


@bp.post("/courses/sections/<uuid:section_id>/arrange")
@requires(Permission.EVENT_MANAGE)
def arrange_section(section_id: UUID) -> ResponseReturnValue:
    section = writing.section(section_id)
    return arrange(courses.get(section.course_id), section)


@bp.post("/courses/questions/<uuid:question_id>/arrange")
@requires(Permission.EVENT_MANAGE)
def arrange_question(question_id: UUID) -> ResponseReturnValue:
    question = writing.question(question_id)
    return arrange(courses.get(question.course_id), question)


def arrange(course: Course, part: writing.Part) -> ResponseReturnValue:
    """The button pressed says what happens."""
    wanted = request.form.get("do", "")
    if wanted in SHIFTS:
        writing.shift(course, part, SHIFTS[wanted])
    elif wanted == "out":
        writing.take_out(course, part)
    elif wanted == "back":
        writing.put_back(course, part)
    else:
        abort(400)
    return redirect(url_for("courses.show", course_id=course.id, _anchor=f"part-{part.id}"))
