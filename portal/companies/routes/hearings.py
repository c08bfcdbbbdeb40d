"""Hearings: a liaison opens and decides them, the company reads and answers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.companies import hearings, rules, texts
from portal.companies import services as companies
from portal.companies.blueprint import bp
from portal.companies.forms import AnswerForm, DecisionForm, HearingForm, said
from portal.companies.models import HearingKind
from portal.core import access, clock, pages, settings
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken


@bp.route("/company/hearings/<uuid:hearing_id>", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def hearing(hearing_id: UUID) -> ResponseReturnValue:
    """What the company is asked, its answer, and the decision with how to contest it."""
    company = companies.own(current_user)
    heard = hearings.hearing(company, hearing_id)
    form = AnswerForm()
    may_answer = access.allows(current_user, Permission.COMPANY_LEAD)
    if form.validate_on_submit():
        try:
            rules.check_may_answer(may_answer)
            hearings.answer(company, heard, said(form.answer), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent. You read the decision here; we mail you when it is made."), "good")
            return redirect(url_for(".hearing", hearing_id=heard.id))
    answerable = may_answer and hearings.is_answerable(heard)
    days = settings.number(texts.CONTEST_DAYS)
    contest_by = clock.local_date(heard.decided_at) + timedelta(days=days) if heard.decided_at else None
    return pages.render(
        "companies/hearing.html",
        form=form,
        company=company,
        hearing=heard,
        answerable=answerable,
        contest_by=contest_by,
        texts=texts,
    )


@bp.route("/companies/<uuid:company_id>/hear/<any(reject, suspend):kind>", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def hear(company_id: UUID, kind: str) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    least = settings.number(texts.ANSWER_DAYS)
    form = HearingForm(answer_by=clock.today() + timedelta(days=least + 7))
    if company.status != rules.HEARD_FOR[HearingKind(kind)]:
        raise NotFound
    if form.validate_on_submit():
        try:
            hearings.open_hearing(company, HearingKind(kind), said(form.reasons), form.answer_by.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent. The company has news to read."), "good")
            return redirect(url_for(".show", company_id=company.id))
    return pages.render("companies/hear.html", form=form, company=company, kind=kind, least=least)


@bp.route("/companies/<uuid:company_id>/hearings/<uuid:hearing_id>", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def decide(company_id: UUID, hearing_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    heard = hearings.hearing(company, hearing_id)
    form = DecisionForm(HearingKind(heard.kind))
    if form.validate_on_submit():
        try:
            carry_out = form.decision.data == texts.CARRIED_OUT
            hearings.decide(company, heard, carry_out, said(form.reasons), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Decided. The company has news to read."), "good")
            return redirect(url_for(".show", company_id=company.id))
    decidable = hearings.is_decidable(heard)
    return pages.render(
        "companies/decide.html", form=form, company=company, hearing=heard, decidable=decidable, texts=texts
    )
