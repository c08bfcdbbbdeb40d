"""What every visitor may read."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core import pages
from portal.core.access import public
from portal.events import services as events
from portal.events import words
from portal.home.blueprint import bp

SHOWN = 3


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    """For visitors; whoever is signed in has a start page."""
    if current_user.is_authenticated and not current_user.must_pass_second_factor:
        return redirect(url_for(".start"))
    return pages.render("home/front.html", agenda_lines=words.agenda(events.upcoming(most=SHOWN)))


@bp.get("/about")
@public
def about() -> ResponseReturnValue:
    return pages.render("home/about.html")


@bp.get("/when-work-is-not-fair")
@public
def exploitation() -> ResponseReturnValue:
    """Apart from all else: neither the front page nor what a company reads speaks of this."""
    return pages.render("home/exploitation.html")
