"""The anchor of the day leaves the house by mail, so that nobody puts trail and anchor file back unseen (P6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from flask import current_app
from sqlalchemy import select

from emails import messages
from portal.accounts import services as accounts
from portal.core import audit, clock, languages, outbox
from portal.core.access import Role
from portal.core.anchors import Anchor
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage
from portal.core.pages import show_datetime

EVERY = timedelta(minutes=5)
AT = time(7, 0)
"""In Finland; a worker that slept through it sends later that day."""
ELSEWHERE = "elsewhere"


def send() -> None:
    """For the worker: once a day to each administrator, and to ANCHOR_MAIL. Nothing while there is no anchor."""
    today = clock.today()
    if clock.now() < clock.at(today, AT):
        return
    anchor = audit.last_anchor()
    if anchor is None:
        return
    with transaction():
        waiting = {f"audit-anchor:{today}:{who}": (to, language) for who, to, language in recipients()}
        known = select(OutboxMessage.once).where(OutboxMessage.once.in_(waiting))
        for once in waiting.keys() - set(db.session.scalars(known)):
            outbox.post(message(anchor, *waiting[once]), once=once)


def recipients() -> Iterator[tuple[str, str, str]]:
    """(who, address, language); `who` names no address, for it stands in the outbox in clear."""
    for administrator in accounts.staff(Role.ADMINISTRATOR):
        yield str(administrator.id), administrator.email, administrator.language
    if to := current_app.extensions["config"].anchor_mail:
        yield ELSEWHERE, to, "fi"


def message(anchor: Anchor, to: str, language: str) -> messages.Message:
    with languages.speaking(language):
        at = show_datetime(datetime.fromisoformat(anchor.at))
    return messages.audit_anchor(
        outbox.site(), to, language, number=anchor.seq, entry_hash=anchor.hash, at=at, line=str(anchor)
    )
