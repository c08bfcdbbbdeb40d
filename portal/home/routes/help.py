"""Help for each role, and the first steps on the start page: put away there, brought back here."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import N_
from portal.core.forms import Form
from portal.home import guides, welcome
from portal.home.blueprint import bp
from portal.home.guides.parts import HEIGHT, WIDTH

NAMES = {
    "company": N_("Companies"),
    "liaison": N_("Liaisons"),
    "officer": N_("Case officers"),
    "coach": N_("Partner coaches"),
    "manager": N_("Project managers"),
    "administrator": N_("Administrators"),
}


@bp.get("/help")
@requires(Permission.ACCOUNT_OWN)
def help() -> ResponseReturnValue:
    """The reader's own."""
    return show_guide(guides.own(current_user))


@bp.get("/help/<any(company, liaison, officer, coach, manager, administrator):guide>")
@requires(Permission.ACCOUNT_OWN)
def help_of(guide: str) -> ResponseReturnValue:
    """Another role's, for staff: who works together knows what the others do."""
    return show_guide(guide)


def show_guide(key: str) -> str:
    guide, keys = guides.choose(current_user, key), guides.open_to(current_user)
    tabs = [(_(NAMES[each]), url_for(".help_of", guide=each), each == key) for each in keys]
    return pages.render(
        "home/help.html",
        guide=guide,
        tabs=tabs if len(tabs) > 1 else [],
        language=languages.current(),
        size=(WIDTH, HEIGHT),
        is_own=key == keys[0],
        was_put_away=welcome.is_put_away(current_user),
    )


@bp.post("/start/first-steps/away")
@requires(Permission.ACCOUNT_OWN)
def put_welcome_away() -> ResponseReturnValue:
    form = Form()
    if form.validate_on_submit():
        welcome.put_away(current_user)
    return redirect(url_for(".start"))


@bp.post("/start/first-steps/back")
@requires(Permission.ACCOUNT_OWN)
def bring_welcome_back() -> ResponseReturnValue:
    form = Form()
    if form.validate_on_submit():
        welcome.bring_back(current_user)
        flash(_("The first steps stand on this page again."), "good")
    return redirect(url_for(".start"))
