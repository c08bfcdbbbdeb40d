"""Evidence: what was seen of a company, until when it holds, and the documents a company sends for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.accounts.models import Account
from portal.companies import news, rules, texts
from portal.companies.models import Company, Document, Evidence, EvidenceKind
from portal.core import audit, clock, files, settings
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken


@dataclass(frozen=True)
class EvidenceState:
    """One kind of evidence on a day: `valid_until` is that of the latest seen, None when none was."""

    kind: EvidenceKind
    valid_until: date | None
    held: bool
    label: str


def latest_of(company_id: UUID) -> dict[EvidenceKind, Evidence]:
    """The newest of each kind: a later document counts even where an earlier one reached further."""
    query = select(Evidence).where(Evidence.company_id == company_id)
    rows = db.session.scalars(query.order_by(Evidence.seen_on, Evidence.recorded_at, Evidence.id))
    return {EvidenceKind(row.kind): row for row in rows}


def evidence_status(company: Company, on: date | None = None) -> list[EvidenceState]:
    """Every kind, the missing ones first, otherwise in the order of the Act."""
    day, latest = on or clock.today(), latest_of(company.id)
    states = []
    for kind in EvidenceKind:
        until = latest[kind].valid_until if kind in latest else None
        states.append(EvidenceState(kind, until, until is not None and until >= day, gettext(texts.EVIDENCE[kind])))
    return sorted(states, key=lambda state: state.held)


def lacking(company: Company, on: date | None = None) -> list[str]:
    """The names of the kinds that are missing or have ended."""
    return [state.label for state in evidence_status(company, on) if not state.held]


def proposed_until(kind: EvidenceKind, seen_on: date) -> date:
    return rules.months_after(seen_on, settings.number(texts.MONTHS[kind]))


def months() -> dict[EvidenceKind, int]:
    """How long each kind holds, by the settings."""
    return {kind: settings.number(key) for kind, key in texts.MONTHS.items()}


def record(
    company: Company,
    kinds: Sequence[EvidenceKind],
    seen_on: date,
    by: Account,
    *,
    valid_until: date | None = None,
    note: str = "",
    document: Document | None = None,
) -> list[Evidence]:
    """Record what one document shows; without `valid_until` each kind holds for its period in the settings."""
    until = {kind: valid_until or proposed_until(kind, seen_on) for kind in kinds}
    rules.check_evidence(kinds, seen_on, min(until.values(), default=seen_on), clock.today())
    rows = [
        Evidence(
            company_id=company.id,
            kind=kind,
            seen_on=seen_on,
            valid_until=until[kind],
            note=note,
            file_id=document.file_id if document else None,
            seen_by_id=by.id,
            recorded_at=clock.now(),
        )
        for kind in kinds
    ]
    db.session.add_all(rows)
    if document is not None and document.looked_at is None:
        document.looked_at, document.looked_by_id = clock.now(), by.id
    audit.record("company.evidence", "company", company.id, facts={"kinds": [str(row.kind) for row in rows]}, by=by.id)
    return rows


# --- documents that the company sends ----------------------------------------


def send_document(company: Company, kind: EvidenceKind, upload: FileStorage, by: Account) -> Document:
    """Keep the file sealed; a liaison is told that there is news."""
    file = files.store(upload, subject="company", subject_id=company.id, allowed=files.DOCUMENTS)
    document = Document(company_id=company.id, kind=kind, file_id=file.id, sent_at=clock.now(), sent_by_id=by.id)
    db.session.add(document)
    audit.record("company.document_sent", "company", company.id, facts={"kind": kind, "document": document.id})
    news.tell_liaison(company, f"company.document:{company.id}:{clock.today()}")
    return document


def documents_of(company_id: UUID, limit: int = 50) -> list[Document]:
    query = select(Document).where(Document.company_id == company_id)
    return list(db.session.scalars(query.order_by(Document.sent_at.desc(), Document.id).limit(limit)))


def document(company: Company, document_id: UUID) -> Document:
    found = db.session.get(Document, document_id)
    if found is None or found.company_id != company.id:
        raise NotFound
    return found


def file_of(sent: Document) -> files.SealedFile:
    found = db.session.get(files.SealedFile, sent.file_id)
    if found is None:
        raise NotFound
    return found


def turn_down(company: Company, sent: Document, answer: str, by: Account) -> None:
    """The document shows nothing that counts; the company reads why and can send another."""
    if sent.looked_at is not None:
        raise RuleBroken(N_("This document has been looked at already."))
    sent.looked_at, sent.looked_by_id, sent.answer = clock.now(), by.id, answer
    audit.record("company.document_looked", "company", company.id, facts={"document": sent.id}, by=by.id)
    news.tell_members(company, f"company.document_looked:{sent.id}")
