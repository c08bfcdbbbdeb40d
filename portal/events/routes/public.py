"""What is on, and the sign-up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.companies import services as companies
from portal.core import languages, pages
from portal.core.access import Permission, Viewer, allows, public
from portal.core.errors import RuleBroken
from portal.events import queries, questions, seats, services, words
from portal.events.blueprint import bp
from portal.events.forms import SignUpForm, questioning
from portal.events.models import EventStatus


def viewer() -> Viewer | None:
    signed_in = current_user.is_authenticated and not current_user.must_pass_second_factor
    return current_user if signed_in else None


@bp.route("/events")
@public
def index() -> ResponseReturnValue:
    return pages.render("events/index.html", agenda=words.agenda(services.upcoming(viewer())))


@bp.route("/events/past")
@public
def past() -> ResponseReturnValue:
    page = queries.page_by_start(services.past(viewer()))
    return pages.render("events/past.html", page=page, agenda=words.agenda(list(page.items)))


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
    room = words.room(event, seats.left([event])[event.id])
    return pages.render(
        "events/show.html",
        form=form,
        event=event,
        room=room,
        words=words,
        facts=words.facts(event),
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
