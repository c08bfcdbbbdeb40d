"""Unusual reading: three identities outside one's caseload in a day, or half the pool in a week (design: P6).

Administrators are told that there is news; what it is stands in the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from flask import has_request_context, request
from sqlalchemy import select

from emails import messages
from portal.accounts import services as accounts
from portal.candidates import reach
from portal.core import access, audit, clock, edge, outbox
from portal.core.access import Role, Viewer
from portal.core.audit import AuditCandidate, AuditEntry
from portal.core.db import db

DAY, WEEK = timedelta(days=1), timedelta(days=7)
OUTSIDE_A_DAY = 3
FEWEST = 3  # half of a pool of two is no pattern
OUTSIDE, POOL = "alert.outside_caseload", "alert.half_of_pool"


def watch(viewer: Viewer, candidate_ids: Collection[UUID]) -> None:
    """Call where identities are read, before they are shown. What it raises is kept even if the request is refused."""
    day_ago, seen = clock.now() - DAY, last_seen(viewer.id, clock.now() - WEEK)
    week = set(candidate_ids) | set(seen)
    today = set(candidate_ids) | {each for each, at in seen.items() if at >= day_ago}
    if len(today) >= OUTSIDE_A_DAY and len(reach.outside_caseload(today, viewer)) >= OUTSIDE_A_DAY:
        _raise(OUTSIDE, viewer.id)
    if len(week) >= FEWEST and len(week) >= reach.size_of_pool() / 2:
        _raise(POOL, viewer.id)


def last_seen(account_id: UUID, since: datetime) -> dict[UUID, datetime]:
    """When this account last read each identity."""
    query = (
        select(AuditCandidate.candidate_id, AuditEntry.at)
        .join(AuditEntry, AuditEntry.id == AuditCandidate.entry_id)
        .where(AuditEntry.account_id == account_id, AuditEntry.at >= since, AuditEntry.verb == audit.IDENTITY_READ)
        .order_by(AuditEntry.seq)
    )
    return {row.candidate_id: row.at for row in db.session.execute(query)}


def _raise(kind: str, account_id: UUID) -> None:
    """Once a day and kind, in whichever transaction outlives this request."""
    write = _writer(kind, account_id)
    if not has_request_context():
        write()
    elif request.method in access.SAFE_METHODS:
        edge.late(write)
    else:
        write()
        edge.afterwards(write)  # runs only when the request was refused and the first writing was rolled back


def _writer(kind: str, account_id: UUID) -> Callable[[], None]:
    def write() -> None:
        latest = audit.recent(limit=1, verb=kind, subject_id=account_id)
        if latest and latest[0].at > clock.now() - DAY:
            return
        audit.record(kind, "account", account_id)
        tell_administrators(f"{kind}:{account_id}:{clock.today()}")

    return write


def tell_administrators(once: str) -> None:
    """News for every administrator; `once` names the occasion."""
    for administrator in accounts.staff(Role.ADMINISTRATOR):
        message = messages.news(outbox.site(), administrator.email, administrator.language)
        outbox.post(message, once=f"{once}:{administrator.id}")
