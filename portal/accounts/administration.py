"""What an administrator does with the accounts of others. Each verb leaves who, whom and why."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from emails import messages
from portal.accounts import attempts, email_changes, password_changes, second_factors, services, sessions
from portal.accounts.models import NEXT, Account, AccountStatus
from portal.accounts.rules import check_email, check_not_oneself, check_staff_role
from portal.core import audit, clock, links, outbox, states
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.core.registry import registry

LAST = N_("This is the last administrator. Invite another one first.")
UNREAD = N_("Read what ends with this account, and tick that you have.")
BLOCKED = N_("Something has to be handed over first. Look at the list on the account's page.")


def invite(email: str, display_name: str, role: str, language: str, by: Account) -> Account:
    """Invite staff, a partner, a project manager or an administrator. An administrator may know who has an account."""
    email = check_email(email)
    if services.find_by_email(email) is not None:
        raise RuleBroken(N_("This address has an account already. Look for it in the list."), field="email")
    return services.invite(email, display_name, check_staff_role(role), None, language, by=by)


def invite_again(account: Account, by: Account) -> None:
    if account.status != AccountStatus.INVITED:
        raise RuleBroken(N_("This account is in use already, so it needs no invitation."))
    attempts.take((attempts.INVITATION_BY_ACCOUNT, account.id))
    services.send_invitation(account)
    audit.record("account.invited_again", "account", account.id, by=by.id)


def blockers_of(account: Account) -> list[str]:
    """What each feature wants handed over before this account ends, as translated sentences."""
    return [str(sentence) for feature in registry for sentence in feature.deactivation_blockers(account)]


def warnings_of(account: Account) -> list[str]:
    """What would end with this account, as translated sentences: it may, but not without being read."""
    return [str(sentence) for feature in registry for sentence in feature.deactivation_warnings(account)]


def change_role(account: Account, role: str, reason: str, by: Account) -> None:
    """Among the roles of staff. The account's sessions end, so that the next one begins with the new role."""
    check_not_oneself(account.id, by.id)
    check_staff_role(account.role)
    new = check_staff_role(role)
    if new == account.role:
        raise RuleBroken(N_("This is the role already. Choose another one."), field="role")
    _check_administrator_stays(account)
    if blockers_of(account):
        raise RuleBroken(BLOCKED)
    before, account.role = account.role, str(new)
    account.version += 1
    sessions.end_all(account)
    facts = {"from": before, "to": account.role}
    audit.record("account.role_changed", "account", account.id, reason=reason, facts=facts, by=by.id)


def reset_second_factor(account: Account, reason: str, by: Account) -> None:
    """For a lost phone: by a second administrator, never by oneself. Its owner is told and sets up a new one."""
    check_not_oneself(account.id, by.id)
    if account.second_factor_since is None:
        raise RuleBroken(N_("This account has no second factor to reset."))
    second_factors.clear(account)
    sessions.end_all(account)
    audit.record("account.second_factor_reset", "account", account.id, reason=reason, by=by.id)
    message = messages.second_factor_reset(outbox.site(), account.email, account.language)
    outbox.post(message, once=f"second-factor-reset:{uuid4()}")


def deactivate(account: Account, reason: str, by: Account, read: bool = False) -> None:
    """End the account and all that could open it. Refused while something has to be handed over.

    `read` says that the warnings were read: somebody who has left must not keep their access because of what ends.
    """
    check_not_oneself(account.id, by.id)
    _check_administrator_stays(account)
    if blockers_of(account):
        raise RuleBroken(BLOCKED)
    if not read and warnings_of(account):
        raise RuleBroken(UNREAD, field="read")
    states.move(account, AccountStatus.DEACTIVATED, NEXT, reason=reason)
    account.deactivated_at = clock.now()
    account.version += 1
    sessions.end_all(account)
    for purpose in (services.INVITATION, password_changes.RESET):
        links.end_all(purpose, account.id)
    email_changes.cancel(account)


def reactivate(account: Account, reason: str, by: Account) -> None:
    """Open it again as it was; without a password it is invited again. What others made sure of about this account
    before today no longer holds (`sameness`).
    """
    check_not_oneself(account.id, by.id)
    states.move(account, AccountStatus.ACTIVE if account.password_hash else AccountStatus.INVITED, NEXT, reason=reason)
    account.deactivated_at, account.reopened_at = None, clock.now()
    account.version += 1
    if account.status == AccountStatus.INVITED:
        services.send_invitation(account)


def _check_administrator_stays(account: Account) -> None:
    """Two administrators who end each other at the same moment wait in line for these rows."""
    administrators = (
        select(Account.id)
        .where(Account.role == Role.ADMINISTRATOR, Account.status == AccountStatus.ACTIVE)
        .order_by(Account.id)
        .with_for_update()
    )
    if account.role == Role.ADMINISTRATOR and not set(db.session.scalars(administrators)) - {account.id}:
        raise RuleBroken(LAST)
