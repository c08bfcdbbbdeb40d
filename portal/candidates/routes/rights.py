"""What the candidate may ask for: to see everything that is held, and to be erased."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.candidates import erasure, files, looks, reach, rules
from portal.candidates.blueprint import bp
from portal.candidates.caseload_forms import AskErasureForm, EraseForm, RefuseErasureForm, WholeFileForm
from portal.candidates.models import Candidate, CandidateStatus
from portal.core import clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, RuleBroken
from portal.core.registry import registry

WHOLE_FILE = N_("The candidate asked to see the file")
WRONG_NUMBER = N_("This is not the number of this file. Check that you have the right one open.")


@bp.route("/candidates/<uuid:candidate_id>/whole-file", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def whole_file(candidate_id: UUID) -> ResponseReturnValue:
    """Everything that is held on the person, of every feature, sealed parts too (GDPR 15)."""
    row = reach.load(candidate_id, current_user)
    form = WholeFileForm()
    held = None
    if form.validate_on_submit():
        looks.witness(row.id, current_user, WHOLE_FILE)
        held = [each for feature in registry for each in feature.held_on(row.id)]
    return pages.render("candidates/whole_file.html", form=form, row=row, held=held, today=clock.today())


@bp.route("/candidates/<uuid:candidate_id>/erase", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def erase(candidate_id: UUID) -> ResponseReturnValue:
    """The request, and then the erasing: one page that shows how far it is."""
    row = reach.load(candidate_id, current_user)
    if row.erasure_asked_on is None and row.status != CandidateStatus.CLOSED:
        return ask_erasure(row)
    form = EraseForm()
    if form.validate_on_submit():
        try:
            if rules.tidy_case_number(form.case_number.data or "") != row.case_number:
                raise RuleBroken(WRONG_NUMBER, field="case_number")
            proof_id = erasure.erase(row.id, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".erased", erasure_id=proof_id))
    refusals, before = erasure.refusals(row.id), erasure.refused_before(row)
    return pages.render(
        "candidates/erase.html",
        form=form,
        row=row,
        refusals=refusals,
        refused_before=before,
        reasons_of=erasure.reasons_of,
    )


def ask_erasure(row: Candidate) -> ResponseReturnValue:
    form = AskErasureForm()
    if not form.is_submitted():
        form.asked_on.data = clock.today()
    if form.validate_on_submit():
        try:
            files.ask_for_erasure(row.id, form.asked_on.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Recorded. The request waits on your start page."), "good")
            return redirect(url_for(".erase", candidate_id=row.id))
    return pages.render("candidates/ask_erasure.html", form=form, row=row)


@bp.route("/candidates/<uuid:candidate_id>/refuse-erasure", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def refuse_erasure(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    form = RefuseErasureForm()
    if form.validate_on_submit():
        try:
            refusal_id = erasure.refuse(row.id, form.reasons.data or "", form.refused_until.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".erased", erasure_id=refusal_id))
    return pages.render("candidates/refuse_erasure.html", form=form, row=row, refusals=erasure.refusals(row.id))


@bp.get("/candidates/erasures/<uuid:erasure_id>")
@requires(Permission.CANDIDATE_KEEP)
def erased(erasure_id: UUID) -> ResponseReturnValue:
    """The proof, or the refusal in writing, to print for the candidate."""
    proof = erasure.proof(erasure_id, current_user)
    return pages.render("candidates/erased.html", proof=proof, reasons=erasure.reasons_of(proof))
