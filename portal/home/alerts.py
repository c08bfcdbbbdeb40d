"""What an administrator is told of: unusual reading, glass that was broken (design: P6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from portal.accounts import services as accounts
from portal.core import clock
from portal.core.db import db
from portal.core.errors import N_
from portal.core.trail import AuditEntry

SHOWN_FOR = timedelta(days=30)
MOST = 20
ALERTS = {
    "alert.outside_caseload": N_("Three identities outside the own caseload within a day"),
    "alert.half_of_pool": N_("Half of all identities within a week"),
    "glass.broken": N_("A file was opened by breaking the glass"),
    "glass.refused": N_("A case number was tried that opens nothing"),
}


@dataclass(frozen=True)
class Alert:
    at: datetime
    text: str
    name: str
    account_id: UUID | None
    reason: str


def recent() -> list[Alert]:
    """Of the last thirty days, the latest first."""
    query = (
        select(AuditEntry.at, AuditEntry.verb, AuditEntry.account_id, AuditEntry.reason)
        .where(AuditEntry.verb.in_(ALERTS), AuditEntry.at >= clock.now() - SHOWN_FOR)
        .order_by(AuditEntry.seq.desc())
        .limit(MOST)
    )
    rows = db.session.execute(query).all()
    names = accounts.names(row.account_id for row in rows)
    return [
        Alert(row.at, _(ALERTS[row.verb]), names.get(row.account_id, ""), row.account_id, row.reason) for row in rows
    ]
