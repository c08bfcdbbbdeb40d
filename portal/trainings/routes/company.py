"""A company's trainings: what its members hold, what comes next, and claiming a certificate."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.companies import services as companies
from portal.core import clock, edge, languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, RuleBroken
from portal.events import limits
from portal.events import services as events
from portal.events import words as event_words
from portal.trainings import certificates
from portal.trainings import services as trainings
from portal.trainings.blueprint import bp
from portal.trainings.courses import queries as course_queries
from portal.trainings.courses import words as course_words
from portal.trainings.forms import ClaimForm
from portal.trainings.routes.certificates import WRONG_CODES_AN_HOUR


@bp.route("/trainings")
@requires(Permission.COMPANY_OWN)
def own() -> ResponseReturnValue:
    company = companies.own(current_user)
    titles = {each.id: each.title(languages.current()) for each in trainings.all_trainings()}
    required = trainings.required_of(company.id, clock.today())
    coming = trainings.coming_for(company.id, clock.today())
    counting = {training.id for each in (*required, *coming) for training in each.trainings}
    return pages.render(
        "trainings/own.html",
        company=company,
        required=required,
        coming=coming,
        own_path=lambda completion: certificates.own_path(completion.id, languages.current()),
        mine=current_user,
        completions=trainings.completions_of(company.id),
        courses=[course_words.offer_row(each) for each in course_queries.offers_to(current_user.id)],
        titles=titles,
        today=clock.today(),
        lang_code=languages.current(),
        agenda=event_words.agenda([each for each in events.upcoming(current_user) if each.training_id in counting]),
    )


@bp.route("/trainings/claim", methods=["GET", "POST"])
@requires(Permission.COMPLETION_CLAIM)
def claim() -> ResponseReturnValue:
    """For a member whose certificate went to another address."""
    form = ClaimForm()
    if form.validate_on_submit():
        try:
            tried = reserve_try()
            edge.claim_once(str(form.once.data))
            trainings.claim(form.code.data or "", accounts.get(current_user.id))
            limits.forgive(tried)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The certificate is yours, and the training counts for your company."), "good")
            return redirect(url_for("trainings.own"))
    return pages.render("trainings/claim.html", form=form)


def reserve_try() -> UUID:
    """Counted before the code is looked at. Ends the open transaction; raises `RuleBroken` after very many."""
    tried = limits.reserve("claim", str(current_user.id), WRONG_CODES_AN_HOUR)
    if tried is None:
        raise RuleBroken(N_("You have tried many codes. Wait an hour, or write to us."), field="code")
    return tried
