"""Attendance from a file: choose it, look at what it says, decide about the rest, record."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import audit, pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken
from portal.events import imports, services, words
from portal.events.blueprint import bp
from portal.events.import_forms import MOST_SHOWN, ImportForm, ReviewForm, review_form
from portal.events.import_models import AttendanceImport
from portal.events.models import Event


@bp.route("/events/<uuid:event_id>/attendance-file", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def import_attendance(event_id: UUID) -> ResponseReturnValue:
    event, form = services.get(event_id), ImportForm()
    if form.validate_on_submit():
        try:
            found = imports.read(event, form.file.data, form.threshold.data, form.unit.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("events.review_import", import_id=found.id))
    return pages.render(
        "events/import_attendance.html", form=form, event=event, words=words, waiting=imports.waiting(event.id)
    )


@bp.route("/attendance-files/<uuid:import_id>", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def review_import(import_id: UUID) -> ResponseReturnValue:
    found, event = imports.get(import_id)
    seen = imports.preview(found, event)
    form = review_form(found, seen.open, seen.missing)
    if form.validate_on_submit():
        try:
            where = press(found, event, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(where)
    audit.record("event.sign_ups_read", "event", event.id, facts={"count": len(seen.present)}, sudden=True)
    return pages.render(
        "events/review_import.html", form=form, event=event, found=found, seen=seen, words=words, most=MOST_SHOWN
    )


def press(found: AttendanceImport, event: Event, form: ReviewForm) -> str:
    """Save what was decided, and record or put away when that was pressed; where to go then."""
    here = url_for("events.review_import", import_id=found.id)
    verb, _colon, row_id = form.pressed.partition(":")
    if verb == "discard":
        imports.discard(found)
        flash(_("Put away. Nothing of the file was recorded."), "good")
        return url_for("events.mark", event_id=event.id)
    if verb == "again":
        imports.reopen(found, as_id(row_id))
        return here
    imports.set_threshold(found, form.threshold.data, form.unit.data)
    imports.decide(found, event, form.decisions())
    if verb != "record":
        flash(_("Saved. Nothing is recorded yet."), "good")
        return here
    there, away = imports.record(found, event, by=current_user)
    flash(_("Recorded: %(there)d present, %(away)d absent.", there=there, away=away), "good")
    return url_for("events.mark", event_id=event.id)


def as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
