"""What every visitor may read."""

from __future__ import annotations

from datetime import date

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from portal.core import pages, settings
from portal.core.access import public
from portal.events import services as events
from portal.events import words
from portal.home.blueprint import bp

SHOWN = 3
STATED_ON = date(2026, 11, 24)
"""When the statements were written; change it with their words."""


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    """For visitors; whoever is signed in has a start page."""
    if current_user.is_authenticated and not current_user.must_pass_second_factor:
        return redirect(url_for(".start"))
    return pages.render("home/front.html", agenda_lines=words.agenda(events.upcoming()[:SHOWN]))


@bp.get("/about")
@public
def about() -> ResponseReturnValue:
    return pages.render("home/about.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Act 306/2019: what works, what does not, whom to tell, who supervises."""
    config = current_app.extensions["config"]
    return pages.render("home/accessibility.html", stated_on=STATED_ON, host=config.host, mailto=mailto())


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    months = settings.number("candidates.closed_months")
    return pages.render("home/privacy.html", stated_on=STATED_ON, mailto=mailto(), closed_months=months)


@bp.get("/when-work-is-not-fair")
@public
def exploitation() -> ResponseReturnValue:
    """Apart from all else: neither the front page nor what a company reads speaks of this."""
    return pages.render("home/exploitation.html")


def mailto() -> Markup:
    """Where a person writes to us, as a link."""
    return Markup('<a href="mailto:{0}">{0}</a>').format(current_app.extensions["config"].reply_to)
