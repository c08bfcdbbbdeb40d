"""The verbs on one candidate's file. Each loads the row for `by`, so that no verb reaches a stranger's file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.accounts.models import Account
from portal.candidates import reach, rules, sealing, words
from portal.candidates.models import NEXT, Candidate, CandidateStatus, Consent, ConsentKind, Erasure
from portal.candidates.rules import ProfileFields
from portal.candidates.values import Identity, Note, Profile, SafeContact, Safety, profile_of
from portal.companies import services as companies
from portal.core import audit, clock, states, vault
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.core.registry import registry
from portal.programmes import services as programmes

CASELOADS = "caseloads"
"""Where the session remembers the caseloads it has read, until something changes."""


def changed(candidate_id: UUID) -> None:
    """Tell every feature, in this transaction, that profile, safety, status or consents changed."""
    db.session.flush()
    db.session.info.pop(CASELOADS, None)
    for feature in registry:
        feature.candidate_changed(candidate_id)


def remember_caseload(viewer_id: UUID, rows: Iterable[Candidate]) -> list[Profile]:
    """An officer's files without the closed ones, by case number, kept until something changes."""
    kept = [profile_of(row) for row in rows if row.status != CandidateStatus.CLOSED]
    kept.sort(key=lambda profile: profile.case_number)
    db.session.info.setdefault(CASELOADS, {})[viewer_id] = kept
    return kept


def open_file(programme_id: UUID, by: Account) -> UUID:
    """A new file in intake, kept by `by`. Its key exists before its row (design: Vault)."""
    if programme_id not in {programme.id for programme in programmes.of_officer(by.id)}:
        raise RuleBroken(N_("Choose one of your programmes."), field="programme")
    candidate_id, now = uuid4(), clock.now()
    vault.create_key(candidate_id)
    db.session.add(
        Candidate(
            id=candidate_id, case_number=free_case_number(), programme_id=programme_id, officer_id=by.id,
            officer_since=now, opened_at=now, waiting_since=clock.today(),
        )
    )  # fmt: skip
    db.session.flush()
    audit.record("candidate.opened", "candidate", candidate_id, candidate_ids=[candidate_id])
    changed(candidate_id)
    return candidate_id


def free_case_number() -> str:
    """A number that no file has or had; longer when the short ones grow scarce."""
    for parts in (2, 2, 2, 2, 3, 3, 4, 5):
        number = rules.new_case_number(parts)
        taken = select(Candidate.id).where(Candidate.case_number == number)
        erased = select(Erasure.id).where(Erasure.case_number == number)
        if db.session.scalar(taken.union_all(erased).limit(1)) is None:
            return number
    raise RuntimeError("no free case number")


def write_identity(candidate_id: UUID, identity: Identity, by: Account) -> None:
    """Keeps who the person is; the contact plan has a verb of its own."""
    row = reach.load(candidate_id, by, lock=True)
    before = sealing.open_identity(row.id)
    sealing.seal_identity(row.id, replace(identity, version=before.version + 1))
    audit.record("identity.written", "candidate", row.id, candidate_ids=[row.id])
    changed(row.id)


def write_contact(candidate_id: UUID, plan: SafeContact, non_disclosure: bool, by: Account) -> None:
    row = reach.load(candidate_id, by, lock=True)
    before, _ = sealing.open_contact(row.id)
    sealing.seal_contact(row.id, replace(plan, version=before.version + 1), non_disclosure)
    audit.record("contact.written", "candidate", row.id, candidate_ids=[row.id])
    changed(row.id)


def write_safety(candidate_id: UUID, safety: Safety, by: Account) -> None:
    """A blocked company blocks its owner group: the group is kept beside it, for the index (design: P4)."""
    row = reach.load(candidate_id, by, lock=True)
    before = sealing.open_safety(row.id)
    groups = {group for each in safety.blocked_companies if (group := companies.owner_group_of(each))}
    kept = replace(safety, blocked_groups=safety.blocked_groups | groups, version=before.version + 1)
    sealing.seal_safety(row.id, kept)
    audit.record("safety.written", "candidate", row.id, candidate_ids=[row.id])
    changed(row.id)


def write_profile(candidate_id: UUID, fields: ProfileFields, by: Account, *, read_through: bool) -> None:
    """`read_through`: officer and candidate went through the whole profile together today."""
    row = reach.load(candidate_id, by, lock=True)
    rules.check_profile(fields)
    row.skills, row.languages = dict(fields.skills), dict(fields.languages)
    row.occupations = list(fields.occupations)
    row.municipality = fields.municipality
    row.reach_municipalities = sorted(fields.reach_municipalities)
    row.reach_regions = sorted(fields.reach_regions)
    row.bands = sorted(fields.bands)
    row.hours_min, row.hours_max = fields.hours_min, fields.hours_max
    row.available_from = fields.available_from
    row.may_work, row.eligible_until = fields.may_work, fields.eligible_until
    if read_through:
        row.read_through_on = clock.today()
    row.version += 1
    said = {"skills": len(row.skills), "languages": len(row.languages), "read_through": read_through}
    audit.record("profile.written", "candidate", row.id, candidate_ids=[row.id], facts=said)
    changed(row.id)


def add_note(candidate_id: UUID, text: str, by: Account) -> None:
    row = reach.load(candidate_id, by, lock=True)
    sealing.seal_note(row.id, Note(clock.now(), by.id, text))
    audit.record("note.written", "candidate", row.id, candidate_ids=[row.id])


def move_to(candidate_id: UUID, status: CandidateStatus, by: Account, reason: str = "") -> None:
    """The only assignment of a status. `reason` is a code of `words.CLOSE_REASONS` when the file closes."""
    row = reach.load(candidate_id, by, lock=True)
    before = CandidateStatus(row.status)
    if status == CandidateStatus.ERASED:
        raise RuleBroken(N_("A file is erased on a page of its own."))
    if before == CandidateStatus.INTAKE and status == CandidateStatus.ACTIVE:
        check_may_activate(row)
    if status == CandidateStatus.CLOSED:
        rules.check_close_reason(reason)
    said = words.CLOSE_REASONS.get(reason, reason)
    states.move(row, status, NEXT, reason=said, candidate_ids=[row.id])
    if status == CandidateStatus.CLOSED:
        row.closed_at, row.close_reason = clock.now(), reason
    if status == CandidateStatus.ACTIVE and before != CandidateStatus.PAUSED:
        row.waiting_since = clock.today()
    row.version += 1
    changed(row.id)


def check_may_activate(row: Candidate) -> None:
    asked = select(Consent.id).where(Consent.candidate_id == row.id, Consent.kind == ConsentKind.MATCHING)
    rules.check_may_activate(
        has_identity=bool(sealing.open_identity(row.id).legal_name),
        has_profile=rules.has_profile(row.skills, row.occupations, row.bands),
        matching_asked=db.session.scalar(asked.limit(1)) is not None,
    )


def ask_for_erasure(candidate_id: UUID, on: date, by: Account) -> None:
    """The candidate asked that everything be erased. It waits for the officer until it is done or refused."""
    row = reach.load(candidate_id, by, lock=True)
    if on > clock.today():
        raise RuleBroken(N_("This day is still to come. Choose today or an earlier day."), field="asked_on")
    row.erasure_asked_on = on
    row.version += 1
    audit.record("erasure.asked", "candidate", row.id, candidate_ids=[row.id], facts={"on": on})
