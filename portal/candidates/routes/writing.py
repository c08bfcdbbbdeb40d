"""Writing in a file: name and contact, safe contact, profile, safety, notes, state."""

from __future__ import annotations

from email.utils import parseaddr
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.candidates import contact as reaching
from portal.candidates import edits, files, looks, reach, sealing, words
from portal.candidates.blueprint import bp
from portal.candidates.contact_forms import ContactForm
from portal.candidates.forms import IdentityForm, NoteForm, StatusForm
from portal.candidates.models import NEXT, CandidateStatus
from portal.candidates.profile_forms import ProfileForm, SafetyForm
from portal.candidates.routes.opening import onward, steps_of
from portal.core import edge, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken


@bp.route("/candidates/<uuid:candidate_id>/identity", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def identity(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user, lock=request.method == "POST")
    kept = sealing.open_identity(row.id)
    form = IdentityForm(obj=kept)
    if form.validate_on_submit():
        files.write_identity(row.id, edits.identity_in(form), by=current_user)
        flash(_("Saved."), "good")
        return onward(row.id, row.status, later=form.pressed == "later")
    if kept.legal_name:
        looks.witness(row.id, current_user, words.LOOK_REASONS["correcting"])
    return pages.render("candidates/identity.html", form=form, row=row, steps=steps_of(row))


@bp.route("/candidates/<uuid:candidate_id>/contact", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def contact(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user, lock=request.method == "POST")
    plan, non_disclosure = sealing.open_contact(row.id)
    form = ContactForm(obj=edits.plan_draft(plan, non_disclosure))
    if form.validate_on_submit():
        files.write_contact(row.id, edits.plan_in(form), form.non_disclosure.data, by=current_user)
        flash(_("Saved."), "good")
        return onward(row.id, row.status, later=form.pressed == "later")
    sender = parseaddr(reaching.neutral_sender())[0]
    return pages.render("candidates/contact.html", form=form, row=row, steps=steps_of(row), sender=sender)


@bp.route("/candidates/<uuid:candidate_id>/profile", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def profile(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user, lock=request.method == "POST")
    form = ProfileForm(obj=edits.profile_draft(row))
    if form.validate_on_submit():
        try:
            files.write_profile(row.id, edits.profile_in(form), current_user, read_through=form.read_through.data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return onward(row.id, row.status, later=form.pressed == "later")
    return pages.render("candidates/profile.html", form=form, row=row, steps=steps_of(row))


@bp.route("/candidates/<uuid:candidate_id>/safety", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def safety(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user, lock=request.method == "POST")
    draft = edits.safety_draft(sealing.open_safety(row.id))
    form = SafetyForm(obj=draft)
    found = edits.offer_companies(form, draft)
    if form.is_submitted() and form.pressed == "find":
        edge.refuse_silently()
    elif form.validate_on_submit():
        files.write_safety(row.id, edits.safety_in(form), by=current_user)
        flash(_("Saved."), "good")
        return onward(row.id, row.status, later=form.pressed == "later")
    if draft.version:
        looks.witness_safety(row)
    return pages.render("candidates/safety.html", form=form, row=row, found=found, steps=steps_of(row))


@bp.route("/candidates/<uuid:candidate_id>/notes", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def notes(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    form = NoteForm()
    if form.validate_on_submit():
        files.add_note(row.id, form.text.data or "", by=current_user)
        return redirect(url_for(".notes", candidate_id=row.id))
    kept = looks.read_notes(row)
    names = accounts.names(note.by_id for note in kept)
    return pages.render("candidates/notes.html", form=form, row=row, notes=kept, names=names)


@bp.route("/candidates/<uuid:candidate_id>/status", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def status(candidate_id: UUID) -> ResponseReturnValue:
    row = reach.load(candidate_id, current_user)
    by_hand = [each for each in CandidateStatus if each in NEXT[CandidateStatus(row.status)] and each in words.BY_HAND]
    form = StatusForm(by_hand)
    if form.validate_on_submit():
        try:
            files.move_to(row.id, CandidateStatus(form.to.data), current_user, reason=form.reason.data or "")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".show", candidate_id=row.id))
    return pages.render("candidates/status.html", form=form, row=row, by_hand=by_hand)
