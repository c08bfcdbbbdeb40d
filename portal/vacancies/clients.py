"""Whom the work is done for, when it is another company than the employer (design: P4, fairness flags)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from portal.companies import services as companies
from portal.companies.models import Company
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.vacancies.models import Vacancy

Row = dict[str, Any]


def checked(rows: Sequence[Row], employer: Company) -> list[Row]:
    """The clients with normalised Business IDs, as stored. Raises for the employer itself, and for a repeat."""
    found: list[Row] = []
    for row in rows:
        business_id = companies.valid_business_id(row["business_id"])
        if business_id == employer.business_id:
            raise RuleBroken(
                N_("This is your own company’s Business ID. Name the company that the work is done for."), "clients"
            )
        if business_id in {each["business_id"] for each in found}:
            raise RuleBroken(N_("“%(term)s” is here twice. Take one away."), "clients", term=business_id)
        found.append({"business_id": business_id, "name": row["name"]})
    return found


def parties(vacancies: Sequence[Vacancy]) -> dict[UUID, list[Company]]:
    """By vacancy its employer, then those of its clients that are registered here today; in one statement."""
    wanted = {row["business_id"] for vacancy in vacancies for row in vacancy.clients}
    known = select(Company).where(
        or_(Company.id.in_({each.company_id for each in vacancies}), Company.business_id.in_(wanted))
    )
    rows = list(db.session.scalars(known))
    by_id, by_business_id = {each.id: each for each in rows}, {each.business_id: each for each in rows}
    return {
        vacancy.id: [
            by_id[vacancy.company_id],
            *(by_business_id[row["business_id"]] for row in vacancy.clients if row["business_id"] in by_business_id),
        ]
        for vacancy in vacancies
    }


def in_words(vacancy: Vacancy) -> list[str]:
    return [f"{row['name']}, {row['business_id']}" for row in vacancy.clients]
