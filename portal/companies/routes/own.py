"""A company's own pages: its details, its people, and the commitment."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import administration
from portal.companies import colleagues, commitments, evidence, hearings, proposals, queries, registrations, texts
from portal.companies import services as companies
from portal.companies.blueprint import bp
from portal.companies.forms import ConfirmForm, EditForm, InviteForm, RemoveForm, SignForm, said
from portal.core import clock, languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken


@bp.get("/company")
@requires(Permission.COMPANY_OWN)
def own() -> ResponseReturnValue:
    company = companies.own(current_user)
    change = proposals.latest_of(company.id)
    return pages.render(
        "companies/own.html",
        company=company,
        change=change if change and proposals.is_shown(change) else None,
        lines=queries.side_by_side(company, change) if change and not change.outcome else [],
        outcomes=texts.CHANGE,
        members=queries.members(company.id),
        checks_of_evidence=queries.evidence_checks(evidence.evidence_status(company), own=True),
        documents=evidence.documents_of(company.id, limit=10),
        hearings=hearings.hearings_of(company.id),
        version=commitments.find_newest(),
        today=clock.today(),
        commitment=commitments.commitment_of(company),
        repeats=registrations.repeats_of(company.id),
    )


@bp.route("/company/edit", methods=["GET", "POST"])
@requires(Permission.COMPANY_LEAD)
def edit() -> ResponseReturnValue:
    company = companies.own(current_user)
    form = EditForm(company, proposals.details(company))
    if form.validate_on_submit():
        if proposals.edit(company, form.details, by=current_user):
            flash(_("Sent. Your liaison looks at the change first, usually within two working days."), "good")
        else:
            flash(_("Saved."), "good")
        return redirect(url_for(".own"))
    return pages.render("companies/edit.html", form=form, company=company)


@bp.route("/company/change", methods=["GET", "POST"])
@requires(Permission.COMPANY_LEAD)
def take_back() -> ResponseReturnValue:
    """What the company proposed, and the button that takes it back."""
    company = companies.own(current_user)
    change = proposals.find_waiting(company.id)
    form = ConfirmForm(obj=company)
    if form.validate_on_submit():
        try:
            proposals.take_back(company, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Taken back. The details stay as they are."), "good")
            return redirect(url_for(".own"))
    lines = queries.side_by_side(company, change) if change else []
    return pages.render("companies/take_back.html", form=form, company=company, change=change, lines=lines)


@bp.route("/company/colleagues/invite", methods=["GET", "POST"])
@requires(Permission.COMPANY_LEAD)
def invite() -> ResponseReturnValue:
    company = companies.own(current_user)
    form = InviteForm(language=languages.current())
    if form.validate_on_submit():
        try:
            colleagues.invite_colleague(
                company,
                said(form.email),
                said(form.display_name),
                role=said(form.role),
                language=said(form.language),
                by=current_user,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent. Your colleague gets a mail with a link to choose a password."), "good")
            return redirect(url_for(".own"))
    return pages.render("companies/invite.html", form=form, company=company)


@bp.route("/company/colleagues/<uuid:account_id>/remove", methods=["GET", "POST"])
@requires(Permission.COMPANY_LEAD)
def remove(account_id: UUID) -> ResponseReturnValue:
    company = companies.own(current_user)
    person = colleagues.colleague(company, account_id)
    form = RemoveForm()
    if form.validate_on_submit():
        try:
            colleagues.remove_colleague(company, person, by=current_user, read=bool(form.read.data))
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Removed. The person can no longer sign in."), "good")
            return redirect(url_for(".own"))
    warnings = administration.warnings_of(person)
    return pages.render("companies/remove.html", form=form, company=company, person=person, warnings=warnings)


@bp.route("/company/commitment", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def commitment() -> ResponseReturnValue:
    company, version = companies.own(current_user), commitments.find_newest()
    if version is None:
        raise NotFound
    form = SignForm(number=version.number)
    if form.validate_on_submit():
        try:
            commitments.sign(company, int(number) if (number := said(form.number)).isdecimal() else 0, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
            form.number.data = str(version.number)
        else:
            flash(_("Signed. Thank you for the promise."), "good")
            return redirect(url_for(".own"))
    signed = commitments.commitment_of(company)
    return pages.render(
        "companies/commitment.html",
        form=form,
        company=company,
        version=version,
        text=commitments.text_of(version, languages.current()),
        signed=signed if signed and signed.version_number == version.number else None,
        earlier=signed if signed and signed.version_number < version.number else None,
        coming=version.in_force_from > clock.today(),
        may_sign=current_user.id in {owner.id for owner in commitments.owners_with_right(company)},
    )
