"""The list of requirements: the company's own page, and the same for staff."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.companies import services as companies
from portal.core import pages
from portal.core.access import Permission, requires
from portal.standing import services as standings

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
