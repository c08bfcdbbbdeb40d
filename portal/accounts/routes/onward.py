"""Where a person goes on: after each step of signing in, and when a session is missing."""

from __future__ import annotations

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.accounts import held_posts, sessions
from portal.accounts.forms import SecondFactorForm, SignInForm
from portal.accounts.rules import safe_next
from portal.accounts.second_factors import demo_code
from portal.core import access, edge, pages


def asked_next() -> str | None:
    """The page that was asked for before signing in, when it is one of ours."""
    target = safe_next(request.args.get("next", ""))
    return target if target and _is_page(target) else None


def _is_page(target: str) -> bool:
    try:
        current_app.url_map.bind("").match(target.split("?", maxsplit=1)[0], method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def onward(held: str) -> ResponseReturnValue:
    """The next step of the person who has just signed in or passed the second factor."""
    if current_user.must_pass_second_factor:
        return ask_second_factor(held)
    if held:
        return show_held(held)
    return redirect(asked_next() or url_for("home.start"))


def show_held(held: str) -> ResponseReturnValue:
    post = held_posts.give_back(held, sessions.me())
    return pages.render("accounts/resume.html", post=post, next=asked_next())


def ask_second_factor(held: str = "") -> ResponseReturnValue:
    endpoint = "accounts.second_factor" if current_user.second_factor_since else "accounts.enrol"
    if not held or endpoint == "accounts.enrol":
        return redirect(url_for(endpoint, next=asked_next()))
    form = SecondFactorForm(formdata=None)
    form.held.data = held
    return show_second_factor(form)


def show_second_factor(form: SecondFactorForm) -> ResponseReturnValue:
    demo = current_app.extensions["demo"]()
    return pages.render(
        "accounts/second_factor.html",
        form=form,
        action=url_for("accounts.second_factor", next=asked_next()),
        demo_code=demo_code(sessions.me()) if demo else None,
    )


def show_sign_in(form: SignInForm, target: str | None, ended: bool = False) -> ResponseReturnValue:
    action = url_for("accounts.sign_in", next=target)
    return pages.render("accounts/sign_in.html", form=form, action=action, ended=ended)


@access.on_unauthenticated
def without_session() -> ResponseReturnValue:
    """A visitor is asked to sign in; what an ended session was sending is held in the page."""
    if request.method in access.SAFE_METHODS:
        return redirect(url_for("accounts.sign_in", next=safe_next(request.full_path.rstrip("?"))))
    owner = sessions.owner_of_ended()
    held = held_posts.hold(owner) if owner else None
    if held is None:
        edge.refuse()
        return redirect(url_for("accounts.sign_in"), code=303)
    edge.refuse_silently()
    form = SignInForm(formdata=None)
    form.held.data = held
    return show_sign_in(form, None, ended=True)


@access.on_half_signed_in
def without_second_factor() -> ResponseReturnValue:
    edge.refuse()
    target = safe_next(request.full_path.rstrip("?")) if request.method in access.SAFE_METHODS else None
    endpoint = "accounts.second_factor" if current_user.second_factor_since else "accounts.enrol"
    return redirect(url_for(endpoint, next=target), code=303)
