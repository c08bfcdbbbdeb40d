"""A version as those who take it see it, before it is published. Nothing that is pressed here is kept."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.core import edge, files, pages
from portal.core.access import Permission, requires
from portal.core.db import db
from portal.trainings.courses import queries, rules, words, writing
from portal.trainings.courses import services as courses
from portal.trainings.courses.blueprint import bp
from portal.trainings.courses.models import Course
from portal.trainings.courses.quiz_forms import quiz_form
from portal.trainings.courses.routes import keeping


def frame(course: Course) -> dict[str, object]:
    state = queries.State(course, queries.sections_of(course.id), None, frozenset(), [], None)
    return {**keeping.frame(course), "preview": True, "state": state}


@bp.route("/courses/<uuid:course_id>/preview")
@requires(Permission.EVENT_MANAGE)
def preview(course_id: UUID) -> ResponseReturnValue:
    course = courses.get(course_id)
    return pages.render("courses/preview.html", **frame(course), questions=len(queries.questions_of(course.id)))


@bp.route("/courses/sections/<uuid:section_id>/preview")
@requires(Permission.EVENT_MANAGE)
def preview_section(section_id: UUID) -> ResponseReturnValue:
    section = writing.section(section_id)
    course = courses.get(section.course_id)
    sections = queries.sections_of(course.id)
    ids = [each.id for each in sections]
    at = ids.index(section.id) if section.id in ids else -1
    return pages.render(
        "courses/preview_section.html",
        **frame(course),
        section=section,
        file=db.session.get(files.SealedFile, section.file_id) if section.file_id else None,
        number=at + 1,
        before=sections[at - 1] if at > 0 else None,
        following=sections[at + 1] if 0 <= at < len(sections) - 1 else None,
    )


@bp.route("/courses/<uuid:course_id>/preview/quiz", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def preview_quiz(course_id: UUID) -> ResponseReturnValue:
    """One order of the many; what is answered is marked and explained, and not kept."""
    course = courses.get(course_id)
    questions = rules.shuffled(queries.questions_of(course.id), "preview", key=lambda question: question.id)
    form = quiz_form(questions, "preview")
    explained: list[words.Explained] = []
    if form.validate_on_submit():
        edge.refuse_silently()
        explained = words.explain(questions, form.answers(), "preview", queries.sections_of(course.id))
    return pages.render(
        "courses/preview_quiz.html",
        **frame(course),
        form=form,
        explained=explained,
        right=sum(each.is_right for each in explained),
        needed=rules.needed(len(questions), course.pass_percent),
        again=words.to_read_again(explained),
    )
