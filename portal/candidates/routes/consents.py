"""Consents: asked in the room, recorded here, taken back at any time; and the sheet that explains them."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.candidates import consents as consent_verbs
from portal.candidates import reach
from portal.candidates.blueprint import bp
from portal.candidates.forms import ConsentForm, WithdrawForm
from portal.candidates.routes.opening import steps_of
from portal.core import clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken
from portal.sheets import texts
from portal.sheets.speaking import rendered

CONSENT_SHEET = texts.declare("candidates/consent_sheet_text.html")


@bp.route("/candidates/<uuid:candidate_id>/consents", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def consents(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    form = ConsentForm()
    if not form.is_submitted():
        form.until.data = consent_verbs.suggested_end()
    if form.validate_on_submit():
        try:
            record(row.id, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Recorded. The service stays the same, whatever the answer."), "good")
            return redirect(url_for(".consents", candidate_id=row.id))
    return pages.render(
        "candidates/consents.html",
        form=form, row=row, consents=consent_verbs.of(row.id), today=clock.today(), steps=steps_of(row),
    )  # fmt: skip


def record(candidate_id: UUID, form: ConsentForm) -> None:
    consent_verbs.record(
        candidate_id, form.kind.data, form.answer.data, by=current_user, how=form.how.data,
        language=form.language.data, interpreter=form.interpreter.data, until=form.until.data,
    )  # fmt: skip


@bp.route("/candidates/<uuid:candidate_id>/consents/<uuid:consent_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def withdraw(candidate_id: UUID, consent_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    consent = next((each for each in consent_verbs.of(row.id) if each.id == consent_id), None)
    if consent is None:
        raise NotFound
    back = redirect(url_for(".consents", candidate_id=row.id))
    if not consent.covers(clock.today()):
        return back
    form = WithdrawForm()
    if form.validate_on_submit():
        consent_verbs.withdraw(row.id, consent.kind, by=current_user, subject_id=consent.subject_id)
        flash(_("Taken back. The service stays the same."), "good")
        return back
    return pages.render("candidates/withdraw.html", form=form, row=row, consent=consent)


@bp.get("/candidates/consent-sheet/<any(matching, statistics):kind>")
@requires(Permission.CANDIDATE_KEEP)
def consent_sheet(kind: str) -> ResponseReturnValue:
    """In easy language, to read together and to keep; names nobody but the officer."""
    return pages.render("candidates/consent_sheet.html", made=rendered(CONSENT_SHEET, lambda: {"kind": kind}))
