"""A person's own account: name and language, password, address, and where it is signed in."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import details, email_changes, password_changes, passwords, second_factors, sessions, signing_in
from portal.accounts.blueprint import bp
from portal.accounts.forms import ChangeEmailForm, ChangePasswordForm, DetailsForm
from portal.accounts.rules import check_email
from portal.core import pages
from portal.core.access import Permission, Role, requires
from portal.core.errors import RuleBroken
from portal.core.languages import LANGUAGES


@bp.get("/account")
@requires(Permission.ACCOUNT_OWN)
def own() -> ResponseReturnValue:
    account = sessions.me()
    codes_left = second_factors.codes_left(account) if account.second_factor_since else 0
    return pages.render(
        "accounts/own.html",
        me=account,
        role=pages.ROLE_LABELS[Role(account.role)],
        language=LANGUAGES[account.language],
        obligatory=account.role in sessions.SECOND_FACTOR_ROLES,
        codes_left=codes_left,
        email_change=email_changes.waiting_of(account),
        signed_in_at=sessions.of_account(account),
    )


@bp.route("/account/details", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def change_details() -> ResponseReturnValue:
    account = sessions.me()
    form = DetailsForm(obj=account)
    if form.validate_on_submit():
        details.change(account, form.display_name.data or "", form.language.data or "")
        flash(_("Saved."), "good")
        return redirect(url_for(".own"))
    return pages.render("accounts/change_details.html", form=form)


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def change_password() -> ResponseReturnValue:
    account = sessions.me()
    form = ChangePasswordForm()
    passed = account.second_factor_since is not None
    if form.validate_on_submit():
        try:
            about = (account.display_name, account.email)
            signing_in.check_own_password(account, form)
            password_hash = passwords.chosen(form, form.password.data or "", about)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            password_changes.change(account, password_hash)
            sessions.sign_in(account, second_factor=passed)
            flash(_("Your password has been changed. You are signed out everywhere else."), "good")
            return redirect(url_for(".own"))
    return pages.render("accounts/change_password.html", form=form, email=account.email)


@bp.route("/account/email", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def change_email() -> ResponseReturnValue:
    account = sessions.me()
    form = ChangeEmailForm()
    if form.validate_on_submit():
        try:
            email = check_email(form.email.data or "")
            signing_in.check_own_password(account, form)
            email_changes.ask(account, email)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("We have sent a link to both addresses. Open both, and the new address is in use."), "good")
            return redirect(url_for(".own"))
    return pages.render("accounts/change_email.html", form=form, email=account.email)


@bp.post("/account/email/cancel")
@requires(Permission.ACCOUNT_OWN)
def cancel_email() -> ResponseReturnValue:
    email_changes.cancel(sessions.me())
    flash(_("The change has been taken back."), "good")
    return redirect(url_for(".own"))


@bp.post("/account/sessions/<uuid:session_id>/end")
@requires(Permission.ACCOUNT_OWN)
def end_session(session_id: UUID) -> ResponseReturnValue:
    account = sessions.me()
    if session_id == account.session_id:
        sessions.sign_out(account)
        return redirect(url_for("home.front"))
    sessions.end(account, session_id)
    flash(_("That device is signed out."), "good")
    return redirect(url_for(".own"))


@bp.post("/account/sessions/end")
@requires(Permission.ACCOUNT_OWN)
def sign_out_everywhere() -> ResponseReturnValue:
    account = sessions.me()
    sessions.end_all(account)
    sessions.forget_cookie()
    flash(_("You are signed out everywhere."), "good")
    return redirect(url_for("home.front"))
