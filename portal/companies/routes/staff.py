"""Staff: the list of companies, and the one page about a company."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.companies import commitments, evidence, groups, hearings, proposals, queries, registrations, rules, texts
from portal.companies import services as companies
from portal.companies.blueprint import bp
from portal.companies.forms import ChangeForm, EvidenceForm, RightForm, said
from portal.companies.models import Company, CompanyStatus, Hearing
from portal.core import access, clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken


@bp.get("/companies")
@requires(Permission.COMPANY_READ)
def index() -> ResponseReturnValue:
    status, text = request.args.get("status", ""), request.args.get("text", "")[:100]
    page = pages.page_of(queries.listed(status, text), Company.sort_key)
    liaisons = accounts.names(company.liaison_id for company in page.items)
    return pages.render(
        "companies/index.html", page=page, liaisons=liaisons, status=status, text=text, statuses=texts.STATUS
    )


@bp.get("/companies/<uuid:company_id>")
@requires(Permission.COMPANY_READ)
def show(company_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    heard, signed = hearings.hearings_of(company.id), commitments.commitment_of(company)
    members = queries.members(company.id)
    people = {company.liaison_id, signed.signed_by_id if signed else None}
    people |= {member.right.seen_by_id for member in members if member.right}
    may_vet = access.allows(current_user, Permission.COMPANY_VET)
    states = evidence.evidence_status(company)
    under_way = next((one for one in heard if one.decided_at is None), None)
    return pages.render(
        "companies/show.html",
        company=company,
        may_vet=may_vet,
        may_approve=may_vet and is_approvable(company, members, states, under_way),
        **(forms_in_place(members) if may_vet else {}),
        members=members,
        checks_of_evidence=queries.evidence_checks(states, own=False),
        documents=evidence.documents_of(company.id, limit=20),
        group=groups.companies_in_group(company.owner_group_id),
        hearings=heard,
        heard=under_way,
        signed=signed,
        repeats=registrations.repeats_of(company.id),
        events=queries.timeline(company.id),
        names=accounts.names(people),
    )


def is_approvable(
    company: Company,
    members: Iterable[queries.Member],
    states: Iterable[evidence.EvidenceState],
    hearing: Hearing | None,
) -> bool:
    """The rule of approval, asked of what the page has read already."""
    owners = [each for each in members if each.is_owner and each.active]
    try:
        rules.check_approvable(
            owners=len(owners),
            owners_without_right=sum(not each.right for each in owners),
            lacking=[each.label for each in states if not each.held],
            heard=hearing is not None,
            proposed=company.change_waits_since is not None,
        )
    except RuleBroken:
        return False
    return company.status == CompanyStatus.IN_REVIEW


def forms_in_place(members: Iterable[queries.Member]) -> dict[str, object]:
    """What a liaison does without leaving the company's page; each goes to its own page when it is refused."""
    return {
        "right_forms": {each.account.id: RightForm() for each in members if each.is_owner and not each.right},
        "evidence_form": EvidenceForm(seen_on=clock.today()),
        "months": evidence.months(),
    }


@bp.route("/companies/<uuid:company_id>/change", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def decide_change(company_id: UUID) -> ResponseReturnValue:
    """Old and proposed side by side; a liaison confirms, or turns back with a reason that the company reads."""
    company = companies.get(company_id, viewer=current_user)
    form = ChangeForm(obj=company)
    if form.validate_on_submit():
        try:
            if form.pressed == "turn_back":
                proposals.turn_back(company, said(form.reason), by=current_user)
            else:
                proposals.confirm(company, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Decided. The company has news to read."), "good")
            return redirect(url_for(".show", company_id=company.id))
    change = proposals.find_waiting(company.id)
    return pages.render(
        "companies/decide_change.html",
        form=form,
        company=company,
        change=change,
        lines=queries.side_by_side(company, change) if change else [],
        names=accounts.names([change.proposed_by_id] if change else []),
    )


@bp.post("/companies/<uuid:company_id>/registrations/<uuid:registration_id>/handled")
@requires(Permission.COMPANY_VET)
def deal_with(company_id: UUID, registration_id: UUID) -> ResponseReturnValue:
    company = companies.get(company_id, viewer=current_user)
    registrations.deal_with(company, registration_id)
    flash(_("Marked as dealt with."), "good")
    return redirect(url_for(".show", company_id=company.id))
