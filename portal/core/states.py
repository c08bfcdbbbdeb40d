"""State machines: a complete table of what may follow what, and the one function that moves a status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.core import audit
from portal.core.errors import N_, RuleBroken


def move(
    row: Any, to: StrEnum, table: Mapping[Any, frozenset[Any]], *, reason: str = "", candidate_ids: Sequence[UUID] = ()
) -> None:
    """Move `row.status`; unlisted is illegal. Leaves from, to, who, when and why in the audit trail."""
    before = type(to)(row.status)
    if to not in table[before]:
        raise RuleBroken(N_("This is no longer possible, because the state has changed. Open the page again."))
    row.status = to
    subject = type(row).__tablename__
    audit.record(
        f"{subject}.moved", subject, row.id, candidate_ids=candidate_ids, reason=reason,
        facts={"from": str(before), "to": str(to)},
    )  # fmt: skip
