"""The programme's side of training requests."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask import request as http
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from portal.companies import services as companies
from portal.core import clock, languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken
from portal.events import words as event_words
from portal.events.forms import ButtonForm
from portal.trainings import services as trainings
from portal.trainings.requests import deliveries, queries, services, talk, words
from portal.trainings.requests.blueprint import bp
from portal.trainings.requests.forms import StaffMessageForm
from portal.trainings.requests.models import TrainingRequest, Turn
from portal.trainings.requests.routes.company import told
from portal.trainings.requests.staff_forms import AgreeForm, DeclineForm, RequestEventForm


@bp.route("/trainings/requests/manage")
@requires(Permission.EVENT_MANAGE)
def index() -> ResponseReturnValue:
    """By `?status=`; without it those that are open."""
    status = http.args.get("status", "")[:20]
    page = pages.page_of(queries.listed(status), TrainingRequest.place, descending=True)
    named = companies.by_ids(each.company_id for each in page.items)
    return pages.render("requests/index.html", page=page, companies=named, status=status, words=words)


@bp.route("/trainings/requests/of/<uuid:event_id>")
@requires(Permission.EVENT_MANAGE)
def of_event(event_id: UUID) -> ResponseReturnValue:
    """From an event of one company to the request it was made from; a copy was made from none."""
    found = services.of_event(event_id)
    return redirect(url_for("requests.show", request_id=found.id) if found else url_for("requests.index"))


@bp.route("/trainings/requests/<uuid:request_id>/manage", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def show(request_id: UUID) -> ResponseReturnValue:
    request = services.get(request_id)
    form = StaffMessageForm(data={"wants_answer": True})
    if form.validate_on_submit():
        try:
            talk.ask_company(
                request, form.text.data or "", by=current_user.id, wants_answer=bool(form.wants_answer.data)
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent to the company."), "good")
            return redirect(url_for("requests.show", request_id=request.id))
    return pages.render(
        "requests/show.html",
        form=form,
        company=companies.by_id(request.company_id),
        may_settle=request.turn == Turn.PROGRAMME,
        now=clock.now(),
        **told(request, for_company=False),
    )


@bp.route("/trainings/requests/<uuid:request_id>/settle", methods=["POST"])
@requires(Permission.EVENT_MANAGE)
def settle(request_id: UUID) -> ResponseReturnValue:
    """The company's last message needs no answer."""
    talk.settle(services.get(request_id))
    flash(_("Nothing waits for an answer."), "good")
    return redirect(url_for("requests.show", request_id=request_id))


@bp.route("/trainings/requests/<uuid:request_id>/agree", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def agree(request_id: UUID) -> ResponseReturnValue:
    request = services.get(request_id)
    form = AgreeForm(request)
    if form.validate_on_submit():
        try:
            services.agree(request, form.agreement(), by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Agreed. The company is told."), "good")
            return redirect(url_for("requests.show", request_id=request.id))
    company = companies.by_id(request.company_id)
    return pages.render("requests/agree.html", form=form, request=request, company=company, words=words)


@bp.route("/trainings/requests/<uuid:request_id>/decline", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def decline(request_id: UUID) -> ResponseReturnValue:
    request = services.get(request_id)
    form = DeclineForm()
    if form.validate_on_submit():
        try:
            services.decline(request, form.reason.data or "", by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Declined. The company reads the reason."), "good")
            return redirect(url_for("requests.show", request_id=request.id))
    company = companies.by_id(request.company_id)
    return pages.render("requests/decline.html", form=form, request=request, company=company, words=words)


@bp.route("/trainings/requests/<uuid:request_id>/event", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def schedule(request_id: UUID) -> ResponseReturnValue:
    request = services.get(request_id)
    form = RequestEventForm(request)
    if form.validate_on_submit():
        try:
            event = services.schedule(request, form.plan(clock.now()))
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The event is made. Only this company sees it, and it can invite people now."), "good")
            return redirect(url_for("events.overview", event_id=event.id))
    company = companies.by_id(request.company_id)
    return pages.render("requests/schedule.html", form=form, request=request, company=company, words=words)


@bp.route("/trainings/requests/<uuid:request_id>/deliver", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def deliver(request_id: UUID) -> ResponseReturnValue:
    request = services.get(request_id)
    event = services.event_of(request)
    if event is None:
        raise NotFound
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            there = deliveries.deliver(request, by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(ngettext("Held, one person took part.", "Held, %(num)d people took part.", there), "good")
            return redirect(url_for("requests.show", request_id=request.id))
    training = trainings.get(request.training_id).title(languages.current()) if request.training_id else ""
    return pages.render(
        "requests/deliver.html",
        form=form,
        request=request,
        event=event,
        company=companies.by_id(request.company_id),
        training=training,
        found=deliveries.attendance_of(event),
        now=clock.now(),
        words=words,
        event_words=event_words,
    )
