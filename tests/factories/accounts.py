"""Accounts for tests. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

import itertools
from typing import Any

from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.core.access import SECOND_FACTOR_ROLES, Role

PASSWORD = "kolme sinistä satulaa jäätyi"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_numbers = itertools.count(1)


def account(role: Role | str = Role.OWNER, **overrides: Any) -> Account:
    """An active account; staff have the second factor `TOTP_SECRET`. Without `password` no hash is made (quick)."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "email": f"person{number}@example.fi",
        "display_name": f"Person {number}",
        "role": role,
        "language": "en",
        "totp_secret": TOTP_SECRET if role in SECOND_FACTOR_ROLES else None,
    }
    return accounts.create(**(values | overrides))
