"""The trainings that staff keep, and the certificates given for them."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.core import audit, languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.trainings import required, rules, words
from portal.trainings import services as trainings
from portal.trainings.blueprint import bp
from portal.trainings.catalogue import TEACHES
from portal.trainings.forms import RenewForm, RevokeForm, TrainingForm
from portal.trainings.models import Completion
from portal.trainings.routes.catalogue import fills


@bp.route("/trainings/manage")
@requires(Permission.EVENT_MANAGE)
def index() -> ResponseReturnValue:
    asked = required.not_over()
    return pages.render(
        "trainings/index.html",
        trainings=trainings.all_trainings(),
        needed={training.id for each in asked for training in each.trainings},
        unfilled=[each for each in asked if not each.can_be_completed],
        coming=[each for each in asked if each.is_coming],
        lang_code=languages.current(),
    )


@bp.route("/trainings/new", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def create() -> ResponseReturnValue:
    form = TrainingForm()
    if form.validate_on_submit():
        try:
            made = trainings.create(form.written())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The training is saved."), "good")
            return redirect(url_for("trainings.show", training_id=made.id))
    return pages.render("trainings/create.html", form=form)


@bp.route("/trainings/<uuid:training_id>")
@requires(Permission.EVENT_MANAGE)
def show(training_id: UUID) -> ResponseReturnValue:
    """A training and the certificates given for it; looking at the names is one entry in the audit trail."""
    training = trainings.get(training_id)
    page = pages.page_of(trainings.of_training(training.id), Completion.certificate_code)
    facts = {"count": len(page.items)}
    audit.record("training.completions_read", "training", training.id, facts=facts, sudden=True)
    return pages.render(
        "trainings/show.html",
        training=training,
        title=training.title(languages.current()),
        page=page,
        shown_code=rules.shown_code,
        evidence=rules.EVIDENCE,
        versions=trainings.versions_of(training),
        fills=fills(training, required.not_over()),
        words=words,
        lang_code=languages.current(),
    )


@bp.route("/trainings/<uuid:training_id>/edit", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def edit(training_id: UUID) -> ResponseReturnValue:
    training = trainings.get(training_id)
    form = TrainingForm(obj=training, taught=trainings.current_version(training))
    if form.validate_on_submit():
        try:
            trainings.edit(training, form.written())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The training is saved."), "good")
            return redirect(url_for("trainings.show", training_id=training.id))
    return pages.render("trainings/edit.html", form=form, training=training, title=training.title(languages.current()))


@bp.route("/trainings/<uuid:training_id>/renew", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def renew(training_id: UUID) -> ResponseReturnValue:
    """A new version of the content, with what changed."""
    training = trainings.get(training_id)
    taught = trainings.current_version(training)
    form = RenewForm(obj=training, data={name: getattr(taught, name) for name in TEACHES})
    if form.validate_on_submit():
        trainings.renew_content(training, form.teaches(), form.notes())
        flash(_("Version %(number)d of the content holds now.", number=training.content_version), "good")
        return redirect(url_for("trainings.show", training_id=training.id))
    return pages.render("trainings/renew.html", form=form, training=training, title=training.title(languages.current()))


@bp.route("/completions/<uuid:completion_id>/revoke", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def revoke(completion_id: UUID) -> ResponseReturnValue:
    completion = trainings.get_completion(completion_id)
    training = trainings.get(completion.training_id)
    form = RevokeForm()
    if form.validate_on_submit():
        try:
            trainings.revoke(completion, form.reason.data or "", by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The certificate is revoked."), "good")
            return redirect(url_for("trainings.show", training_id=training.id))
    return pages.render(
        "trainings/revoke.html",
        form=form,
        completion=completion,
        training=training,
        title=training.title(languages.current()),
        code=rules.shown_code(completion.certificate_code),
        evidence=rules.EVIDENCE.get(completion.evidence_kind, completion.evidence_kind),
        recorded_by=", ".join(accounts.names([completion.recorded_by_id]).values()),
    )
