"""The pages of those who keep events."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from portal.core import audit, clock, languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.events import (
    answers,
    attendance,
    facts,
    feedback,
    lists,
    materials,
    queries,
    questions,
    rules,
    sealed,
    services,
    tasks,
    texts,
    words,
)
from portal.events.blueprint import bp
from portal.events.choices import KINDS
from portal.events.forms import AttendanceForm, ButtonForm
from portal.events.models import Event, EventStatus, SignUp
from portal.events.sign_up_models import Question


@bp.route("/events/manage")
@requires(Permission.EVENT_MANAGE)
def manage() -> ResponseReturnValue:
    page = queries.page_by_start(services.kept())
    return pages.render("events/manage.html", page=page, counts=queries.counts(page.items), words=words, kinds=KINDS)


@bp.route("/events/<uuid:event_id>/manage")
@requires(Permission.EVENT_MANAGE)
def overview(event_id: UUID) -> ResponseReturnValue:
    """One event for those who keep it: its state, its numbers, and what can be done."""
    event, now = services.get(event_id), clock.now()
    turnout, written = queries.turnout(event), [texts.state(event, language) for language in rules.LANGUAGES]
    return pages.render(
        "events/overview.html",
        event=event,
        words=words,
        kept=facts.kept(event, sealed.link(event)),
        part_names=facts.part_names,
        waits=tasks.of_event(event, turnout, written),
        turnout=turnout,
        feedback=feedback.asked_and_answered(event.id)[0],
        texts=written,
        series=lists.same_series(event, current_user),
        materials=materials.of_event(event),
        status=words.STATUS[EventStatus(event.status)],
        counts=queries.counts([event])[event.id],
        has_begun=event.starts_at <= now,
        is_over=event.ends_at <= now,
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
        answered=read_answers(event, everyone),
        tell_needs=sum(1 for each in everyone if each.needs or each.diet),
        now=clock.now(),
        roles=rules.ATTENDEE_ROLES,
        words=words,
    )


def read_answers(event: Event, everyone: list[SignUp]) -> list[tuple[Question, list[tuple[str, str]]]]:
    """Each question, retired ones that were answered too, with who answered what, by name."""
    given, language = answers.of_event(event.id), languages.current()
    return [
        (row, [
            (each.name, answers.in_words(row, given[row.id][each.id], language))
            for each in everyone
            if each.id in given.get(row.id, {})
        ])
        for row in questions.of_event(event.id)
        if row.retired_at is None or row.id in given
    ]  # fmt: skip


@bp.route("/events/<uuid:event_id>/needs")
@requires(Permission.EVENT_NEEDS)
def needs(event_id: UUID) -> ResponseReturnValue:
    """What people need to take part, and what they eat. Each look is one entry in the audit trail."""
    event = services.get(event_id)
    told = [each for each in services.sign_ups(event.id) if each.needs or each.diet]
    audit.record("event.needs_read", "event", event.id, facts={"count": len(told)}, sudden=True)
    rows = [(each.name, sealed.needs(each), sealed.diet(each)) for each in told]
    return pages.render(
        "events/needs.html", event=event, rows=rows, words=words, gone_at=event.ends_at + rules.NEEDS_KEPT
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
