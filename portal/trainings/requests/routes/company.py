"""A company's requests for a training of its own: asking, and the talk about each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.companies import services as companies
from portal.core import clock, languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.events import words as event_words
from portal.events.models import Event, EventStatus
from portal.trainings import services as trainings
from portal.trainings.requests import invitations, rules, services, talk, words
from portal.trainings.requests.blueprint import bp
from portal.trainings.requests.forms import AskForm, MessageForm
from portal.trainings.requests.models import OPEN, RequestStatus, TrainingRequest


@bp.route("/trainings/requests")
@requires(Permission.COMPANY_OWN)
def own() -> ResponseReturnValue:
    company = companies.own(current_user)
    page = pages.page_of(services.of_company(current_user), TrainingRequest.place, descending=True)
    return pages.render("requests/own.html", company=company, page=page, words=words)


@bp.route("/trainings/requests/new", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def ask() -> ResponseReturnValue:
    company = companies.own(current_user)
    known = {"contact_id": str(current_user.id), "training_language": company.language}
    form = AskForm(accounts.members_of(company.id), data=known)
    if form.validate_on_submit():
        try:
            made = services.ask(company, form.wish(), by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent. You usually hear within %(days)d working days.", days=rules.ANSWER_DAYS), "good")
            return redirect(url_for("requests.own_show", request_id=made.id))
    return pages.render("requests/ask.html", form=form, company=company)


@bp.route("/trainings/requests/<uuid:request_id>", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def own_show(request_id: UUID) -> ResponseReturnValue:
    request = services.get_own(request_id, current_user)
    form = MessageForm()
    if form.validate_on_submit():
        try:
            talk.ask_programme(request, form.text.data or "", by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent. We answer here."), "good")
            return redirect(url_for("requests.own_show", request_id=request.id))
    return pages.render("requests/own_show.html", form=form, **told(request, for_company=True))


def told(request: TrainingRequest, for_company: bool) -> dict[str, Any]:
    """What both sides read of a request."""
    event, said = services.event_of(request), talk.messages_of(request.id)
    steps = (request.asked_by_id, request.agreed_by_id, request.delivered_by_id, request.declined_by_id)
    names = accounts.names([request.contact_id, *steps, *(each.by_id for each in said)])
    return {
        "request": request,
        "event": event,
        "story": words.story(request, said, names, event, for_company),
        "contact_name": names.get(request.contact_id, ""),
        "status": words.STATUS[RequestStatus(request.status)],
        "training": trainings.get(request.training_id).title(languages.current()) if request.training_id else "",
        "is_open": request.status in OPEN,
        "may_invite": may_invite(event),
        "invited": len(invitations.of_request(request.id)) if event is not None else 0,
        "words": words,
        "event_words": event_words,
    }


def may_invite(event: Event | None) -> bool:
    return event is not None and event.status == EventStatus.PUBLISHED and event.starts_at > clock.now()
