"""Consents: a safeguard that lifts secrecy. Refusing or taking one back changes no service.

The latest answer for a kind and subject counts; it is in force while given, not withdrawn and not ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Account
from portal.candidates import files, reach, rules, words
from portal.candidates.models import Consent, ConsentKind
from portal.candidates.values import ConsentRecord, consent_of
from portal.companies.rules import months_after
from portal.core import audit, clock, settings
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken

LONGEST = timedelta(days=732)
MONTHS = settings.declare("candidates.consent_months", 12, N_("Consents are asked again after, months"), most=24)


def record(
    candidate_id: UUID,
    kind: str,
    answer: str,
    *,
    by: Account,
    how: str,
    language: str,
    until: date,
    interpreter: bool = False,
    subject_id: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
) -> ConsentRecord:
    """What the candidate answered, in the room. `facts` is exactly what was heard, as ids and codes."""
    row = reach.load(candidate_id, by, lock=True)
    if (subject_id is None) is not (ConsentKind(kind) in words.OWN_CONSENTS):
        raise RuleBroken(N_("This consent belongs to one introduction. Record it there."))
    today = clock.today()
    rules.check_consent(answer, how, until, today, today + LONGEST)
    consent = Consent(
        candidate_id=row.id, kind=ConsentKind(kind), subject_id=subject_id, answer=answer, how=how, language=language,
        interpreter=interpreter, facts=dict(facts or {}), recorded_by_id=by.id, recorded_at=clock.now(), until=until,
    )  # fmt: skip
    db.session.add(consent)
    said = {"kind": kind, "answer": answer, "until": until, "subject": subject_id}
    audit.record("consent.recorded", "consent", consent.id, candidate_ids=[row.id], facts=said)
    files.changed(row.id)
    return consent_of(consent)


def withdraw(candidate_id: UUID, kind: str, *, by: Account, subject_id: UUID | None = None) -> None:
    """Takes back what is in force, at once and without a reason. Raises `NotFound` when nothing is."""
    row = reach.load(candidate_id, by, lock=True)
    consent = _latest(row.id, kind, subject_id)
    if consent is None or not consent_of(consent).covers(clock.today()):
        raise NotFound
    consent.withdrawn_at, consent.withdrawn_by_id = clock.now(), by.id
    said = {"kind": kind, "subject": subject_id}
    audit.record("consent.withdrawn", "consent", consent.id, candidate_ids=[row.id], facts=said)
    files.changed(row.id)


def _latest(candidate_id: UUID, kind: str, subject_id: UUID | None) -> Consent | None:
    about = Consent.subject_id.is_(None) if subject_id is None else Consent.subject_id == subject_id
    query = select(Consent).where(Consent.candidate_id == candidate_id, Consent.kind == kind, about)
    return db.session.scalar(query.order_by(Consent.recorded_at.desc(), Consent.id).limit(1))


def in_force(
    candidate_id: UUID, kind: str, subject_id: UUID | None = None, on: date | None = None
) -> ConsentRecord | None:
    """The consent that covers the day (today), or None."""
    consent = _latest(candidate_id, kind, subject_id)
    value = consent_of(consent) if consent else None
    return value if value is not None and value.covers(on or clock.today()) else None


def latest(candidate_id: UUID, kind: str, subject_id: UUID | None = None) -> ConsentRecord | None:
    """The last answer, whatever it was."""
    consent = _latest(candidate_id, kind, subject_id)
    return consent_of(consent) if consent else None


def of(candidate_id: UUID) -> list[ConsentRecord]:
    """Every answer, newest first."""
    query = select(Consent).where(Consent.candidate_id == candidate_id)
    return [consent_of(row) for row in db.session.scalars(query.order_by(Consent.recorded_at.desc(), Consent.id))]


def latest_of(candidate_ids: Iterable[UUID], kind: str) -> dict[UUID, ConsentRecord]:
    """The last answers of many candidates, in one statement."""
    query = select(Consent).where(Consent.candidate_id.in_(list(candidate_ids)), Consent.kind == kind)
    rows = db.session.scalars(query.order_by(Consent.recorded_at, Consent.id.desc()))
    return {row.candidate_id: consent_of(row) for row in rows}


def suggested_end() -> date:
    """As many months on as the settings say."""
    return months_after(clock.today(), settings.number(MONTHS))
