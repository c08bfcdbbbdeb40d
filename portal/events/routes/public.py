"""What is on, and the sign-up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from emails import calendar
from portal.companies import services as companies
from portal.core import files, languages, pages
from portal.core.access import Permission, Viewer, allows, public
from portal.core.errors import RuleBroken
from portal.events import choices, facts, letters, linked, lists, materials, queries, questions, seats, services, words
from portal.events.blueprint import bp
from portal.events.forms import SignUpForm, questioning
from portal.events.lists import Filters
from portal.events.models import EventStatus


def viewer() -> Viewer | None:
    signed_in = current_user.is_authenticated and not current_user.must_pass_second_factor
    return current_user if signed_in else None


@bp.route("/events")
@public
def index() -> ResponseReturnValue:
    filters = Filters.read(request.args)
    page = queries.page_by_start(lists.coming(viewer(), filters), next_first=True)
    return pages.render("events/index.html", page=page, agenda=words.agenda(list(page.items)), **narrowing(filters))


@bp.route("/events/month")
@public
def month() -> ResponseReturnValue:
    filters = Filters.read(request.args)
    shown = lists.month(lists.read_month(request.args.get("month", "")), viewer(), filters)
    return pages.render("events/month.html", month=shown, words=words, **narrowing(filters))


@bp.route("/events/past")
@public
def past() -> ResponseReturnValue:
    filters = Filters.read(request.args)
    page = queries.page_by_start(lists.over(viewer(), filters))
    return pages.render("events/past.html", page=page, agenda=words.agenda(list(page.items)), **narrowing(filters))


def narrowing(filters: Filters) -> dict[str, object]:
    """What the filter bar and the links between the views need."""
    return {
        "chosen": filters.chosen,
        "kinds": lists.PUBLIC_KINDS,
        "spoken": choices.SPOKEN,
        "where": choices.WHERE,
        "audiences": choices.AUDIENCES,
    }


@bp.route("/events.ics")
@public
def feed() -> ResponseReturnValue:
    """Public events as a calendar to subscribe to, in the language of the address."""
    language = languages.current()
    entries = [letters.calendar_entry(event, language) for event in lists.feed(Filters.read(request.args))]
    text = calendar.feed_text(entries, gettext("Events by Reilu"), language)
    response = Response(text, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = files.disposition("events.ics")
    return response


@bp.route("/events/<uuid:event_id>", methods=["GET", "POST"])
@public
def show(event_id: UUID) -> ResponseReturnValue:
    event = services.get_visible(event_id, viewer())
    form = questioning(SignUpForm, questions.asked(event.id), bool(event.place))(data=known_of_viewer())
    if form.validate_on_submit():
        try:
            services.ask(event.id, form.details(), network=request.remote_addr or "")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("events.asked", event_id=event.id))
    room, who = words.room(event, seats.left([event])[event.id]), viewer()
    return pages.render(
        "events/show.html",
        form=form,
        event=event,
        room=room,
        words=words,
        facts=facts.public(event),
        people=facts.people(event),
        asked=facts.contact(event),
        series=lists.same_series(event, who),
        materials=materials.shown(materials.for_everyone(event)),
        linked=linked.data(event, room.open),
        keeps=services.keeps(who),
        summary=event.spoken("summary", languages.current()),
        programme=event.spoken("programme", languages.current()),
        shows_form=room.open or form.has_errors,
        is_member=is_member(),
        is_draft=event.status == EventStatus.DRAFT,
    )


def is_member() -> bool:
    """Whether it is somebody of a company, who may sign up colleagues."""
    who = viewer()
    return who is not None and allows(who, Permission.COMPANY_OWN)


def known_of_viewer() -> dict[str, Any]:
    """What we know already of a member who signs up; a visitor writes in the language of the page."""
    who = viewer()
    if who is None:
        return {"language": languages.current()}
    known = {"name": current_user.display_name, "email": current_user.email, "language": current_user.language}
    if who.company_id is not None:
        company = companies.by_id(who.company_id)
        known |= {"organisation": company.name, "business_id": company.business_id}
    return known


@bp.route("/events/<uuid:event_id>/asked")
@public
def asked(event_id: UUID) -> ResponseReturnValue:
    """The same page for every address, known or not."""
    return pages.render("events/asked.html", event=services.get_visible(event_id, viewer()), words=words)
