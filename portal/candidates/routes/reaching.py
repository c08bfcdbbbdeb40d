"""Reaching the candidate: what came of a call, and a message where the safe-contact plan allows one."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.candidates import contact as reaching
from portal.candidates import reach, sealing
from portal.candidates.blueprint import bp
from portal.candidates.contact_forms import CallForm, MessageForm, TakeBackForm
from portal.candidates.models import Candidate
from portal.core import clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken


@bp.route("/candidates/<uuid:candidate_id>/call", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def call(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    form = CallForm()
    if not form.is_submitted():
        form.call_on.data = clock.working_days_after(clock.today(), 1)
    if form.validate_on_submit():
        try:
            reaching.record(row.id, form.outcome.data, form.text.data or "", form.call_on.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Recorded."), "good")
            return redirect(url_for(".show", candidate_id=row.id))
    plan, _non_disclosure = sealing.open_contact(row.id)
    return pages.render("candidates/call.html", form=form, row=row, plan=plan)


@bp.route("/candidates/<uuid:candidate_id>/message", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def message(candidate_id: UUID) -> ResponseReturnValue:
    """The address is in none of it: whoever wants to see it shows name and contact, and that is kept."""
    row = reach.load(candidate_id, current_user)
    if reaching.waiting_one(row.id) is not None:
        return waiting(row)
    try:
        offer = reaching.offer(row)
    except RuleBroken as refusal:
        return pages.render("candidates/message.html", row=row, offer=None, refusal=refusal, last=reaching.last(row.id))
    form = MessageForm(offer.previews)
    if form.validate_on_submit():
        try:
            leaves_at = reaching.post(row.id, form.text.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The message leaves on %(time)s.", time=pages.show_datetime(leaves_at)), "good")
            return redirect(url_for(".show", candidate_id=row.id))
    return pages.render("candidates/message.html", row=row, form=form, offer=offer, last=None)


def waiting(row: Candidate, form: TakeBackForm | None = None) -> ResponseReturnValue:
    form = form or TakeBackForm()
    return pages.render("candidates/message_waits.html", row=row, form=form, last=reaching.last(row.id))


@bp.post("/candidates/<uuid:candidate_id>/message/take-back")
@requires(Permission.CANDIDATE_KEEP)
def take_back_message(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    form = TakeBackForm()
    if form.validate_on_submit():
        try:
            reaching.take_back(row.id, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
            return waiting(row, form)
        flash(_("Taken back. Nothing is sent."), "good")
    return redirect(url_for(".show", candidate_id=row.id))
