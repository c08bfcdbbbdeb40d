"""What is held on a candidate, and its end: erased with a proof that holds no identity, or refused with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import delete, func, select

from portal.accounts.models import Account
from portal.candidates import contact, reach, rules, sealing
from portal.candidates.models import (
    NEXT,
    Candidate,
    CandidateStatus,
    Consent,
    ContactMessage,
    Erasure,
    GlassBreak,
    IdentityShown,
)
from portal.core import audit, clock, states, vault
from portal.core import files as sealed_files
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.core.registry import registry

OWN_ROWS: dict[str, Any] = {
    "consents": Consent,
    "messages": ContactMessage,
    "glass_breaks": GlassBreak,
    "identity_looks": IdentityShown,
    "sealed": vault.Sealed,
}


def refusals(candidate_id: UUID) -> list[str]:
    """Why the file cannot be erased today, translated; every feature is asked."""
    return [gettext(why) for feature in registry for why in feature.erasure_refusals(candidate_id)]


def erase(candidate_id: UUID, by: Account) -> UUID:
    """Deletes everything, everywhere; returns the id of the proof.

    The key is destroyed before the row goes: should the rest of the transaction fail, nothing that can be decrypted
    is left, and erasing again finishes the work (design: P8).
    """
    row = reach.load(candidate_id, by, lock=True)
    check_keeper(row, by)
    if row.status != CandidateStatus.CLOSED:
        raise RuleBroken(N_("Close the file before it is erased."))
    if refusals(row.id):
        raise RuleBroken(N_("The file cannot be erased today. The reasons stand below."))
    counts = held_counts(row.id)
    proof = Erasure(
        case_number=row.case_number, asked_on=row.erasure_asked_on or clock.today(), answer="erased", counts=counts,
        done_at=clock.now(), done_by_id=by.id,
    )  # fmt: skip
    db.session.add(proof)
    states.move(row, CandidateStatus.ERASED, NEXT, candidate_ids=[row.id])
    audit.record("candidate.erased", "candidate", row.id, candidate_ids=[row.id], facts=counts)
    for feature in registry:
        feature.erase(row.id)
    db.session.flush()
    vault.destroy_key(row.id)
    vault.forget(row.id)
    db.session.delete(row)
    db.session.flush()
    for feature in registry:
        feature.candidate_changed(candidate_id)
    return proof.id


def check_keeper(row: Candidate, by: Account) -> None:
    """What cannot be undone is not done through broken glass."""
    if not reach.is_kept_by(row, by):
        raise RuleBroken(N_("Only the case officer or a deputy decides on erasing. Hand the file over first."))


def erase_own(candidate_id: UUID) -> None:
    """This feature's rows and the candidate's files, but neither key nor row: those go last."""
    contact.erase(candidate_id)
    for model in (Consent, GlassBreak, IdentityShown):
        db.session.execute(delete(model).where(model.candidate_id == candidate_id))
    file = sealed_files.SealedFile
    owners = select(file.subject, file.subject_id).where(file.candidate_id == candidate_id).distinct()
    for subject, subject_id in db.session.execute(owners).all():
        sealed_files.delete_for(subject, subject_id)


def held_counts(candidate_id: UUID) -> dict[str, int]:
    """How many rows of each kind; the proof says what went, not what it was."""
    counts = {}
    for name, model in OWN_ROWS.items():
        own = select(func.count()).select_from(model).where(model.candidate_id == candidate_id)
        counts[name] = db.session.scalar(own) or 0
    for feature in registry:
        if feature.name != "candidates" and (held := list(feature.held_on(candidate_id))):
            counts[feature.name] = sum(len(each.rows) for each in held)
    return counts


def refuse(candidate_id: UUID, reasons: str, until: date | None, by: Account) -> UUID:
    """The reasoned refusal, with the day from which the file can be erased."""
    row = reach.load(candidate_id, by, lock=True)
    check_keeper(row, by)
    if row.erasure_asked_on is None:
        raise RuleBroken(N_("Nobody asked to erase this file. Record the request first."))
    rules.check_refusal(reasons, until, clock.today())
    refusal = Erasure(
        case_number=row.case_number, asked_on=row.erasure_asked_on, answer="refused",
        reasons=sealing.seal_reason(row.id, reasons), refused_until=until, done_at=clock.now(), done_by_id=by.id,
    )  # fmt: skip
    db.session.add(refusal)
    row.erasure_asked_on = None
    row.version += 1
    audit.record("erasure.refused", "candidate", row.id, candidate_ids=[row.id], facts={"until": until})
    return refusal.id


def proof(erasure_id: UUID, viewer: Account) -> Erasure:
    """For the officer who decided. Raises `NotFound`."""
    row = db.session.scalar(select(Erasure).where(Erasure.id == erasure_id, Erasure.done_by_id == viewer.id))
    if row is None:
        raise NotFound
    return row


def reasons_of(refusal: Erasure) -> str:
    """Why it was refused; nothing once the person was erased after all."""
    candidate_id = db.session.scalar(select(Candidate.id).where(Candidate.case_number == refusal.case_number))
    return sealing.open_reason(candidate_id, refusal.reasons)


def refused_before(candidate: Candidate) -> list[Erasure]:
    query = select(Erasure).where(Erasure.case_number == candidate.case_number, Erasure.answer == "refused")
    return list(db.session.scalars(query.order_by(Erasure.done_at.desc())))


def due_for_erasure(viewer: Account, closed_before: Any) -> Iterable[Candidate]:
    """Closed long ago, or asked for and waiting."""
    kept = reach.caseload(viewer).where(
        (Candidate.erasure_asked_on.is_not(None))
        | ((Candidate.status == CandidateStatus.CLOSED) & (Candidate.closed_at < closed_before))
    )
    return db.session.scalars(kept)
