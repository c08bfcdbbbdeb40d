"""Front page, start page, statements, and the demo mailbox."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core import outbox, pages
from portal.core.access import Permission, public, requires
from portal.core.errors import NotFound
from portal.core.registry import registry

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for(".start"))
    return pages.render("home/front.html")


@bp.get("/start")
@requires(Permission.ACCOUNT_OWN)
def start() -> ResponseReturnValue:
    """What waits for this person, oldest first."""
    tasks = sorted(
        (task for feature in registry for task in feature.waiting(current_user)), key=lambda task: task.since
    )
    return pages.render("home/start.html", tasks=tasks)


@bp.get("/about")
@public
def about() -> ResponseReturnValue:
    return pages.render("home/about.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return pages.render("home/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return pages.render("home/privacy.html")


@bp.get("/demo/mail")
@public
def demo_mail() -> ResponseReturnValue:
    """The mail the demonstration sent; it does not exist without demo data."""
    if not current_app.extensions["demo"]():
        raise NotFound
    return pages.render("home/demo_mail.html", mails=outbox.demo_mailbox())
