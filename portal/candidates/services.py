"""What other features may ask of candidates. They get frozen values; only this package sees the rows.

Every identity leaves through `read_identity` or `open_release`, and each leaves an audit entry (design: P6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from portal.candidates import caseloads, consents, files, limits, looks, reach, sealing
from portal.candidates.models import Candidate, CandidateStatus, ConsentKind
from portal.candidates.values import Identity, Profile, SafeContact, Safety, profile_of
from portal.core import audit, clock, vault
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import NotFound

changed = files.changed
open_file = files.open_file
write_identity = files.write_identity
write_contact = files.write_contact
write_profile = files.write_profile
write_safety = files.write_safety
add_note = files.add_note
move_to = files.move_to
record_consent = consents.record
withdraw_consent = consents.withdraw
consent_in_force = consents.in_force
latest_consent = consents.latest
consents_of = consents.of
deputies_of = caseloads.deputies_of
behind = limits.behind
safeties = limits.safeties
blocked_among = limits.blocked_among
blocks = limits.blocks

RELEASE_READ = "release.read"

# --- profiles -----------------------------------------------------------------


def get(candidate_id: UUID, viewer: Viewer) -> Profile:
    """Own caseload, as a deputy, or through broken glass; else `NotFound`."""
    return profile_of(reach.load(candidate_id, viewer))


def of_officer(viewer: Viewer) -> list[Profile]:
    """The caseload without the closed files, by case number."""
    known: dict[UUID, list[Profile]] = db.session.info.setdefault(files.CASELOADS, {})
    if viewer.id not in known:
        query = reach.caseload(viewer).where(Candidate.status != CandidateStatus.CLOSED)
        known[viewer.id] = _profiles(query.order_by(Candidate.case_number))
    return known[viewer.id]


def profile(candidate_id: UUID) -> Profile:
    """For features that were given the id by somebody who may know it. Raises `NotFound` after erasure."""
    row = db.session.get(Candidate, candidate_id)
    if row is None:
        raise NotFound
    return profile_of(row)


def profiles(candidate_ids: Iterable[UUID]) -> dict[UUID, Profile]:
    """Erased ones are left out."""
    found = _profiles(select(Candidate).where(Candidate.id.in_(list(candidate_ids))))
    return {each.candidate_id: each for each in found}


def active_profiles() -> list[Profile]:
    """The matchable ones: active, with matching consent in force."""
    active, today = all_active(), clock.today()
    answers = consents.latest_of([each.candidate_id for each in active], ConsentKind.MATCHING)
    return [each for each in active if each.candidate_id in answers and answers[each.candidate_id].covers(today)]


def matchable(candidate_ids: Iterable[UUID]) -> dict[UUID, Profile]:
    """Those who may be matched today: active, consent to matching in force, right to work recorded."""
    ids, today = list(candidate_ids), clock.today()
    answers = consents.latest_of(ids, ConsentKind.MATCHING)
    return {
        candidate_id: each
        for candidate_id, each in profiles(ids).items()
        if each.status == CandidateStatus.ACTIVE
        and each.may_work_on(today)
        and candidate_id in answers
        and answers[candidate_id].covers(today)
    }


def all_active() -> list[Profile]:
    """Every active candidate, for k (design: P3); never for a list."""
    return _profiles(select(Candidate).where(Candidate.status == CandidateStatus.ACTIVE).order_by(Candidate.id))


def _profiles(query: object) -> list[Profile]:
    return [profile_of(row) for row in db.session.scalars(query)]  # type: ignore[call-overload]  # any select of rows


# --- who keeps the file ---------------------------------------------------------


def officer_of(candidate_id: UUID) -> UUID:
    return profile(candidate_id).officer_id


def responsible_officers(candidate_id: UUID) -> list[UUID]:
    """The case officer and today's deputies."""
    officer_id = officer_of(candidate_id)
    return [officer_id, *(each for each in deputies_of(officer_id) if each != officer_id)]


def is_kept_by(candidate_id: UUID, viewer: Viewer) -> bool:
    """Whether the file is on this officer's own list (own caseload or deputy), without breaking any glass."""
    return db.session.scalar(reach.caseload(viewer).where(Candidate.id == candidate_id)) is not None


# --- who the person is ----------------------------------------------------------


def read_identity(candidate_id: UUID, viewer: Viewer, reason: str) -> Identity:
    """Shows who the person is to an officer who keeps the file; an audit entry each time, alerts where unusual."""
    return looks.read(reach.load(candidate_id, viewer), viewer, reason)


def contact_plan(candidate_id: UUID) -> SafeContact:
    """How the person may be reached, without whom. Channel None: nothing may be sent."""
    return sealing.open_contact(candidate_id)[0]


def non_disclosure(candidate_id: UUID) -> bool:
    """Under a non-disclosure order the contact route of a release is the officer (design: P5)."""
    return sealing.open_contact(candidate_id)[1]


def under_non_disclosure(candidate_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these candidates that a non-disclosure order protects, in two statements."""
    return sealing.under_non_disclosure(candidate_ids)


def seal_release(candidate_id: UUID, introduction_id: UUID, fields: Mapping[str, str]) -> None:
    """Keep the fields that the release consent names; they die with the candidate's key."""
    vault.seal(candidate_id, sealing.release_purpose(introduction_id), dict(fields))


def open_release(candidate_id: UUID, introduction_id: UUID, reason: str) -> dict[str, str]:
    """The released fields, for a named recipient; the caller has asked whether. Leaves an audit entry each time."""
    audit.identity_read([candidate_id], reason, verb=RELEASE_READ)
    return vault.open(candidate_id, sealing.release_purpose(introduction_id))


def forget_release(candidate_id: UUID, introduction_id: UUID) -> None:
    """Nothing is left to open: after a withdrawal, a refusal or the last day."""
    vault.seal(candidate_id, sealing.release_purpose(introduction_id), {})


# --- safety -----------------------------------------------------------------------


def safety(candidate_id: UUID) -> Safety:
    """Opens the vault. Raises `KeyGone` after erasure."""
    return sealing.open_safety(candidate_id)


# --- for other features' policies -----------------------------------------------------


def within_programmes(viewer: Viewer) -> Select[Any]:
    """As a part of another query: everybody in the programmes this officer works in, whoever keeps the file."""
    return select(Candidate.id).where(reach.in_programmes(viewer))


def only_one_programme() -> bool:
    """While only one programme has candidates, being introduced tells what the programme is for."""
    return len(set(db.session.scalars(select(Candidate.programme_id).where(reach.is_open()).distinct()))) == 1
