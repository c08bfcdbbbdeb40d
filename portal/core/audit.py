"""The audit trail: what is done is witnessed in the transaction that does it, last before its commit (design: P6).

Entries are collected in the session. A rollback forgets them, for what they tell did not happen; only `sudden` ones
stay, such as reading an identity: a person saw it, whatever became of the form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import event, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from portal.core import anchors, clock, vault
from portal.core.anchors import Anchor, TrailBroken
from portal.core.audit_check import Fault, Problem, verify
from portal.core.db import before_commit, db, is_sqlite, transaction
from portal.core.trail import HEAD, AuditCandidate, AuditEntry, AuditHead, digest, plain

__all__ = ["Actor", "AuditCandidate", "AuditEntry", "AuditHead", "Fault", "Problem", "TrailBroken", "record", "verify"]

IDENTITY_READ = "identity.read"
PAGE = 50


@dataclass(frozen=True)
class Actor:
    account_id: UUID | None = None
    request_id: str = ""


actor: ContextVar[Actor] = ContextVar("actor", default=Actor())  # noqa: B039 - it is frozen


@dataclass(frozen=True)
class Collected:
    """An entry that waits for the commit. `within` is the savepoint it was made in."""

    values: Mapping[str, Any]
    candidate_ids: tuple[UUID, ...]
    sudden: bool
    within: SessionTransaction | None = field(default=None, compare=False, repr=False)


def record(
    verb: str,
    subject: str,
    subject_id: UUID | str | None,
    *,
    candidate_ids: Sequence[UUID] = (),
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    by: UUID | None = None,
    sudden: bool = False,
) -> None:
    """Witness what is being done. `facts` are ids, codes, counts and dates; free text raises `ValueError`.

    `reason` is a sentence of at most 300 characters by the person who acts, without names. `sudden` entries outlive a
    rollback and are written by the session's next commit.
    """
    if len(reason) > 300:
        raise ValueError("a reason has at most 300 characters")
    now_by = actor.get()
    values = {
        "at": clock.now(),
        "account_id": by or now_by.account_id,
        "verb": verb,
        "subject": subject,
        "subject_id": "" if subject_id is None else str(subject_id),
        "reason": reason,
        "facts": plain(facts or {}),
        "request_id": now_by.request_id,
    }
    session = db.session()
    if not session.in_transaction():
        session.begin()  # so that a rollback is told to us even before the first statement
    within = session.get_nested_transaction()
    _entries().append(Collected(values, tuple(dict.fromkeys(candidate_ids)), sudden, within))


def identity_read(candidate_ids: Sequence[UUID], reason: str, verb: str = IDENTITY_READ) -> None:
    """Witness that someone sees these identities; a list is one entry. It stays even if the request is refused."""
    if candidate_ids:
        one = candidate_ids[0] if len(candidate_ids) == 1 else None
        facts = {"count": len(candidate_ids)}
        record(verb, "candidate", one, candidate_ids=candidate_ids, reason=reason, facts=facts, sudden=True)


def collected() -> bool:
    """Whether something waits to be written: then even a GET must commit, and a refusal its aftermath."""
    return bool(_entries())


def take() -> list[Collected]:
    """Take the waiting entries out of the session, to carry them over the end of a transaction."""
    entries = _entries()
    taken, entries[:] = list(entries), []
    return taken


def put_back(entries: Sequence[Collected]) -> None:
    """Put carried entries into the transaction that will write them."""
    _entries().extend(Collected(entry.values, entry.candidate_ids, entry.sudden) for entry in entries)


def _entries() -> list[Collected]:
    return cast(list[Collected], db.session.info.setdefault("audit", []))


def _forget(session: Session, ended: SessionTransaction) -> None:
    entries = session.info.get("audit", [])
    if ended.parent is None:
        entries[:] = [entry for entry in entries if entry.sudden]
    elif ended.nested:
        entries[:] = [entry for entry in entries if entry.sudden or not _is_within(entry.within, ended)]


def _is_within(inner: SessionTransaction | None, outer: SessionTransaction) -> bool:
    while inner is not None and inner is not outer:
        inner = inner.parent
    return inner is outer


def append_collected() -> None:
    """Write the waiting entries: the last thing before a commit, so that the head is locked for a moment only."""
    if not (entries := take()):
        return
    key, head = vault.secret("audit"), _locked_head()
    seq, previous = head.seq, head.hash
    rows, named = [], []
    for entry in entries:
        seq += 1
        row = {"id": uuid4(), "seq": seq, "previous": previous, **entry.values}
        row["hash"] = previous = digest(key, row, list(entry.candidate_ids))
        rows.append(row)
        named += [{"id": uuid4(), "entry_id": row["id"], "candidate_id": each} for each in entry.candidate_ids]
    db.session.execute(insert(AuditEntry), rows)
    if named:
        db.session.execute(insert(AuditCandidate), named)
    changed = update(AuditHead).where(AuditHead.id == HEAD).values(seq=seq, hash=previous)
    db.session.execute(changed, execution_options={"synchronize_session": False})


def _locked_head() -> Any:
    """The head (seq, hash), locked until the commit; made when the trail begins."""
    query = select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == HEAD).with_for_update()
    if (head := db.session.execute(query).one_or_none()) is None:
        start = (sqlite.insert if is_sqlite() else postgresql.insert)(AuditHead)
        db.session.execute(start.values(id=HEAD).on_conflict_do_nothing())
        head = db.session.execute(query).one()
    return head


def init(app: Flask) -> None:
    """Write the trail at each commit. Call after everything else that writes before a commit."""
    if append_collected not in before_commit:
        before_commit.append(append_collected)
        event.listen(db.session, "after_soft_rollback", _forget)


def anchor() -> None:
    """Remember outside the database how long the trail is; the worker calls it each minute, outside a transaction.

    Raises `TrailBroken` instead of anchoring a trail that contradicts its anchors.
    """
    path = current_app.extensions["config"].anchors
    with anchors.locked(path, vault.secret("audit")) as file, transaction():
        head = db.session.execute(
            select(AuditHead.seq, AuditHead.hash, AuditHead.anchored_seq).where(AuditHead.id == HEAD)
        ).one_or_none()
        last = file.last()
        _check_agreement(head, last)
        if head is None or head.seq == head.anchored_seq:
            return
        if last is None or last.seq < head.seq:
            file.append(anchors.ANCHOR, head.seq, head.hash)
        db.session.execute(update(AuditHead).where(AuditHead.id == HEAD).values(anchored_seq=head.seq))


def _check_agreement(head: Any, last: Anchor | None) -> None:
    if last is None:
        if head is not None and head.anchored_seq:
            raise TrailBroken(f"entry {head.anchored_seq} was anchored, but the anchor file is empty or not here")
        return
    if last.seq and db.session.scalar(select(AuditEntry.hash).where(AuditEntry.seq == last.seq)) != last.hash:
        raise TrailBroken(f"entry {last.seq} is not the one that was anchored at {last.at}")
    if head is None or head.seq < last.seq or head.anchored_seq > last.seq:
        raise TrailBroken(f"the anchors end at entry {last.seq}, the trail says otherwise")


def last_anchor() -> Anchor | None:
    """The newest anchor, to be sent away by mail each day."""
    with anchors.locked(current_app.extensions["config"].anchors, vault.secret("audit")) as file:
        return file.last()


def who_has_seen(candidate_id: UUID, before_seq: int | None = None, limit: int = PAGE) -> list[AuditEntry]:
    """Every entry that names this candidate, newest first, by page."""
    of_candidate = select(AuditCandidate.entry_id).where(AuditCandidate.candidate_id == candidate_id)
    return _page(before_seq, limit, AuditEntry.id.in_(of_candidate))


def recent(
    before_seq: int | None = None,
    limit: int = PAGE,
    *,
    verb: str | None = None,
    account_id: UUID | None = None,
    subject: str | None = None,
    subject_id: UUID | str | None = None,
) -> list[AuditEntry]:
    """The trail newest first, by page; narrowed to what is given."""
    wanted = {"verb": verb, "account_id": account_id, "subject": subject}
    wanted["subject_id"] = None if subject_id is None else str(subject_id)
    filters = [getattr(AuditEntry, name) == value for name, value in wanted.items() if value is not None]
    return _page(before_seq, limit, *filters)


def _page(before_seq: int | None, limit: int, *filters: Any) -> list[AuditEntry]:
    query = select(AuditEntry).where(*filters).order_by(AuditEntry.seq.desc()).limit(limit)
    if before_seq is not None:
        query = query.where(AuditEntry.seq < before_seq)
    return list(db.session.scalars(query))


def candidates_seen_by(account_id: UUID, since: datetime, verbs: Sequence[str] = (IDENTITY_READ,)) -> set[UUID]:
    """Whose identities this account has read since then; for the alerts on unusual reading."""
    query = (
        select(AuditCandidate.candidate_id)
        .join(AuditEntry, AuditEntry.id == AuditCandidate.entry_id)
        .where(AuditEntry.account_id == account_id, AuditEntry.at >= since, AuditEntry.verb.in_(verbs))
    )
    return set(db.session.scalars(query))


commands = AppGroup("audit", help="The audit trail.")


@commands.command("verify")
@click.option("--mailed", metavar="ANCHOR", help="An anchor that came by mail, as one line.")
def verify_command(mailed: str | None) -> None:
    """Prove the whole trail; ends with 1 when something is wrong."""
    try:
        problems = verify(anchors.parse(" ".join(mailed.split())) if mailed else None)  # a mail may break the line
    except TrailBroken as broken:
        raise click.ClickException(str(broken)) from None
    for problem in problems:
        click.echo(f"{problem.fault}: {problem.message}", err=True)
    if problems:
        raise SystemExit(1)
    click.echo("The audit trail is sound.")


@commands.command("anchor")
def anchor_command() -> None:
    """Write an anchor now if the trail has grown."""
    try:
        anchor()
    except TrailBroken as broken:
        raise click.ClickException(str(broken)) from None
    click.echo(f"The last anchor: {last_anchor() or 'none yet'}")
