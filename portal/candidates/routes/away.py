"""A deputy for an officer who is away already, named by an administrator: who keeps whose files, and no file."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import services as accounts
from portal.candidates import caseloads
from portal.candidates.blueprint import bp
from portal.candidates.caseload_forms import DeputyForForm, EndDeputyForForm
from portal.core import clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken


@bp.route("/accounts/<uuid:account_id>/deputies", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def deputies_for(account_id: UUID) -> ResponseReturnValue:
    officer = caseloads.officer_named(account_id)
    possible = caseloads.may_deputise(officer.id)
    form = DeputyForForm(possible, caseloads.shared_programmes(officer.id))
    if form.validate_on_submit():
        try:
            caseloads.name_deputy_for(
                officer, UUID(form.deputy.data), form.starts_on.data, form.ends_on.data, form.reason.data or ""
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The deputy is named. Both were told."), "good")
            return redirect(url_for(".deputies_for", account_id=account_id))
    named = caseloads.deputies_from(clock.today(), officer_id=officer.id)
    names = accounts.names(each.deputy_id for each in named)
    return pages.render(
        "candidates/deputies_for.html", form=form, officer=officer, possible=possible, named=named, names=names
    )


@bp.route("/accounts/<uuid:account_id>/deputies/<uuid:deputy_id>/end", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def end_deputy_for(account_id: UUID, deputy_id: UUID) -> ResponseReturnValue:
    officer = caseloads.officer_named(account_id)
    named = {each.id: each for each in caseloads.deputies_from(clock.today(), officer_id=officer.id)}
    if deputy_id not in named:
        raise NotFound
    form = EndDeputyForForm()
    if form.validate_on_submit():
        caseloads.end_deputy_for(deputy_id, officer, form.reason.data or "")
        flash(_("Ended. Both were told."), "good")
        return redirect(url_for(".deputies_for", account_id=account_id))
    name = accounts.names([named[deputy_id].deputy_id]).get(named[deputy_id].deputy_id, "")
    return pages.render(
        "candidates/end_deputy_for.html", form=form, officer=officer, deputy=named[deputy_id], name=name
    )
