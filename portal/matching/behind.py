"""Everybody whom a candidate would work for through a vacancy: what safety limits are held against (design: P4)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.candidates import services as candidates
from portal.candidates.limits import Behind, Outside
from portal.companies import services as companies
from portal.vacancies import clients
from portal.vacancies.models import Vacancy


def of(vacancy: Vacancy) -> Behind:
    return of_each([vacancy])[vacancy.id]


def of_each(vacancies: Sequence[Vacancy]) -> dict[UUID, Behind]:
    """By vacancy; the employer comes first. A client that is registered here counts as the company it is today."""
    ids = {each.company_id for each in vacancies}
    employers = companies.by_ids(ids) if len(ids) > 1 else {each: companies.by_id(each) for each in ids}
    registered = clients.registered(vacancies)
    return candidates.behind({
        each.id: (
            [employers[each.company_id], *clients.among(each, registered)],
            [Outside(row["business_id"], row["name"]) for row in each.clients],
        )
        for each in vacancies
    })  # fmt: skip
