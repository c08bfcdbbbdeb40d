"""The list of requirements: the company's own page, and the same for staff; and what is required, kept as data."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.companies import services as companies
from portal.core import edge, languages, pages
from portal.core.access import Permission, allows, requires
from portal.core.errors import RuleBroken
from portal.standing import keeping, previews
from portal.standing import services as standings
from portal.standing.forms import RequirementForm
from portal.standing.previews import Preview
from portal.trainings import required
from portal.trainings import services as trainings

bp = Blueprint("standing", __name__)


@bp.route("/standing")
@requires(Permission.COMPANY_OWN)
def own() -> ResponseReturnValue:
    company = companies.own(current_user)
    return pages.render("standing/own.html", company=company, standing=standings.standing_of(company))


@bp.route("/companies/<uuid:company_id>/standing")
@requires(Permission.COMPANY_READ)
def show(company_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    return pages.render("standing/show.html", company=company, standing=standings.standing_of(company))


# --- what is required ----------------------------------------------------------


@bp.route("/requirements")
@requires(Permission.REQUIREMENT_READ)
def requirements() -> ResponseReturnValue:
    return pages.render(
        "standing/requirements.html",
        requirements=required.listed(),
        lang_code=languages.current(),
        may_change=allows(current_user, Permission.REQUIREMENT_MANAGE),
    )


@bp.route("/requirements/new", methods=["GET", "POST"])
@requires(Permission.REQUIREMENT_MANAGE)
def create_requirement() -> ResponseReturnValue:
    form = RequirementForm(trainings.all_trainings())
    preview, saved = consider(form, None)
    if saved:
        flash(_("The requirement is saved."), "good")
        return redirect(url_for("standing.requirements"))
    return pages.render("standing/create_requirement.html", form=form, preview=preview)


@bp.route("/requirements/<uuid:requirement_id>/edit", methods=["GET", "POST"])
@requires(Permission.REQUIREMENT_MANAGE)
def edit_requirement(requirement_id: UUID) -> ResponseReturnValue:
    listed = required.get(requirement_id)
    form = RequirementForm(trainings.all_trainings(), of=listed)
    title = listed.row.title(languages.current())
    preview, saved = consider(form, listed)
    if saved:
        flash(_("The requirement is saved."), "good")
        return redirect(url_for("standing.requirements"))
    return pages.render("standing/edit_requirement.html", form=form, preview=preview, title=title)


def consider(form: RequirementForm, listed: required.Listed | None) -> tuple[Preview | None, bool]:
    """The preview once the form is sound, and whether the requirement was saved."""
    if not form.validate_on_submit():
        return None, False
    written, preview = form.written(), None
    try:
        required.check(written)
        preview = previews.preview(written.asked(listed.row.id if listed else uuid4()))
        if form.pressed == "preview":
            form.show(preview)
            edge.refuse_silently()
            return preview, False
        form.check_read(preview)
        keeping.keep(listed, written, preview)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return preview, False
    return preview, True
