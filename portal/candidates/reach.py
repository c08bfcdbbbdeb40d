"""Which files an officer reaches: own caseload in own programmes, as a dated deputy, or through broken glass.

The owner stands in every query; a file outside reach is not found, like one that does not exist (design: P6).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from portal.candidates.models import Candidate, CandidateStatus, Deputy, GlassBreak
from portal.core import clock
from portal.core.access import Role, Viewer
from portal.core.db import db
from portal.core.errors import NotFound
from portal.programmes import services as programmes


def in_programmes(viewer: Viewer) -> ColumnElement[bool]:
    """Candidates of the programmes this officer works in."""
    return Candidate.programme_id.in_(programmes.ids_of_officer(viewer.id))


def kept_by(viewer: Viewer) -> ColumnElement[bool]:
    """The officer's own candidates, and those they keep as a deputy today."""
    today = clock.today()
    officers = select(Deputy.officer_id).where(
        Deputy.deputy_id == viewer.id, Deputy.starts_on <= today, Deputy.ends_on >= today
    )
    return or_(Candidate.officer_id == viewer.id, Candidate.officer_id.in_(officers))


def caseload(viewer: Viewer) -> Select[Any]:
    """The files on this officer's list; closed ones too."""
    if viewer.role != Role.OFFICER:
        return select(Candidate).where(Candidate.id.is_(None))
    return select(Candidate).where(kept_by(viewer), in_programmes(viewer))


def one(candidate_id: UUID, viewer: Viewer) -> Select[Any]:
    """This file, if the viewer reaches it."""
    broken = select(GlassBreak.candidate_id).where(GlassBreak.account_id == viewer.id, GlassBreak.until > clock.now())
    reached = or_(kept_by(viewer), Candidate.id.in_(broken)) if viewer.role == Role.OFFICER else false()
    return select(Candidate).where(Candidate.id == candidate_id, in_programmes(viewer), reached)


def load(candidate_id: UUID, viewer: Viewer, *, lock: bool = False) -> Candidate:
    """The row, locked when it will change. Raises `NotFound` for absent and foreign files alike."""
    query = one(candidate_id, viewer)
    row = db.session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


def is_kept_by(candidate: Candidate, viewer: Viewer) -> bool:
    """Whether the file is on the viewer's own list: then no glass was needed."""
    return (
        candidate.officer_id == viewer.id
        or db.session.scalar(select(Candidate.id).where(Candidate.id == candidate.id, kept_by(viewer))) is not None
    )


def outside_caseload(candidate_ids: set[UUID], viewer: Viewer) -> set[UUID]:
    """Those of these files that are not on the viewer's list."""
    kept = select(Candidate.id).where(Candidate.id.in_(candidate_ids), kept_by(viewer))
    return candidate_ids - set(db.session.scalars(kept))


def is_open() -> ColumnElement[bool]:
    """Files that are not closed, whoever keeps them."""
    return Candidate.status.not_in([CandidateStatus.CLOSED, CandidateStatus.ERASED])


def size_of_pool() -> int:
    return db.session.scalar(select(func.count()).select_from(Candidate).where(is_open())) or 0
