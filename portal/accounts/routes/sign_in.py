"""Signing in: password, second factor; and signing out."""

from __future__ import annotations

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import second_factors, sessions, signing_in
from portal.accounts.blueprint import bp
from portal.accounts.forms import SecondFactorForm, SignInForm
from portal.accounts.routes.onward import asked_next, onward, show_held, show_second_factor, show_sign_in
from portal.core import edge
from portal.core.access import Permission, half_signed_in, public, requires
from portal.core.errors import RuleBroken


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if request.method == "GET" and current_user.is_authenticated and not current_user.must_pass_second_factor:
        return redirect(asked_next() or url_for("home.start"))
    form = SignInForm()
    if form.validate_on_submit():
        try:
            account = signing_in.check_password(
                form.email.data or "", form.password.data or "", request.remote_addr or ""
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            sessions.sign_in(account)
            return onward(form.held.data or "")
    return show_sign_in(form, asked_next(), ended="_user_id" in session and not current_user.is_authenticated)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@half_signed_in
def second_factor() -> ResponseReturnValue:
    if not current_user.must_pass_second_factor:
        return redirect(asked_next() or url_for("home.start"))
    if current_user.second_factor_since is None:
        return redirect(url_for("accounts.enrol", next=asked_next()))
    form = SecondFactorForm()
    if form.validate_on_submit():
        try:
            second_factors.check_code(sessions.me(), form.code.data or "")
            edge.claim_once(str(form.once.data))
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            sessions.pass_second_factor(sessions.me())
            return onward(form.held.data or "")
    return show_second_factor(form)


@bp.route("/sign-in/resume", methods=["POST"])
@requires(Permission.ACCOUNT_OWN)
def resume() -> ResponseReturnValue:
    """After the first second factor: what was being written comes back here."""
    return show_held(request.form.get("held", ""))


@bp.route("/sign-out", methods=["POST"])
@half_signed_in
def sign_out() -> ResponseReturnValue:
    sessions.sign_out(sessions.me())
    flash(_("You have signed out."), "good")
    return redirect(url_for("home.front"), code=303)
