"""Opening a file: one step at a time, each saved, so that a talk may be broken off anywhere."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.candidates import edits, files
from portal.candidates.blueprint import bp
from portal.candidates.forms import NewForm
from portal.candidates.models import Candidate, CandidateStatus
from portal.core import languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, RuleBroken
from portal.programmes import services as programmes
from portal.programmes.models import Programme

STEPS = (
    ("candidates.identity", N_("Name and contact")),
    ("candidates.contact", N_("Safe contact")),
    ("candidates.profile", N_("Profile")),
    ("candidates.safety", N_("Safety")),
    ("candidates.consents", N_("Consents")),
)


def name_of(programme: Programme) -> str:
    return str(getattr(programme, f"name_{languages.current()}"))


def steps_of(candidate: Candidate | None) -> dict[str, object] | None:
    """Where the officer is while the file is being opened; None afterwards."""
    if candidate is not None and candidate.status != CandidateStatus.INTAKE:
        return None
    items = [(_(label), url_for(each, candidate_id=candidate.id) if candidate else None) for each, label in STEPS]
    return {"items": items, "current": step() + 1}


def step() -> int:
    """Which of the steps this request is about: the file comes to be with the first."""
    endpoints = [endpoint for endpoint, _label in STEPS]
    return 0 if request.endpoint == "candidates.new" else endpoints.index(request.endpoint or "")


def onward(candidate_id: UUID, status: str, later: bool) -> ResponseReturnValue:
    """After saving: the next step while the file is being opened, else the file."""
    if status == CandidateStatus.INTAKE and not later:
        return redirect(url_for(STEPS[step() + 1][0], candidate_id=candidate_id))
    return redirect(url_for("candidates.show", candidate_id=candidate_id))


@bp.route("/candidates/new", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_KEEP)
def new() -> ResponseReturnValue:
    own = programmes.of_officer(current_user.id)
    form = NewForm([(programme.id, name_of(programme)) for programme in own])
    if form.validate_on_submit():
        try:
            candidate_id = files.open_file(UUID(form.programme.data), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            files.write_identity(candidate_id, edits.identity_in(form), by=current_user)
            flash(_("Saved."), "good")
            return onward(candidate_id, CandidateStatus.INTAKE, later=form.pressed == "later")
    return pages.render("candidates/new.html", form=form, has_programme=bool(own), steps=steps_of(None))
