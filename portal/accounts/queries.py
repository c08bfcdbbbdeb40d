"""The administrator's list of accounts."""

from __future__ import annotations

from sqlalchemy import Select, select

from portal.accounts.models import Account, AccountStatus
from portal.core.access import Role


def of_role_and_status(role: str, status: str) -> Select[Account]:
    """Accounts narrowed by role and state; a word that is neither is no filter."""
    query = select(Account)
    if role in set(Role):
        query = query.where(Account.role == role)
    if status in set(AccountStatus):
        query = query.where(Account.status == status)
    return query
