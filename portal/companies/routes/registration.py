"""A visitor registers a company. Every answer is the same, whatever is known of the company or the address."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.companies import registrations
from portal.companies.blueprint import bp
from portal.companies.forms import ConfirmForm, RegisterForm, said
from portal.core import pages
from portal.core.access import public
from portal.core.errors import RuleBroken


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            registrations.register(_application(form), request.remote_addr or "")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".check_mail"))
    return pages.render("companies/register.html", form=form)


def _application(form: RegisterForm) -> registrations.Application:
    details = form.details
    email = details.pop("contact_email")
    return registrations.Application(business_id=said(form.business_id), email=email, **details)


@bp.get("/register/check-mail")
@public
def check_mail() -> ResponseReturnValue:
    return pages.render("companies/check_mail.html")


@bp.route("/register/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """A GET shows a button; only the POST acts, so that a mail scanner changes nothing."""
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            invitation = registrations.confirm(token)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("accounts.accept", token=invitation) if invitation else url_for(".in_touch"))
    works = registrations.find(token) is not None
    return pages.render("companies/confirm.html", form=form, works=works), 200 if works else 410


@bp.get("/register/in-touch")
@public
def in_touch() -> ResponseReturnValue:
    """The address is confirmed, and a person looks at the registration before it goes on."""
    return pages.render("companies/in_touch.html")
