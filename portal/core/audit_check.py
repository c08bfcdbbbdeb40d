"""Proving the audit trail: every entry, the chain, and the anchors outside the database (design: P6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import Connection, select

from portal.core import anchors, vault
from portal.core.anchors import Anchor, TrailBroken
from portal.core.db import db
from portal.core.trail import HEAD, NOTHING, AuditCandidate, AuditEntry, AuditHead, digest

PAGE = 1000


class Fault(StrEnum):
    EDITED = "edited"
    DELETED = "deleted"
    MOVED = "moved"
    CUT = "cut"
    REPLAYED = "replayed"
    ANCHORS = "anchors"


@dataclass(frozen=True)
class Problem:
    fault: Fault
    seq: int | None
    message: str


def verify(mailed: Anchor | None = None) -> list[Problem]:
    """What is wrong with the trail: its first bad entry, and what the anchors say; empty when it is sound.

    `mailed` is an anchor that left by mail, for the case that trail and anchor file were put back together.
    Ends the session's transaction, to see one state of the database.
    """
    key = vault.secret("audit")
    db.session.rollback()
    with anchors.locked(current_app.extensions["config"].anchors, key) as file:
        connection = one_state()
        head = head_of(connection)  # the first statement fixes the state, while nobody can anchor
        try:
            remembered = file.all()
        except TrailBroken as broken:
            return [*check_chain(connection, key, {})[0], Problem(Fault.ANCHORS, None, str(broken))]
    try:
        return check_trail(connection, key, head, remembered + ([mailed] if mailed else []))
    finally:
        db.session.rollback()


def one_state() -> Connection:
    if db.engine.dialect.name == "postgresql":
        return db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return db.session.connection()


def head_of(connection: Connection) -> Any:
    """The row (seq, hash, anchored_seq); None before the first entry."""
    query = select(AuditHead.seq, AuditHead.hash, AuditHead.anchored_seq).where(AuditHead.id == HEAD)
    return connection.execute(query).one_or_none()


def check_trail(connection: Connection, key: bytes, head: Any, remembered: list[Anchor]) -> list[Problem]:
    """All checks on one connection, so that a copy can be proved before it takes the place of the original."""
    valid = anchors.in_force(remembered)
    problems, seq, entry_hash = check_chain(connection, key, {anchor.seq: anchor for anchor in valid})
    if problems:
        return problems
    length, end = (head.seq, head.hash) if head else (0, NOTHING)
    if (length, end) != (seq, entry_hash):
        text = f"The trail ends at entry {seq}, but its head says {length}: entries at its end are gone or forged."
        problems.append(Problem(Fault.CUT, seq + 1, text))
    last = max(valid, key=lambda anchor: anchor.seq, default=None)
    if last and last.seq > seq:
        text = f"The trail ends at entry {seq}, but it had {last.seq} at {last.at}: cut, or an old copy was put back."
        problems.append(Problem(Fault.CUT, seq + 1, text))
    if head is not None and head.anchored_seq > (last.seq if last else 0):
        text = f"Entry {head.anchored_seq} was anchored, but the anchor file ends before: it was cut or replaced."
        problems.append(Problem(Fault.ANCHORS, head.anchored_seq, text))
    return problems


def check_chain(connection: Connection, key: bytes, known: dict[int, Anchor]) -> tuple[list[Problem], int, str]:
    """The first bad entry if there is one, and how far the sound trail reaches: its seq and hash."""
    seq, previous = 0, NOTHING
    for entry, candidate_ids in entries(connection):
        if fault := fault_of(entry, candidate_ids, seq, previous, key):
            return [fault], seq, previous
        seq, previous = entry["seq"], entry["hash"]
        if seq in known and known[seq].hash != previous:
            text = f"Entry {seq} is another than the one anchored at {known[seq].at}: an old copy was put back."
            return [Problem(Fault.REPLAYED, seq, text)], seq, previous
    return [], seq, previous


def fault_of(entry: Any, candidate_ids: list[UUID], seq: int, previous: str, key: bytes) -> Problem | None:
    found, expected = entry["seq"], seq + 1
    if found != expected:
        return Problem(Fault.DELETED, expected, f"Entry {expected} is missing.")
    follows = entry["previous"] == previous
    if follows and entry["hash"] == digest(key, entry, candidate_ids):
        return None
    if follows:
        return Problem(Fault.EDITED, found, f"Entry {found} was changed after it was written.")
    text = f"Entry {found} does not follow the one before it: entries were moved, or removed and numbered anew."
    return Problem(Fault.MOVED, found, text)


def entries(connection: Connection) -> Iterator[tuple[Any, list[UUID]]]:
    last = -(2**62)
    while True:
        query = select(AuditEntry.__table__).where(AuditEntry.seq > last).order_by(AuditEntry.seq).limit(PAGE)
        rows = connection.execute(query).mappings().all()
        if not rows:
            return
        candidates = candidates_of(connection, [row["id"] for row in rows])
        for row in rows:
            yield row, candidates[row["id"]]
        last = rows[-1]["seq"]


def candidates_of(connection: Connection, entry_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    query = select(AuditCandidate.entry_id, AuditCandidate.candidate_id).where(AuditCandidate.entry_id.in_(entry_ids))
    for entry_id, candidate_id in connection.execute(query):
        found[entry_id].append(candidate_id)
    return found
