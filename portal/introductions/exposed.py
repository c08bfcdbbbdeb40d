"""After a release: a company still reads details although something now stands against it (design: P4, P5).

It is noted on the introduction at once when the candidate's file changes, and by the worker for what changes on the
company's side. Whether the details are in sight is asked of the clock whenever somebody looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.candidates import services as candidates
from portal.core import audit, clock
from portal.core.db import db, transaction
from portal.introductions import drafting, mails, queries, releases
from portal.introductions.models import Introduction
from portal.matching import behind

EVERY = timedelta(minutes=15)


def is_exposed(introduction: Introduction) -> bool:
    return introduction.exposed_since is not None and queries.view_of(introduction).has_fields


def note(rows: Sequence[Introduction]) -> None:
    """Note what stands against these now, and forget what no longer does. Their officers have news."""
    found = {row.id for row in among(rows)}
    for row in rows:
        if row.id not in found:
            row.exposed_since = None
        elif row.exposed_since is None:
            row.exposed_since = clock.now()
            audit.record("introduction.exposed", "introduction", row.id, candidate_ids=[row.candidate_id])
            mails.tell_officers(row, "exposed")


def look_again() -> None:
    """For the worker; safe to repeat. Somebody may have joined the company, or companies become one group."""
    with transaction():
        query = select(Introduction).where(
            Introduction.released_at.is_not(None),
            Introduction.ended_at.is_(None),
            Introduction.release_until >= clock.today(),
        )
        note(list(db.session.scalars(query.order_by(Introduction.id).with_for_update())))


def among(rows: Sequence[Introduction]) -> list[Introduction]:
    """Those whose details are in sight against a block, or against an order that the released way does not keep to."""
    in_sight = [row for row in rows if queries.view_of(row).has_fields]
    if not in_sight:
        return []
    ids = list({row.candidate_id for row in in_sight})
    ordered, blocked = candidates.under_non_disclosure(ids), _blocked(ids, in_sight)
    return [
        row
        for row in in_sight
        if row.vacancy_id in blocked.get(row.candidate_id, ())
        or (row.candidate_id in ordered and not releases.leads_through_officer(row))
    ]


def _blocked(candidate_ids: Sequence[UUID], rows: Sequence[Introduction]) -> dict[UUID, set[UUID]]:
    """The vacancies that a limit of the candidate stands against, by candidate."""
    wanted = {row.vacancy_id: drafting.vacancy_of(row) for row in rows}
    return candidates.blocks(candidates.safeties(candidate_ids), behind.of_each(list(wanted.values())))
