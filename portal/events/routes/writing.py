"""Where an event is written: the event itself, and its texts in each language."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.events import questions, rules, services, words
from portal.events.blueprint import bp
from portal.events.event_forms import EventForm
from portal.events.models import Event
from portal.events.text_forms import TextsForm


@bp.route("/events/new", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def create() -> ResponseReturnValue:
    return write_new(EventForm(), "events/create.html")


@bp.route("/events/<uuid:event_id>/copy", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def copy(event_id: UUID) -> ResponseReturnValue:
    """The same again: everything but the days and the join link."""
    event = services.get(event_id)
    return write_new(EventForm(copied=event), "events/copy.html", event=event)


def write_new(form: EventForm, template: str, event: Event | None = None) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            made = services.create(form.plan(clock.now()), again_of=event if form.in_series.data else None)
            if event is not None:
                questions.copy_all(event.id, made)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved as a draft. Publish it when it is ready."), "good")
            return redirect(url_for("events.overview", event_id=made.id))
    return pages.render(template, form=form, event=event, words=words)


@bp.route("/events/<uuid:event_id>/edit", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def edit(event_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    form = EventForm(obj=event)
    if form.validate_on_submit():
        try:
            services.edit(event, form.plan(clock.now()), may_push_out=bool(form.push_out.data))
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The event is saved."), "good")
            return redirect(url_for("events.overview", event_id=event.id))
    return pages.render("events/edit.html", form=form, event=event, words=words)


@bp.route("/events/<uuid:event_id>/texts/<any(fi, sv, en):language>", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def write(event_id: UUID, language: str) -> ResponseReturnValue:
    """The texts of one language, beside the Finnish ones."""
    event = services.get(event_id)
    form = TextsForm(event, language)
    if form.validate_on_submit():
        try:
            services.write(event, language, form.texts)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The texts are saved."), "good")
            return redirect(url_for("events.overview", event_id=event.id))
    return pages.render("events/write.html", form=form, event=event, language=language, parts=rules.PARTS, words=words)
