"""Holds, for the officer and the liaison who end them together; and the review notice of a company."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.companies import services as companies
from portal.core import pages
from portal.core.access import Permission, Role, requires
from portal.core.errors import RuleBroken
from portal.incidents import services as incidents
from portal.incidents.forms import AgreeForm, ReviewForm

bp = Blueprint("incidents", __name__)


@bp.get("/holds")
@requires(Permission.COMPANY_READ)
def index() -> ResponseReturnValue:
    held = incidents.open_incidents(current_user)
    return pages.render(
        "incidents/index.html",
        incidents=[
            {
                "id": incident.id,
                "opened_at": incident.opened_at,
                "companies": [company.name for company in incidents.companies_held(incident)],
                "officer": incidents.has_agreed(incident, Role.OFFICER),
                "liaison": incidents.has_agreed(incident, Role.LIAISON),
            }
            for incident in held
        ],
    )


@bp.route("/holds/<uuid:incident_id>", methods=["GET", "POST"])
@requires(Permission.COMPANY_READ)
def show(incident_id: UUID) -> ResponseReturnValue:
    incident = incidents.get(incident_id, viewer=current_user, lock=request.method == "POST")
    form = AgreeForm()
    if form.validate_on_submit():
        try:
            incidents.agree_to_end(incident, str(form.reason.data), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Kept. A hold ends when both sides have agreed."), "good")
            return redirect(url_for(".index"))
    return pages.render(
        "incidents/show.html",
        form=form,
        incident=incident,
        companies=incidents.companies_held(incident),
        reasons=incidents.reasons_of(incident),
        officer=incidents.has_agreed(incident, Role.OFFICER),
        liaison=incidents.has_agreed(incident, Role.LIAISON),
        mine=incidents.has_agreed(incident, current_user.role),
    )


@bp.route("/companies/<uuid:company_id>/review-notice", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def review(company_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            if form.pressed == "end":
                incidents.end_review(company, by=current_user)
            else:
                incidents.open_review(company, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Done. The company has news to read."), "good")
            return redirect(url_for("companies.show", company_id=company.id))
    return pages.render(
        "incidents/review.html", form=form, company=company, current=incidents.visible_review(company.id)
    )
