"""What the law asks every service to say: accessibility with feedback on the page itself, and privacy."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from portal.core import languages, pages
from portal.core.access import public
from portal.core.errors import RuleBroken
from portal.home import feedback, notices, proof
from portal.home.blueprint import bp
from portal.home.forms import FeedbackForm
from portal.home.notices.periods import PERIODS

STATED_ON = date(2026, 11, 24)
"""When the statements were written; change it with their words."""


@bp.route("/accessibility", methods=["GET", "POST"])
@public
def accessibility() -> ResponseReturnValue:
    """Act 306/2019: what works, what does not, whom to tell (here), who supervises."""
    form = FeedbackForm()
    if form.validate_on_submit():
        try:
            feedback.send(
                form.message.data or "", form.email.data or "", languages.current(), request.remote_addr or ""
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your feedback has been sent. Thank you."), "good")
            return redirect(url_for(".accessibility"))
    return pages.render("home/accessibility.html", form=form, proof=proof.latest(), known=proof.KNOWN, **stated())


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return pages.render("home/privacy.html", notices=notices.NOTICES, **stated())


@bp.get("/privacy/<any(companies, events, work, staff):notice>")
@public
def privacy_notice(notice: str) -> ResponseReturnValue:
    """GDPR 13 and 14, for one kind of person."""
    return pages.render(
        "home/privacy_notice.html",
        told=notices.NOTICES[notice],
        periods=PERIODS[notice](),
        no_machine=notices.NO_MACHINE,
        **stated(),
    )


def stated() -> dict[str, Any]:
    config = current_app.extensions["config"]
    return {
        "stated_on": STATED_ON,
        "host": config.host,
        "mailto": mailto(config.reply_to),
        "controller": config.controller,
        "dpo": mailto(config.dpo_email) if config.dpo_email else None,
    }


def mailto(address: str) -> Markup:
    return Markup('<a href="mailto:{0}">{0}</a>').format(address)
