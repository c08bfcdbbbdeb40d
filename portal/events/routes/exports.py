"""Lists of an event as files: a short one at once, a long one when its job has written it."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core import exports, pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, NotFound, RuleBroken
from portal.core.exports import FileForm
from portal.events import exporting, services, words
from portal.events.blueprint import bp
from portal.events.forms import ButtonForm
from portal.events.models import Event

WHAT = "any(sign_ups, attendance, completions, feedback)"
FORM = "any(xlsx, csv, plain)"


@bp.route("/events/<uuid:event_id>/files", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def export(event_id: UUID) -> ResponseReturnValue:
    """What may be taken out. A long list is asked for by a button, a short one leaves by its link."""
    event, form = services.get(event_id), ButtonForm()
    counts = {kind: exporting.count(event, kind) for kind in exporting.KINDS}
    if form.validate_on_submit():
        kind, _dot, ending = form.pressed.partition(".")
        if kind not in counts or ending not in set(FileForm):
            raise NotFound
        made = exports.ask(kind, event.id, FileForm(ending), job=exporting.JOB, by=current_user.id, rows=counts[kind])
        return redirect(url_for("events.export_file", export_id=made.id))
    return pages.render(
        "events/export.html", form=form, event=event, words=words, counts=counts, kinds=exporting.KINDS,
        tells=exporting.TELLS,
        asked=exports.asked(event.id, current_user.id), at_once=exports.AT_ONCE, kept=exports.KEPT.days,
    )  # fmt: skip


@bp.route(f"/events/<uuid:event_id>/files/<{WHAT}:kind>.<{FORM}:ending>")
@requires(Permission.EVENT_MANAGE)
def download(event_id: UUID, kind: str, ending: str) -> ResponseReturnValue:
    event, form = services.get(event_id), FileForm(ending)
    rows = exporting.count(event, kind)
    if rows > exports.AT_ONCE:
        raise RuleBroken(N_("This list is long. Ask for it on the page of lists; it is written meanwhile."))
    content = exports.content_of(exporting.table(event, kind), form)
    exports.witness(kind, "event", event.id, rows, form)
    return exports.respond(content, exporting.file_name(event, kind), form)


@bp.route("/files/<uuid:export_id>")
@requires(Permission.EVENT_MANAGE)
def export_file(export_id: UUID) -> ResponseReturnValue:
    """How far a long list is; the page asks again by itself until it is written."""
    found, job = exports.get(export_id, current_user.id)
    event = services.get(found.subject_id)
    return pages.render(
        "events/export_file.html", event=event, words=words, found=found, job=job, kinds=exporting.KINDS,
        kept=exports.KEPT.days,
    )  # fmt: skip


@bp.route("/files/<uuid:export_id>/content")
@requires(Permission.EVENT_MANAGE)
def fetch_export(export_id: UUID) -> ResponseReturnValue:
    found, _job = exports.get(export_id, current_user.id)
    event: Event = services.get(found.subject_id)
    exports.witness(found.kind, "event", event.id, found.rows, FileForm(found.form))
    return exports.file_of(found, exporting.file_name(event, found.kind))
