"""Name and language of an account."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.accounts.services import sort_key_of
from portal.core import audit


def change(account: Account, display_name: str, language: str) -> None:
    account.display_name, account.sort_key = display_name, sort_key_of(display_name, account.id)
    account.language = language
    account.version += 1
    audit.record("account.details_changed", "account", account.id)
