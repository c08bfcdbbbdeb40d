"""Who keeps which file: hand-over, deputies, and the glass."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.candidates import caseloads, reach
from portal.candidates.blueprint import bp
from portal.candidates.caseload_forms import DeputyForm, EndDeputyForm, GlassForm, HandOverForm
from portal.core import clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken


@bp.route("/candidates/<uuid:candidate_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def hand_over(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    colleagues = caseloads.colleagues(row.programme_id, row.officer_id)
    form = HandOverForm(colleagues)
    if form.validate_on_submit():
        try:
            caseloads.hand_over(row.id, UUID(form.to.data), form.reason.data or "", by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Handed over. Both of you were told."), "good")
            return redirect(url_for(".index"))
    return pages.render("candidates/hand_over.html", form=form, row=row, colleagues=colleagues)


@bp.route("/candidates/deputies", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def deputies() -> ResponseReturnValue:
    form = DeputyForm(caseloads.may_deputise(current_user.id))
    if form.validate_on_submit():
        try:
            caseloads.name_deputy(current_user, UUID(form.deputy.data), form.starts_on.data, form.ends_on.data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your deputy was told."), "good")
            return redirect(url_for(".deputies"))
    today = clock.today()
    own = caseloads.deputies_from(today, officer_id=current_user.id)
    kept = caseloads.deputies_from(today, deputy_id=current_user.id)
    names = accounts.names([each.deputy_id for each in own] + [each.officer_id for each in kept])
    return pages.render("candidates/deputies.html", form=form, own=own, kept=kept, names=names)


@bp.route("/candidates/deputies/<uuid:deputy_id>/end", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def end_deputy(deputy_id: UUID) -> ResponseReturnValue:
    own = {each.id: each for each in caseloads.deputies_from(clock.today(), officer_id=current_user.id)}
    if deputy_id not in own:
        raise NotFound
    form = EndDeputyForm()
    if form.validate_on_submit():
        caseloads.end_deputy(deputy_id, current_user)
        return redirect(url_for(".deputies"))
    name = accounts.names([own[deputy_id].deputy_id]).get(own[deputy_id].deputy_id, "")
    return pages.render("candidates/end_deputy.html", form=form, deputy=own[deputy_id], name=name)


@bp.route("/candidates/break-glass", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def break_glass() -> ResponseReturnValue:
    form = GlassForm()
    if form.validate_on_submit():
        try:
            found = caseloads.break_glass(
                form.case_number.data or "", form.why.data, form.reason.data or "", by=current_user
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".show", candidate_id=found))
    return pages.render("candidates/break_glass.html", form=form)
