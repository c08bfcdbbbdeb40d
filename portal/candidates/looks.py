"""Name and contact stay hidden until the officer says why; then they show for ten minutes (design: P6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, delete

from portal.accounts.models import Account
from portal.candidates import alerts, names, reach, sealing, words
from portal.candidates.models import Candidate, CandidateStatus, IdentityShown
from portal.candidates.values import Identity, Note
from portal.core import audit, clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken

SHOWN_FOR = timedelta(minutes=10)
SEARCHED, SAFETY_READ, NOTES_READ = "identity.searched", "safety.read", "notes.read"
SEARCH_REASON = N_("Looking for a file by name")
BEST = 10


def show(candidate_id: UUID, reason: str, by: Account) -> None:
    """From now on, for ten minutes. Each page that then shows the identity leaves an entry with this reason."""
    row = reach.load(candidate_id, by, lock=True)
    if reason not in words.LOOK_REASONS:
        raise RuleBroken(N_("Choose why you need them."), field="reason")
    hide(candidate_id, by)
    until = clock.now() + SHOWN_FOR
    db.session.add(IdentityShown(candidate_id=row.id, account_id=by.id, reason=words.LOOK_REASONS[reason], until=until))


def hide(candidate_id: UUID, by: Account) -> None:
    own = (IdentityShown.candidate_id == candidate_id, IdentityShown.account_id == by.id)
    db.session.execute(delete(IdentityShown).where(*own))


def load(candidate_id: UUID, viewer: Viewer) -> tuple[Candidate, IdentityShown | None]:
    """The file, and why and until when its identity shows, while the ten minutes last. Raises `NotFound`."""
    shown = and_(
        IdentityShown.candidate_id == Candidate.id,
        IdentityShown.account_id == viewer.id,
        IdentityShown.until > clock.now(),
    )
    found = db.session.execute(
        reach.one(candidate_id, viewer).add_columns(IdentityShown).outerjoin(IdentityShown, shown)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def read(candidate: Candidate, viewer: Viewer, reason: str) -> Identity:
    """The identity on a page of this feature, which has loaded the row for the viewer already."""
    witness(candidate.id, viewer, reason)
    return sealing.open_identity(candidate.id)


def witness(candidate_id: UUID, viewer: Viewer, reason: str) -> None:
    """One look at one identity: the entry, and the alerts where looking is unusual."""
    alerts.watch(viewer, [candidate_id])
    audit.identity_read([candidate_id], reason)


def witness_safety(candidate: Candidate) -> None:
    """The names of blocked persons and the notes are shown, on the page where they are edited."""
    audit.identity_read([candidate.id], "", verb=SAFETY_READ)


def read_notes(candidate: Candidate) -> list[Note]:
    audit.identity_read([candidate.id], "", verb=NOTES_READ)
    return sealing.open_notes(candidate.id)


@dataclass(frozen=True)
class Hit:
    candidate: Candidate
    name: str
    fit: int


def search(text: str, viewer: Account) -> Sequence[Hit]:
    """Names of the viewer's own list, opened in memory; one audit entry with every id that was opened."""
    query = reach.caseload(viewer).where(Candidate.status != CandidateStatus.ERASED)
    rows = {row.id: row for row in db.session.scalars(query)}
    opened = sealing.open_names(list(rows))
    audit.identity_read(list(opened), SEARCH_REASON, verb=SEARCHED)
    fits = {each: names.likeness(text, identity.legal_name, identity.chosen_name) for each, identity in opened.items()}
    hits = [Hit(rows[each], opened[each].name, fit) for each, fit in fits.items() if fit]
    return sorted(hits, key=lambda hit: (-hit.fit, hit.candidate.case_number))[:BEST]
