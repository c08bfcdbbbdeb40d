"""A company's trainings: what its members hold, what comes next, and the way to a certificate that went elsewhere."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.companies import services as companies
from portal.core import clock, edge, languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.events import services as events
from portal.events import words as event_words
from portal.trainings import certificates, claiming
from portal.trainings import services as trainings
from portal.trainings.blueprint import bp
from portal.trainings.courses import queries as course_queries
from portal.trainings.courses import words as course_words
from portal.trainings.forms import CodeForm


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


@bp.route("/trainings/certificate-link", methods=["GET", "POST"])
@requires(Permission.COMPLETION_CLAIM)
def mail_link() -> ResponseReturnValue:
    """For a member who has the code alone of a certificate that went elsewhere: the same answer to any code."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            claiming.reserve_try(current_user.id)
            edge.claim_once(str(form.once.data))
            trainings.mail_link(form.code.data or "")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("If a certificate has this code, its link is on the way to the address it was given to."), "good")
            return redirect(url_for("trainings.mail_link"))
    return pages.render("trainings/mail_link.html", form=form)
