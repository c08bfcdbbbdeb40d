"""Links that came by mail: an invitation, a new password, a new address. A GET shows a button, the POST acts."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import email_changes, invitations, password_changes, passwords, sessions
from portal.accounts.blueprint import bp
from portal.accounts.forms import AcceptForm, ButtonForm, ForgotForm, NewPasswordForm
from portal.accounts.routes.onward import onward
from portal.core import languages, pages
from portal.core.access import public
from portal.core.errors import RuleBroken


def gone(sentence: str) -> ResponseReturnValue:
    """A link that no longer works, and what to do instead."""
    return pages.render("accounts/link_gone.html", sentence=sentence), 410


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def accept(token: str) -> ResponseReturnValue:
    account = invitations.find(token)
    if account is None:
        return gone(_("Ask the person who invited you for a new invitation. If you have chosen a password, sign in."))
    form = AcceptForm(data={"display_name": account.display_name})
    email = account.email
    if form.validate_on_submit():
        try:
            password_hash = passwords.chosen(form, form.password.data or "", (form.display_name.data or "", email))
            account = invitations.accept(token, form.display_name.data or "", password_hash, languages.current())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            sessions.sign_in(account)
            return onward("")
    return pages.render("accounts/accept.html", form=form, email=email)


@bp.route("/password", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """The same words for every address."""
    form = ForgotForm()
    if form.validate_on_submit():
        try:
            password_changes.ask_for_reset(form.email.data or "", request.remote_addr or "")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".forgot_sent"))
    return pages.render("accounts/forgot.html", form=form)


@bp.get("/password/sent")
@public
def forgot_sent() -> ResponseReturnValue:
    return pages.render("accounts/forgot_sent.html")


@bp.route("/password/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> ResponseReturnValue:
    account = password_changes.find(token)
    if account is None:
        return gone(_("Ask for a new link on the page “Forgot your password”."))
    form = NewPasswordForm()
    email, name = account.email, account.display_name
    if form.validate_on_submit():
        try:
            password_hash = passwords.chosen(form, form.password.data or "", (name, email))
            password_changes.reset(token, password_hash)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your password has been changed. Sign in with the new one."), "good")
            return redirect(url_for(".sign_in"))
    return pages.render("accounts/reset.html", form=form, email=email)


@bp.route("/email-change/<any(old, new):side>/<token>", methods=["GET", "POST"])
@public
def confirm_email(side: str, token: str) -> ResponseReturnValue:
    if email_changes.find(side, token) is None:
        return gone(_("Start the change again in your account."))
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            done = email_changes.confirm(side, token)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            half = _("Confirmed. The change holds when the other address has been confirmed too.")
            flash(_("The new e-mail address is in use. Sign in with it from now on.") if done else half, "good")
            signed_in = current_user.is_authenticated and not current_user.must_pass_second_factor
            return redirect(url_for(".own" if signed_in else ".sign_in"))
    return pages.render("accounts/confirm_email.html", form=form, side=side)
