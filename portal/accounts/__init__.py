"""Accounts, sessions, the second factor, invitations, and the administrator's pages about them."""

from datetime import timedelta

from portal.accounts import attempts, cli, password_changes, routes, sessions
from portal.accounts.blueprint import bp
from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic

__all__ = ["feature", "routes"]

PAGES = ("index", "invite", "show", "change_role", "reset_second_factor", "deactivate", "reactivate")
ALSO = tuple(f"accounts.{name}" for name in PAGES)

feature = Feature(
    name="accounts",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("Accounts"), "accounts.index", Permission.ACCOUNT_MANAGE, 80, ALSO),
        NavItem(N_("Settings"), "accounts.settings", Permission.SETTINGS_MANAGE, 82),
        NavItem(N_("Sign in"), "accounts.sign_in", None, 90, ("accounts",)),
    ),
    jobs={password_changes.RESET_JOB: password_changes.send_reset},
    periodic=(
        Periodic("accounts.forget_attempts", timedelta(hours=1), attempts.forget_old),
        Periodic("accounts.forget_sessions", timedelta(hours=1), sessions.forget_old),
    ),
    commands=(cli.commands,),
)
