"""Taking an account into use by the link of an invitation."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.models import NEXT, Account, AccountStatus
from portal.accounts.services import INVITATION, get, sort_key_of
from portal.core import links, states
from portal.core.errors import N_, RuleBroken

GONE = N_("This link has been used or is too old. Ask for a new one.")


def find(token: str) -> Account | None:
    """The invited account a link opens; None when the link no longer works."""
    account_id = links.find(INVITATION, token)
    account = get(account_id) if account_id else None
    return account if account is not None and account.status == AccountStatus.INVITED else None


def accept(token: str, display_name: str, password_hash: str, language: str) -> Account:
    """Use the link up and open the account. Raises when somebody was quicker."""
    account_id: UUID | None = links.use(INVITATION, token)
    account = get(account_id) if account_id else None
    if account is None or account.status != AccountStatus.INVITED:
        raise RuleBroken(GONE)
    account.display_name, account.sort_key = display_name, sort_key_of(display_name, account.id)
    account.password_hash, account.language = password_hash, language
    account.version += 1
    states.move(account, AccountStatus.ACTIVE, NEXT)
    return account
