"""What the audit trail is made of: its rows, and the chain that binds each entry to the one before (design: P6)."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Id, Instant, Json, Line, Model, Short

HEAD = UUID(int=1)  # there is one head; locking it puts appending in line
NOTHING = "0" * 64
CODE = re.compile(r"[A-Za-z0-9_.:/+#-]{0,120}")


class AuditEntry(Model):
    """Who did what to whom, and why. Never changed, never deleted, and holds no names: ids, codes and counts."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "subject", "subject_id"),
        Index(None, "account_id", "at"),
    )

    seq: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[Instant]
    account_id: Mapped[Id | None]
    verb: Mapped[str] = mapped_column(String(60))
    subject: Mapped[Short]
    subject_id: Mapped[str] = mapped_column(String(100))
    reason: Mapped[Line]
    facts: Mapped[Json]
    request_id: Mapped[Short]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    candidates: Mapped[list[AuditCandidate]] = relationship(lazy="selectin", viewonly=True)

    @property
    def candidate_ids(self) -> list[UUID]:
        return [row.candidate_id for row in self.candidates]


class AuditCandidate(Model):
    """The candidates an entry concerns, so that "who has seen this file" is a look-up."""

    __tablename__ = "audit_candidate"
    __table_args__ = (UniqueConstraint("entry_id", "candidate_id"),)

    entry_id: Mapped[Id] = mapped_column(ForeignKey("audit_entry.id"))
    candidate_id: Mapped[Id] = mapped_column(index=True)


class AuditHead(Model):
    """The one row that says how long the trail is, and how much of it the anchors know."""

    __tablename__ = "audit_head"

    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[str] = mapped_column(String(64), default=NOTHING)
    anchored_seq: Mapped[int] = mapped_column(BigInteger, default=0)


CHAINED = ("seq", "account_id", "verb", "subject", "subject_id", "reason", "facts", "request_id", "previous")


def digest(key: bytes, entry: Mapping[str, Any], candidate_ids: list[UUID]) -> str:
    """The entry's hash: over all it says, its candidates and the hash before it."""
    said = {name: entry[name] for name in CHAINED}
    said["at"] = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
    said["candidates"] = sorted(str(candidate_id) for candidate_id in candidate_ids)
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), default=str)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def plain(value: Any) -> Any:  # noqa: PLR0911 - one return for each kind of fact
    """A fact as it may be kept: ids, codes, counts, dates, and lists of them. Raises `ValueError` on free text."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return plain(value.value)
        case UUID():
            return str(value)
        case datetime():
            return clock.local(value).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case str() if CODE.fullmatch(value):
            return str(value)
        case Mapping():
            return {plain(str(name)): plain(part) for name, part in value.items()}
        case list() | tuple() | set() | frozenset():
            parts = [plain(part) for part in value]
            return sorted(parts, key=str) if isinstance(value, set | frozenset) else parts
    raise ValueError(f"{type(value).__name__} is no id, code, count or date; free text may name a person")
