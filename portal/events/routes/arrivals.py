"""The pages of the door: check-in by a few letters, by a code or by the picture on a telephone; late additions."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import audit, clock, edge, languages, pages
from portal.core.access import Permission, allows, public, requires
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import arrivals, attendance, letters, rules, services, words
from portal.events.blueprint import bp
from portal.events.door_forms import DoorForm, LateForm
from portal.events.forms import ButtonForm
from portal.events.models import Event, EventStatus, SignUp
from portal.events.routes.public import viewer

LATEST = 3


@bp.route("/events/<uuid:event_id>/door", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def door(event_id: UUID) -> ResponseReturnValue:
    """For the telephone at the door. Whom one looks for is posted, so that no name stands in an address."""
    event, form = services.get(event_id), DoorForm()
    found: list[SignUp] | None = None
    if form.validate_on_submit():
        try:
            done = press(event, form.pressed)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            if done:
                flash(done, "good")
                return redirect(url_for("events.door", event_id=event.id))
            edge.refuse_silently()
            found = look_for(event, form)
    here, confirmed = arrivals.counts(event.id)
    return pages.render(
        "events/door.html", form=form, event=event, found=found, here=here, confirmed=confirmed, words=words,
        latest=arrivals.latest(event.id, LATEST), is_open=is_open(event), code_of=letters.door_code, now=clock.now(),
    )  # fmt: skip


def press(event: Event, pressed: str) -> str:
    """Do what the button of a person says; '' for the button that only looks for people."""
    verb, _colon, text = pressed.partition(":")
    if verb not in ("in", "out"):
        return ""
    sign_up, its_event = arrivals.get(as_id(text))
    if its_event.id != event.id:
        raise NotFound
    if verb == "out":
        arrivals.undo(sign_up)
        return _("Undone: %(name)s is not checked in.", name=sign_up.name)
    if arrivals.check_in(sign_up):
        return _("Checked in: %(name)s.", name=sign_up.name)
    return _("%(name)s was checked in already.", name=sign_up.name)


def as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def look_for(event: Event, form: DoorForm) -> list[SignUp] | None:
    if not form.who.data:
        form.refuse(RuleBroken(N_("Write a few letters of the name, or the code."), field="who"))
        return None
    found = arrivals.find(event.id, form.who.data)
    audit.record("event.sign_ups_read", "event", event.id, facts={"count": len(found)}, sudden=True)
    return found


def is_open(event: Event) -> bool:
    try:
        rules.check_door(event.status == EventStatus.PUBLISHED, event.starts_at, event.ends_at, clock.now())
    except RuleBroken:
        return False
    return True


@bp.route("/events/<uuid:event_id>/door-list")
@requires(Permission.EVENT_MANAGE)
def door_list(event_id: UUID) -> ResponseReturnValue:
    """On paper, for where the telephone does not work: names with boxes, and nothing that only few may see."""
    event = services.get(event_id)
    people = attendance.expected(event.id)
    audit.record("event.sign_ups_read", "event", event.id, facts={"count": len(people)}, sudden=True)
    return pages.render(
        "events/door_list.html", event=event, people=people, words=words, code_of=letters.door_code, now=clock.now()
    )


@bp.route("/arrivals/<uuid:sign_up_id>", methods=["GET", "POST"])
@public
def check_in(sign_up_id: UUID) -> ResponseReturnValue:
    """Where the picture on a person's page leads: for those who keep events; for anybody else there is nothing."""
    who = viewer()
    if who is None or not allows(who, Permission.EVENT_MANAGE):
        raise NotFound
    sign_up, event = arrivals.get(sign_up_id)
    if arrivals.SCANNED in request.args:
        return redirect(url_for("events.check_in", lang=current_user.language, sign_up_id=sign_up.id))
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            done = press(event, f"{form.pressed}:{sign_up.id}")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(done or _("Press one of the buttons on the page."), "good")
            return redirect(url_for("events.check_in", sign_up_id=sign_up.id))
    audit.record("event.sign_ups_read", "event", event.id, facts={"count": 1}, sudden=True)
    return pages.render(
        "events/check_in.html", form=form, event=event, person=sign_up, words=words, is_open=is_open(event),
        now=clock.now(),
    )  # fmt: skip


@bp.route("/events/<uuid:event_id>/late", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def add_late(event_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    form = LateForm(data=known(event))
    if form.validate_on_submit():
        try:
            sign_up = arrivals.add_late(event.id, form.details(), over=bool(form.over.data))
            if is_open(event):
                arrivals.check_in(sign_up)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Added: %(name)s.", name=sign_up.name), "good")
            back = "events.door" if is_open(event) else "events.mark"
            return redirect(url_for(back, event_id=event.id))
    return pages.render("events/add_late.html", form=form, event=event, words=words, is_open=is_open(event))


def known(event: Event) -> dict[str, str]:
    """The person of `?sign_up=`, who waits or has not confirmed; else only the language of the page."""
    if (text := request.args.get("sign_up", "")) and request.method == "GET":
        sign_up, its_event = arrivals.get(as_id(text))
        if its_event.id == event.id:
            audit.record("event.sign_ups_read", "event", event.id, facts={"count": 1}, sudden=True)
            return {name: getattr(sign_up, name) for name in ("name", "email", "organisation", "language")}
    return {"language": languages.current()}
