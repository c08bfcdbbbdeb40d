"""Companies as other features use them. The verbs stand in modules named by their noun; this is the way in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, select

from portal.companies.commitments import (
    current_commitment,
    find_current,
    owners_with_right,
    publish,
    sign,
    signed_and_asked,
)
from portal.companies.evidence import EvidenceState, evidence_status
from portal.companies.groups import (
    companies_in_group,
    companies_in_groups,
    current_group,
    groups_behind,
    groups_behind_each,
    other_names,
    owner_group_of,
    owner_persons,
    people_behind,
    people_of,
)
from portal.companies.hearings import open_hearing_of
from portal.companies.models import CommitmentVersion, Company
from portal.companies.registrations import find_by_business_id
from portal.companies.rules import valid_business_id
from portal.companies.vetting import right_to_act_shown
from portal.core.access import Permission, Viewer, allows
from portal.core.db import db
from portal.core.errors import NotFound
from portal.vocabulary import services as vocabulary

__all__ = [
    "CommitmentVersion",
    "EvidenceState",
    "companies_in_group",
    "companies_in_groups",
    "current_commitment",
    "current_group",
    "evidence_status",
    "find_by_business_id",
    "find_current",
    "groups_behind",
    "groups_behind_each",
    "open_hearing_of",
    "other_names",
    "owner_group_of",
    "owner_persons",
    "owners_with_right",
    "people_behind",
    "people_of",
    "publish",
    "right_to_act_shown",
    "sign",
    "signed_and_asked",
    "valid_business_id",
]


def visible_to(viewer: Viewer) -> Select[Any]:
    """Staff who read companies see all; a member sees their own; nobody else any."""
    if allows(viewer, Permission.COMPANY_READ):
        return select(Company)
    if allows(viewer, Permission.COMPANY_OWN):
        return select(Company).where(Company.id == viewer.company_id)
    return select(Company).where(false())


def get(company_id: UUID, viewer: Viewer) -> Company:
    """Raises `NotFound` for an absent company and for somebody else's alike."""
    company = db.session.scalar(visible_to(viewer).where(Company.id == company_id))
    if company is None:
        raise NotFound
    return company


def own(viewer: Viewer) -> Company:
    """The company the viewer is a member of."""
    if viewer.company_id is None:
        raise NotFound
    return get(viewer.company_id, viewer)


def by_id(company_id: UUID) -> Company:
    """For rules that need the company whoever looks. Raises `NotFound`."""
    company = db.session.get(Company, company_id)
    if company is None:
        raise NotFound
    return company


def by_ids(company_ids: Iterable[UUID]) -> dict[UUID, Company]:
    """Many in one statement; unknown ids are left out."""
    return {each.id: each for each in db.session.scalars(select(Company).where(Company.id.in_(list(company_ids))))}


def sectors_of(company: Company) -> frozenset[str]:
    """Divisions and sections of its industry, and of the one it has proposed: both count until a liaison decides."""
    return frozenset().union(*map(vocabulary.industry_codes, company.industries))
