"""Recordings and materials: those who keep the event add them; whoever may open one does so where it is shown."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import files, pages
from portal.core.access import Permission, public, requires
from portal.core.errors import NotFound, RuleBroken
from portal.events import choices, services, sign_ups, words
from portal.events import materials as afterwards
from portal.events.blueprint import bp
from portal.events.material_forms import MaterialForm
from portal.events.routes.public import viewer


@bp.route("/events/<uuid:event_id>/materials", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def materials(event_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    form = MaterialForm()
    if form.validate_on_submit():
        try:
            afterwards.add(event, form.written)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added. Those who may open it see it now."), "good")
            return redirect(url_for("events.materials", event_id=event.id))
    return pages.render(
        "events/materials.html",
        form=form,
        event=event,
        shown=afterwards.shown(afterwards.of_event(event)),
        kinds=choices.MATERIAL_KINDS,
        open_to=choices.OPEN_TO,
        words=words,
    )


@bp.route("/events/<uuid:event_id>/materials/<uuid:material_id>/edit", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def edit_material(event_id: UUID, material_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    material = afterwards.get(event, material_id)
    form = MaterialForm(obj=material)
    if form.validate_on_submit():
        try:
            afterwards.change(event, material, form.written)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("events.materials", event_id=event.id))
    (shown,) = afterwards.shown([material])
    return pages.render("events/edit_material.html", form=form, event=event, shown=shown, words=words)


@bp.route("/events/<uuid:event_id>/materials/<uuid:material_id>/remove", methods=["POST"])
@requires(Permission.EVENT_MANAGE)
def remove_material(event_id: UUID, material_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    afterwards.remove(event, afterwards.get(event, material_id))
    flash(_("Removed. Nobody can open it any more."), "good")
    return redirect(url_for("events.materials", event_id=event.id))


@bp.route("/events/<uuid:event_id>/materials/<uuid:material_id>")
@public
def material(event_id: UUID, material_id: UUID) -> ResponseReturnValue:
    """The file, for everyone who sees the event when it is open to them, and for those who keep events."""
    who = viewer()
    event = services.get_visible(event_id, who)
    found = afterwards.get(event, material_id)
    if found.open_to != "everyone" and not services.keeps(who):
        raise NotFound
    return files.response(afterwards.file_of(found))


@bp.route("/sign-ups/<token>/materials/<uuid:material_id>")
@public
def own_material(token: str, material_id: UUID) -> ResponseReturnValue:
    """The file, for the person whose page this is."""
    sign_up, event = sign_ups.by_token(token)
    found = afterwards.get(event, material_id)
    if not afterwards.may_open(found, sign_up):
        raise NotFound
    return files.response(afterwards.file_of(found))
