"""Documents: a company sends them, a liaison reads them and records what they show."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.companies import evidence
from portal.companies import services as companies
from portal.companies.blueprint import bp
from portal.companies.forms import DocumentForm, EvidenceForm, TurnDownForm, said
from portal.companies.models import Company, Document, EvidenceKind
from portal.core import audit, clock, files, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken


@bp.route("/company/documents/send", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def send_document() -> ResponseReturnValue:
    company = companies.own(current_user)
    wanted = request.args.get("kind", "")
    form = DocumentForm(kind=wanted if wanted in set(EvidenceKind) else "")
    if form.validate_on_submit():
        try:
            evidence.send_document(company, EvidenceKind(form.kind.data), form.file.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent. Your liaison looks at it, usually within two working days."), "good")
            return redirect(url_for(".own"))
    return pages.render("companies/send_document.html", form=form)


@bp.get("/company/documents/<uuid:document_id>")
@requires(Permission.COMPANY_OWN)
def own_document(document_id: UUID) -> ResponseReturnValue:
    return files.response(evidence.file_of(evidence.document(companies.own(current_user), document_id)))


@bp.get("/companies/<uuid:company_id>/documents/<uuid:document_id>")
@requires(Permission.COMPANY_VET)
def document(company_id: UUID, document_id: UUID) -> ResponseReturnValue:
    sent = evidence.document(companies.get(company_id, viewer=current_user), document_id)
    audit.record("company.document_read", "company", company_id, facts={"document": sent.id})
    return files.response(evidence.file_of(sent))


@bp.route("/companies/<uuid:company_id>/evidence", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def record_evidence(company_id: UUID) -> ResponseReturnValue:
    return _record(companies.get(company_id, viewer=current_user), None)


@bp.route("/companies/<uuid:company_id>/documents/<uuid:document_id>/evidence", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def look_at(company_id: UUID, document_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    return _record(company, evidence.document(company, document_id))


def _record(company: Company, sent: Document | None) -> ResponseReturnValue:
    form = EvidenceForm(seen_on=clock.today(), kinds=[sent.kind] if sent else None)
    if form.validate_on_submit():
        try:
            evidence.record(
                company,
                [EvidenceKind(kind) for kind in form.kinds.data or ()],
                form.seen_on.data,
                by=current_user,
                valid_until=form.valid_until.data,
                note=said(form.note),
                document=sent,
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Recorded."), "good")
            return redirect(url_for(".show", company_id=company.id))
    months = evidence.months()
    return pages.render("companies/record_evidence.html", form=form, company=company, document=sent, months=months)


@bp.route("/companies/<uuid:company_id>/documents/<uuid:document_id>/turn-down", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def turn_down(company_id: UUID, document_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    sent = evidence.document(company, document_id)
    form = TurnDownForm()
    if form.validate_on_submit():
        try:
            evidence.turn_down(company, sent, said(form.answer), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Sent back. The company reads what is wrong."), "good")
            return redirect(url_for(".show", company_id=company.id))
    return pages.render("companies/turn_down.html", form=form, company=company, document=sent)
