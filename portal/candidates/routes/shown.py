"""The list of files, one file, its sheet for a meeting, and who has looked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from portal.accounts import services as accounts
from portal.candidates import caseloads, consents, contact, due, looks, reach, sealing, story
from portal.candidates.blueprint import bp
from portal.candidates.forms import HideForm, LookForm, SearchForm
from portal.candidates.models import Candidate, CandidateStatus
from portal.candidates.values import SafeContact, Safety, profile_of
from portal.companies.models import Company
from portal.core import audit, clock, pages
from portal.core.access import Permission, requires
from portal.core.db import db
from portal.core.errors import NotFound, RuleBroken
from portal.core.keystore import KeyGone


@bp.get("/candidates")
@requires(Permission.CANDIDATE_KEEP)
def index() -> ResponseReturnValue:
    closed = request.args.get("closed") == "yes"
    is_closed = Candidate.status == CandidateStatus.CLOSED
    page = pages.page_of(reach.caseload(current_user).where(is_closed if closed else ~is_closed), Candidate.case_number)
    waits: dict[UUID, list[due.Due]] = {}
    for each in due.of(page.items, current_user):
        waits.setdefault(each.candidate.id, []).append(each)
    officers = accounts.names(row.officer_id for row in page.items if row.officer_id != current_user.id)
    return pages.render("candidates/index.html", page=page, waits=waits, officers=officers, closed=closed)


@bp.route("/candidates/search", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def search() -> ResponseReturnValue:
    """By name, always as a post: no name stands in an address or a log (design: P7)."""
    form = SearchForm()
    hits = None
    if form.validate_on_submit():
        hits = looks.search(form.name.data or "", current_user)
        form.ready_again()
    return pages.render("candidates/search.html", form=form, hits=hits)


@bp.route("/candidates/<uuid:candidate_id>", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def show(candidate_id: UUID) -> ResponseReturnValue:
    row, looking = looks.load(candidate_id, current_user)
    form = LookForm()
    if form.validate_on_submit():
        try:
            looks.show(row.id, form.reason.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".show", candidate_id=row.id))
    sealed = sealed_parts(row, looking.reason if looking else "")
    looking = None if sealed["sealed_gone"] else looking
    is_own = row.officer_id == current_user.id
    return pages.render(
        "candidates/show.html",
        form=form,
        hide_form=HideForm() if looking else None,
        row=row,
        profile=profile_of(row),
        officer="" if is_own else accounts.names([row.officer_id]).get(row.officer_id, ""),
        looking=looking,
        glass=None if is_own else caseloads.glass_until(row.id, current_user.id),
        consents=consents.of(row.id),
        today=clock.today(),
        last_message=contact.last(row.id),
        no_message=contact.refusal(row, sealed["plan"]),
        chapters=story.told(story.latest(row.id), current_user),
        **sealed,
    )


def sealed_parts(row: Candidate, reason: str) -> dict[str, Any]:
    """Contact plan and limits, and the identity where there is a `reason` to show it, which leaves an entry.

    `sealed_gone` when an erasure was broken off after the key was destroyed.
    """
    gone = False
    try:
        identity, plan, non_disclosure, safety = sealing.open_page(row.id, named=bool(reason))
    except KeyGone:
        identity, plan, non_disclosure, safety, gone = None, SafeContact(), False, Safety(), True
    if identity:
        looks.witness(row.id, current_user, reason)
    return {
        "sealed_gone": gone, "identity": identity, "plan": plan, "non_disclosure": non_disclosure, "safety": safety,
        "blocked": blocked_names(safety),
    }  # fmt: skip


def blocked_names(safety: Safety) -> list[str]:
    """The companies by name, those of blocked groups too."""
    if not safety.blocked_companies and not safety.blocked_groups:
        return []
    held = Company.id.in_(safety.blocked_companies) | Company.owner_group_id.in_(safety.blocked_groups)
    return list(db.session.scalars(select(Company.name).where(held).order_by(Company.sort_key)))


@bp.post("/candidates/<uuid:candidate_id>/hide")
@requires(Permission.CANDIDATE_KEEP)
def hide(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    if HideForm().validate_on_submit():
        looks.hide(row.id, by=current_user)
    return redirect(url_for(".show", candidate_id=row.id))


@bp.get("/candidates/<uuid:candidate_id>/sheet")
@requires(Permission.CANDIDATE_KEEP)
def sheet(candidate_id: UUID) -> ResponseReturnValue:
    """For the table in a meeting: this file alone, without name, contact or safety."""
    row = reach.load(candidate_id, current_user)
    return pages.render(
        "candidates/sheet.html", row=row, profile=profile_of(row), consents=consents.of(row.id), today=clock.today()
    )


@bp.get("/candidates/<uuid:candidate_id>/looks")
@requires(Permission.CANDIDATE_KEEP)
def who_has_looked(candidate_id: UUID) -> ResponseReturnValue:
    """For the officer to show the candidate: every entry, newest first."""
    row = reach.load(candidate_id, current_user)
    before = request.args.get("before", "")
    if before and not before.isdecimal():
        raise NotFound
    entries = audit.who_has_seen(row.id, before_seq=int(before[:18]) if before else None, limit=pages.PAGE_LENGTH + 1)
    more = len(entries) > pages.PAGE_LENGTH
    page = pages.Page(
        story.told(entries[: pages.PAGE_LENGTH]),
        pages.address(before=None) if before else None,
        pages.address(before=str(entries[pages.PAGE_LENGTH - 1].seq)) if more else None,
    )
    return pages.render("candidates/who_has_looked.html", row=row, page=page)
