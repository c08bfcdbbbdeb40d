"""Pages of follow-up, for the officer who keeps the candidate."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken
from portal.followup import queries, rules, services
from portal.followup.forms import CheckInForm, EndForm, StartForm
from portal.followup.models import CheckIn, CheckInOutcome, Placement, PlacementStatus
from portal.followup.services import Start
from portal.followup.tasks import OUTCOMES
from portal.introductions import services as introductions

bp = Blueprint("followup", __name__)


@bp.get("/placements")
@requires(Permission.PLACEMENT_FOLLOW)
def index() -> ResponseReturnValue:
    status = request.args.get("status", PlacementStatus.STARTED)
    if status not in ("all", *PlacementStatus):
        raise NotFound
    entries = queries.entries(current_user, "" if status == "all" else status)
    return pages.render("followup/index.html", entries=entries, status=status, kinds=rules.KINDS)


@bp.route("/introductions/<uuid:introduction_id>/placement", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_FOLLOW)
def start(introduction_id: UUID) -> ResponseReturnValue:
    """They agreed on work: write how it starts."""
    introduction = introductions.get(introduction_id, current_user, lock=request.method == "POST")
    form = StartForm()
    if form.validate_on_submit():
        try:
            placement = services.start_placement(introduction, _start(form), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The placement has started. The first check-in is a week after the first day."), "good")
            return redirect(url_for(".show", placement_id=placement.id))
    entry = introductions.entries([introduction])[0]
    return pages.render("followup/start.html", form=form, entry=entry, introduction=introduction)


def _start(form: StartForm) -> Start:
    return Start(
        kind=form.kind.data,
        starts_on=form.starts_on.data,
        hours=form.hours.data,
        pay_cents=form.pay.data,
        pay_unit=form.pay_unit.data,
        contact=form.contact.data or "",
    )


@bp.get("/placements/<uuid:placement_id>")
@requires(Permission.PLACEMENT_FOLLOW)
def show(placement_id: UUID) -> ResponseReturnValue:
    return _show(services.get(placement_id, current_user), EndForm())


def _show(placement: Placement, form: EndForm) -> str:
    check_ins = services.check_ins_of([placement.id])
    return pages.render(
        "followup/show.html", form=form, entry=queries.entry_of(placement), placement=placement, check_ins=check_ins,
        said=services.read_words(placement), at_work=services.read_contact(placement), kinds=rules.KINDS,
        units=rules.PAY_UNITS, outcomes=OUTCOMES,
    )  # fmt: skip


@bp.route("/check-ins/<uuid:check_in_id>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_FOLLOW)
def check_in(check_in_id: UUID) -> ResponseReturnValue:
    row, placement = services.get_check_in(check_in_id, current_user, lock=request.method == "POST")
    form = CheckInForm()
    if form.validate_on_submit():
        try:
            _record(row, placement, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_said(form.outcome.data), "good")
            return redirect(url_for(".show", placement_id=placement.id))
    return pages.render("followup/check_in.html", form=form, check_in=row, entry=queries.entry_of(placement))


def _record(row: CheckIn, placement: Placement, form: CheckInForm) -> None:
    outcome = CheckInOutcome(form.outcome.data)
    services.record_check_in(row, placement, outcome, form.words.data or "", by=current_user)


def _said(outcome: str) -> str:
    if outcome == CheckInOutcome.CONCERN:
        return _(
            "Recorded. Nothing new goes to the company’s owner group, and it sees no change. Agree on what is safe."
        )
    if outcome == CheckInOutcome.NOT_REACHED:
        return _("Recorded. The check-in comes back in a week.")
    return _("Recorded.")


@bp.route("/placements/<uuid:placement_id>/end", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_FOLLOW)
def end(placement_id: UUID) -> ResponseReturnValue:
    placement = services.get(placement_id, current_user, lock=request.method == "POST")
    form = EndForm()
    if form.validate_on_submit():
        try:
            services.end_placement(placement, form.ends_on.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The placement has ended. The candidate is active again."), "good")
            return redirect(url_for(".show", placement_id=placement.id))
    return pages.render("followup/end.html", form=form, entry=queries.entry_of(placement), placement=placement)
