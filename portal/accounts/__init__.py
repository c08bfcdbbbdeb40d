"""Accounts, sessions, the second factor, invitations, and the administrator's pages about them."""

from datetime import timedelta

from portal.accounts import attempts, routes, sessions
from portal.accounts.blueprint import bp
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic

__all__ = ["feature", "routes"]

feature = Feature(
    name="accounts",
    blueprints=(bp,),
    navigation=(NavItem(N_("Sign in"), "accounts.sign_in", None, 90, also=("accounts",)),),
    periodic=(
        Periodic("accounts.forget_attempts", timedelta(hours=1), attempts.forget_old),
        Periodic("accounts.forget_sessions", timedelta(hours=1), sessions.forget_old),
    ),
)
