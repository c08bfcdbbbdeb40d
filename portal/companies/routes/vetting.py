"""The liaison's verbs on a company: into review, right to act, approve, reinstate, hand over, close."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.companies import services as companies
from portal.companies import vetting
from portal.companies.blueprint import bp
from portal.companies.forms import ConfirmForm, HandOverForm, ReasonForm, RightForm, said
from portal.companies.models import Company, RightKind
from portal.core import pages
from portal.core.access import Permission, Role, requires
from portal.core.errors import RuleBroken
from portal.core.fields import offer


@bp.post("/companies/<uuid:company_id>/review")
@requires(Permission.COMPANY_VET)
def review(company_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    vetting.take_into_review(company, by=current_user)
    flash(_("In review. You are its liaison."), "good")
    return redirect(url_for(".show", company_id=company.id))


@bp.route("/companies/<uuid:company_id>/owners/<uuid:account_id>/right", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def show_right(company_id: UUID, account_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    owner = vetting.owner(company, account_id)
    form = RightForm()
    if form.validate_on_submit():
        vetting.show_right(company, owner, RightKind(form.kind.data), said(form.note), by=current_user)
        flash(_("Recorded."), "good")
        return redirect(url_for(".show", company_id=company.id))
    return pages.render("companies/show_right.html", form=form, company=company, owner=owner)


@bp.route("/companies/<uuid:company_id>/approve", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def approve(company_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            vetting.approve(company, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Approved. The company has news to read."), "good")
            return redirect(url_for(".show", company_id=company.id))
    return pages.render("companies/approve.html", form=form, company=company)


@bp.route("/companies/<uuid:company_id>/reinstate", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def reinstate(company_id: UUID) -> ResponseReturnValue:
    return _with_reason(company_id, "reinstate", vetting.reinstate)


@bp.route("/companies/<uuid:company_id>/close", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def close(company_id: UUID) -> ResponseReturnValue:
    return _with_reason(company_id, "close", vetting.close)


def _with_reason(company_id: UUID, name: str, verb: Callable[..., None]) -> ResponseReturnValue:
    company: Company = companies.get(company_id, viewer=current_user)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            verb(company, said(form.reason), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Done. The company has news to read."), "good")
            return redirect(url_for(".show", company_id=company.id))
    return pages.render(f"companies/{name}.html", form=form, company=company)


@bp.route("/companies/<uuid:company_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def hand_over(company_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    form = HandOverForm(liaison=str(company.liaison_id or ""))
    form.liaison.choices = offer([(str(one.id), one.display_name) for one in accounts.staff(Role.LIAISON)])
    if form.validate_on_submit():
        vetting.hand_over(company, UUID(form.liaison.data), by=current_user)
        flash(_("Handed over."), "good")
        return redirect(url_for(".show", company_id=company.id))
    return pages.render("companies/hand_over.html", form=form, company=company)
