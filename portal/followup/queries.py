"""Reads of follow-up: an officer's placements, and the check-ins that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select

from portal.candidates import services as candidates
from portal.candidates.values import Profile
from portal.companies.models import Company
from portal.core import clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.followup.models import CheckIn, CheckInOutcome, Placement, PlacementStatus
from portal.introductions.models import Introduction
from portal.vacancies.models import Vacancy

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Entry:
    placement: Placement
    case_number: str
    company_name: str
    vacancy_title: str
    next_due: date | None


def entries(viewer: Viewer, status: str = "") -> list[Entry]:
    """The placements of the viewer's own candidates, the latest start first."""
    own = {profile.candidate_id: profile for profile in candidates.of_officer(viewer)}
    query = _named().where(Placement.candidate_id.in_(list(own)))
    if status:
        query = query.where(Placement.status == status)
    rows = db.session.execute(query.order_by(Placement.starts_on.desc(), Placement.id)).all()
    due = _next_due([placement for placement, _, _ in rows])
    return [
        Entry(placement, own[placement.candidate_id].case_number, company, title or "", due.get(placement.id))
        for placement, company, title in rows
    ]


def _named() -> Select[Placement, str, str | None]:
    return (
        select(Placement, Company.name, Vacancy.title)
        .join(Company, Company.id == Placement.company_id)
        .outerjoin(Introduction, Introduction.id == Placement.introduction_id)
        .outerjoin(Vacancy, Vacancy.id == Introduction.vacancy_id)
    )


def entry_of(placement: Placement) -> Entry:
    _row, company, title = db.session.execute(_named().where(Placement.id == placement.id)).one()
    due = _next_due([placement])
    case_number = candidates.profile(placement.candidate_id).case_number
    return Entry(placement, case_number, company, title or "", due.get(placement.id))


def _next_due(placements: list[Placement]) -> dict[object, date]:
    ids = [placement.id for placement in placements]
    query = select(CheckIn).where(CheckIn.placement_id.in_(ids), CheckIn.status == CheckInOutcome.DUE)
    rows = db.session.scalars(query.order_by(CheckIn.due_on.desc()))
    return {row.placement_id: row.due_on for row in rows}


def due(viewer: Viewer) -> list[tuple[CheckIn, Profile, str]]:
    """Check-ins of the viewer's own candidates that are due now or within three days, with the company's name."""
    own = {profile.candidate_id: profile for profile in candidates.of_officer(viewer)}
    query = (
        select(CheckIn, Company.name)
        .join(Placement, Placement.id == CheckIn.placement_id)
        .join(Company, Company.id == Placement.company_id)
        .where(CheckIn.candidate_id.in_(list(own)), CheckIn.status == CheckInOutcome.DUE)
        .where(CheckIn.due_on <= clock.today() + SOON, Placement.status == PlacementStatus.STARTED)
        .order_by(CheckIn.due_on, CheckIn.id)
    )
    return [(row, own[row.candidate_id], name) for row, name in db.session.execute(query)] if own else []
