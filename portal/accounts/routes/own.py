"""A person's own account."""

from __future__ import annotations

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.accounts import second_factors, sessions
from portal.accounts.blueprint import bp
from portal.accounts.forms import EnrolForm
from portal.accounts.routes.onward import asked_next
from portal.core import pages
from portal.core.access import Permission, half_signed_in, requires
from portal.core.errors import RuleBroken


@bp.route("/account")
@requires(Permission.ACCOUNT_OWN)
def own() -> ResponseReturnValue:
    return pages.render("accounts/own.html", account_row=sessions.me())


@bp.route("/account/second-factor", methods=["GET", "POST"])
@half_signed_in
def enrol() -> ResponseReturnValue:
    """The first second factor: for staff right after their first password, for members when they like."""
    if current_user.second_factor_since is not None:
        half = current_user.must_pass_second_factor
        return redirect(url_for("accounts.second_factor" if half else "accounts.own", next=asked_next()))
    form = EnrolForm()
    if not form.offer.data:
        form.offer.data = second_factors.offer_secret(sessions.me())
    try:
        secret = second_factors.open_offer(sessions.me(), form.offer.data)
    except RuleBroken:
        return redirect(url_for("accounts.enrol", next=asked_next()), code=303)
    if form.validate_on_submit():
        try:
            codes = second_factors.enrol(sessions.me(), secret, form.code.data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            sessions.pass_second_factor(sessions.me())
            return pages.render("accounts/recovery_codes.html", codes=codes, next=asked_next(), held=form.held.data)
    demo = current_app.extensions["demo"]()
    return pages.render(
        "accounts/enrol.html",
        form=form,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=second_factors.picture(sessions.me(), secret),
        demo_code=second_factors.demo_code(sessions.me(), secret) if demo else None,
    )
