"""Links in mails: single-use, bound to a purpose and a subject, kept only as a hash, with an end.

A GET shows a button; only the POST uses the link up, so that a mail scanner that opens it changes nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock, sweep
from portal.core.db import Id, Instant, Model, Short, db

KEPT = timedelta(days=30)


class SingleUseLink(Model):
    """`subject_id` names what the link acts on; the purpose says how."""

    __tablename__ = "single_use_link"

    purpose: Mapped[Short]
    subject_id: Mapped[Id] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


def _hash(purpose: str, token: str) -> str:
    return hashlib.sha256(f"{purpose}\n{token}".encode()).hexdigest()


def issue(purpose: str, subject_id: UUID, valid: timedelta) -> str:
    """A new token for a link in a mail; earlier unused ones for the same purpose and subject end."""
    end_all(purpose, subject_id)
    token = secrets.token_urlsafe(24)
    db.session.add(
        SingleUseLink(
            purpose=purpose, subject_id=subject_id, token_hash=_hash(purpose, token), expires_at=clock.now() + valid
        )
    )
    return token


def end_all(purpose: str, subject_id: UUID) -> None:
    db.session.execute(
        update(SingleUseLink)
        .where(SingleUseLink.purpose == purpose, SingleUseLink.subject_id == subject_id)
        .where(SingleUseLink.used_at.is_(None))
        .values(used_at=clock.now())
    )


def forget_old() -> int:
    """Links that ended long ago."""
    return sweep.count(delete(SingleUseLink).where(SingleUseLink.expires_at < clock.now() - KEPT))


def find(purpose: str, token: str) -> UUID | None:
    """What a link that still works acts on; None when unknown, used or past its end."""
    row = _live(purpose, token)
    return row.subject_id if row else None


def use(purpose: str, token: str) -> UUID | None:
    """Use the link up. Of two at once only one gets the subject."""
    row = _live(purpose, token)
    if row is None:
        return None
    taken = db.session.execute(
        update(SingleUseLink)
        .where(SingleUseLink.id == row.id, SingleUseLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    return row.subject_id if taken.rowcount else None  # type: ignore[attr-defined]  # a cursor result


def _live(purpose: str, token: str) -> SingleUseLink | None:
    return db.session.scalar(
        select(SingleUseLink)
        .where(SingleUseLink.token_hash == _hash(purpose, token), SingleUseLink.purpose == purpose)
        .where(SingleUseLink.used_at.is_(None), SingleUseLink.expires_at > clock.now())
    )
