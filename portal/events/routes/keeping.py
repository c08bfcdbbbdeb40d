"""The pages of those who keep events."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from portal.core import audit, clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.events import attendance, queries, rules, sealed, services, words
from portal.events.blueprint import bp
from portal.events.event_forms import KINDS, EventForm
from portal.events.forms import AttendanceForm, ButtonForm
from portal.events.models import Event, EventStatus


@bp.route("/events/manage")
@requires(Permission.EVENT_MANAGE)
def manage() -> ResponseReturnValue:
    page = queries.page_by_start(services.kept())
    return pages.render("events/manage.html", page=page, counts=queries.counts(page.items), words=words, kinds=KINDS)


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
            plan = form.plan(clock.now())
            made = services.create(replace(plan, company_id=event.company_id) if event is not None else plan)
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


@bp.route("/events/<uuid:event_id>/manage")
@requires(Permission.EVENT_MANAGE)
def overview(event_id: UUID) -> ResponseReturnValue:
    """One event for those who keep it: its state, its numbers, and what can be done."""
    event, now = services.get(event_id), clock.now()
    return pages.render(
        "events/overview.html",
        event=event,
        words=words,
        kinds=KINDS,
        status=words.STATUS[EventStatus(event.status)],
        counts=queries.counts([event])[event.id],
        join_link=sealed.link(event),
        has_begun=event.starts_at <= now,
        button=ButtonForm(),
    )


@bp.route("/events/<uuid:event_id>/publish", methods=["POST"])
@requires(Permission.EVENT_MANAGE)
def publish(event_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    services.publish(event)
    flash(_("Published. It stands in the list of events now."), "good")
    return redirect(url_for("events.overview", event_id=event.id))


@bp.route("/events/<uuid:event_id>/cancel", methods=["POST"])
@requires(Permission.EVENT_MANAGE)
def cancel(event_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    told = services.cancel(event)
    flash(
        ngettext("Cancelled. One person is told by mail.", "Cancelled. %(num)d people are told by mail.", told), "good"
    )
    return redirect(url_for("events.overview", event_id=event.id))


@bp.route("/events/<uuid:event_id>/sign-ups")
@requires(Permission.EVENT_MANAGE)
def people(event_id: UUID) -> ResponseReturnValue:
    """Everyone who signed up; looking is one entry in the audit trail."""
    event = services.get(event_id)
    everyone = services.sign_ups(event.id)
    audit.record("event.sign_ups_read", "event", event.id, facts={"count": len(everyone)}, sudden=True)
    return pages.render(
        "events/people.html",
        event=event,
        people=everyone,
        needs=[(each.name, text) for each in everyone if (text := sealed.needs(each))],
        now=clock.now(),
        roles=rules.ATTENDEE_ROLES,
        words=words,
    )


@bp.route("/events/<uuid:event_id>/attendance", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def mark(event_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    expected = attendance.expected(event.id)
    form = AttendanceForm(expected)
    if form.validate_on_submit():
        try:
            there, away = services.mark_attendance(event, form.ids(expected), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved: %(there)d present, %(away)d absent.", there=there, away=away), "good")
            return redirect(url_for("events.overview", event_id=event.id))
    audit.record("event.sign_ups_read", "event", event.id, facts={"count": len(expected)}, sudden=True)
    return pages.render("events/mark.html", form=form, event=event, people=expected, words=words)
