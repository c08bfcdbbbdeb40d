"""Whether an account still is the person whom somebody made sure of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from portal.accounts.models import Account


def is_still(name: Any, email: Any, since: Any) -> ColumnElement[bool]:
    """SQL: the account goes by the name and address it had at the instant `since`, and was not closed and opened
    again after it.

    Behind a new name, a new address or an account that was opened again another person may sit. What was made sure of
    is kept beside the answer and compared whenever the answer is read, so that no change of an account can slip by.
    An answer that was never given (`since` is null) does not hold.
    """
    return and_(
        Account.display_name == name,
        Account.email == email,
        or_(Account.reopened_at.is_(None), Account.reopened_at < since),
        since.is_not(None),
    )
