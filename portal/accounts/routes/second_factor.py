"""Taking a second factor into use, changing the phone, new recovery codes, and giving it up."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import second_factors, sessions, signing_in
from portal.accounts.blueprint import bp
from portal.accounts.forms import EnrolForm, PasswordAgain, RenewForm
from portal.accounts.models import Account
from portal.accounts.routes.onward import asked_next
from portal.core import edge, pages
from portal.core.access import Permission, half_signed_in, requires
from portal.core.errors import Denied, RuleBroken


@bp.route("/account/second-factor", methods=["GET", "POST"])
@half_signed_in
def enrol() -> ResponseReturnValue:
    """Staff come here right after their first password, members when they like. Later it changes the phone."""
    account = sessions.me()
    renewing = account.second_factor_since is not None
    if renewing and account.must_pass_second_factor:
        return redirect(url_for(".second_factor", next=asked_next()))
    if renewing and request.method == "POST" and "current" not in request.form:
        return redirect(url_for(".own"))  # the first form once more: its codes were shown
    form = RenewForm() if renewing else EnrolForm()
    form.offer.data = form.offer.data or second_factors.offer_secret(account)
    try:
        secret = second_factors.open_offer(account, form.offer.data)
    except RuleBroken:
        return redirect(url_for(".enrol", next=asked_next()), code=303)
    if form.validate_on_submit():
        try:
            codes = take_into_use(account, form, secret)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return show_codes(codes, form.held.data)
    return show_offer(account, form, secret, renewing)


def take_into_use(account: Account, form: EnrolForm, secret: str) -> list[str]:
    renewing = isinstance(form, RenewForm)
    if isinstance(form, RenewForm):
        signing_in.check_own_password(account, form)
    codes = second_factors.enrol(account, secret, form.code.data or "")
    edge.claim_once(str(form.once.data))
    if renewing:
        sessions.end_others(account)
    sessions.pass_second_factor(account)
    return codes


def show_offer(account: Account, form: EnrolForm, secret: str, renewing: bool) -> ResponseReturnValue:
    demo = current_app.extensions["demo"]()
    return pages.render(
        "accounts/enrol.html",
        form=form,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=second_factors.picture(account, secret),
        demo_code=second_factors.demo_code(account, secret) if demo else None,
        renewing=renewing,
        half=account.must_pass_second_factor,
    )


def show_codes(codes: list[str], held: str | None = None) -> ResponseReturnValue:
    """The answer to the post itself: they are shown this once and stand nowhere."""
    return pages.render("accounts/recovery_codes.html", codes=codes, next=asked_next(), held=held)


@bp.route("/account/recovery-codes", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def new_recovery_codes() -> ResponseReturnValue:
    account = sessions.me()
    if account.second_factor_since is None:
        return redirect(url_for(".enrol"))
    form = PasswordAgain()
    if form.validate_on_submit():
        try:
            signing_in.check_own_password(account, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return show_codes(second_factors.new_recovery_codes(account))
    return pages.render("accounts/new_recovery_codes.html", form=form)


@bp.route("/account/second-factor/off", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def turn_off_second_factor() -> ResponseReturnValue:
    """Members may; whose role needs it may not."""
    account = sessions.me()
    if account.role in sessions.SECOND_FACTOR_ROLES:
        raise Denied
    if account.second_factor_since is None:
        return redirect(url_for(".own"))
    form = PasswordAgain()
    if form.validate_on_submit():
        try:
            signing_in.check_own_password(account, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            second_factors.turn_off(account)
            sessions.end_others(account)
            flash(_("The second factor is off."), "good")
            return redirect(url_for(".own"))
    return pages.render("accounts/turn_off_second_factor.html", form=form)
