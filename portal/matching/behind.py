"""Everybody whom a candidate would work for through a vacancy: what safety limits are held against (design: P4)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.candidates import services as candidates
from portal.candidates.limits import Behind, Outside
from portal.vacancies import clients
from portal.vacancies.models import Vacancy


def of(vacancy: Vacancy) -> Behind:
    return of_each([vacancy])[vacancy.id]


def of_each(vacancies: Sequence[Vacancy]) -> dict[UUID, Behind]:
    """By vacancy; the employer comes first. A client that is registered here counts as the company it is today."""
    known = clients.parties(vacancies)
    return candidates.behind({
        each.id: (
            known[each.id],
            [Outside(row["business_id"], row["name"]) for row in each.clients],
        )
        for each in vacancies
    })  # fmt: skip
