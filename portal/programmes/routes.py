"""Programmes as project managers and administrators read them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.core import pages
from portal.core.access import Permission, requires
from portal.programmes import services as programmes
from portal.programmes.showing import figures_of, name

bp = Blueprint("programmes", __name__, url_prefix="/programmes")


@bp.get("/")
@requires(Permission.PROGRAMME_READ)
def index() -> ResponseReturnValue:
    return pages.render("programmes/index.html", programmes=programmes.all_programmes(), name=name)


@bp.get("/<uuid:programme_id>")
@requires(Permission.PROGRAMME_READ)
def show(programme_id: UUID) -> ResponseReturnValue:
    programme = programmes.get(programme_id)
    return pages.render(
        "programmes/show.html", programme=programme, name=name(programme), figures=figures_of(programme),
        officers=programmes.officers_of(programme.id),
    )  # fmt: skip
