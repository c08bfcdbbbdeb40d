"""When a right to act that was shown still holds."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from portal.accounts.sameness import is_still
from portal.companies.models import RightToAct


def right_holds() -> ColumnElement[bool]:
    """SQL over RightToAct and its Account: the owner still is who a liaison saw."""
    return is_still(RightToAct.seen_name, RightToAct.seen_email, RightToAct.seen_at)
