"""The owner group of a company: who is behind it, which groups are like it, joining and leaving."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.companies import former, groups, likenesses, texts
from portal.companies import services as companies
from portal.companies.blueprint import bp
from portal.companies.forms import PersonForm, ReasonForm, said
from portal.core import pages, settings
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken


@bp.route("/companies/<uuid:company_id>/group", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def group(company_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    form = PersonForm()
    if form.validate_on_submit():
        groups.add_person(company, said(form.name), said(form.position))
        flash(_("Added."), "good")
        return redirect(url_for(".group", company_id=company.id))
    together = groups.companies_in_group(company.owner_group_id)
    return pages.render(
        "companies/group.html",
        form=form,
        company=company,
        companies=together,
        former=former.details_of([each.id for each in together]),
        former_kinds=texts.FORMER,
        company_names={each.id: each.name for each in together},
        years=settings.number(texts.FORMER_YEARS),
        persons=groups.owner_persons(company.owner_group_id),
        suggestions=likenesses.suggestions(company),
    )


@bp.post("/companies/<uuid:company_id>/group/persons/<uuid:person_id>/remove")
@requires(Permission.COMPANY_VET)
def remove_person(company_id: UUID, person_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    groups.remove_person(company, person_id)
    flash(_("Removed."), "good")
    return redirect(url_for(".group", company_id=company.id))


@bp.post("/companies/<uuid:company_id>/group/former/<uuid:detail_id>/strike")
@requires(Permission.COMPANY_VET)
def strike_former(company_id: UUID, detail_id: UUID) -> ResponseReturnValue:
    former.strike(companies.get(company_id, viewer=current_user), detail_id, by=current_user)
    flash(_("Struck out. It counts no more."), "good")
    return redirect(url_for(".group", company_id=company_id))


@bp.route("/companies/<uuid:company_id>/group/join/<uuid:group_id>", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def join_group(company_id: UUID, group_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    others = groups.companies_in_group(groups.group(group_id).id)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            groups.join(company, group_id, said(form.reason), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Joined."), "good")
            return redirect(url_for(".group", company_id=company.id))
    return pages.render("companies/join_group.html", form=form, company=company, others=others)


@bp.route("/companies/<uuid:company_id>/group/leave", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def leave_group(company_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            groups.leave(company, said(form.reason), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Left. The company has a group of its own."), "good")
            return redirect(url_for(".group", company_id=company.id))
    return pages.render("companies/leave_group.html", form=form, company=company)
