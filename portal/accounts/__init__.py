"""Accounts, sessions, the second factor, invitations, and the administrator's pages about them."""

from portal.accounts import attempts, cli, password_changes, routes, sessions
from portal.accounts.blueprint import bp
from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Retention
from portal.core.retention import days, hours

__all__ = ["feature", "routes"]

PAGES = ("index", "invite", "show", "change_role", "reset_second_factor", "deactivate", "reactivate")
ALSO = (*(f"accounts.{name}" for name in PAGES), "candidates.deputies_for", "candidates.end_deputy_for")

REQUIRED = ("standing.requirements", "standing.create_requirement", "standing.edit_requirement")

feature = Feature(
    name="accounts",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("Accounts"), "accounts.index", Permission.ACCOUNT_MANAGE, 80, ALSO),
        NavItem(N_("Settings"), "accounts.settings", Permission.SETTINGS_MANAGE, 82, also=REQUIRED),
        NavItem(N_("Sign in"), "accounts.sign_in", None, 90, ("accounts",)),
    ),
    jobs={password_changes.RESET_JOB: password_changes.send_reset},
    retention=(
        Retention("accounts.attempts", N_("Tries to sign in"), lambda: hours(attempts.KEPT_HOURS), attempts.forget_old),
        Retention("accounts.sessions", N_("Sessions"), lambda: days(sessions.KEPT.days), sessions.forget_old),
    ),
    commands=(cli.commands,),
)
