"""The help pages: for each role its jobs step by step, what protects people, and whom to call."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core.access import COMPANY_ROLES, Role, Viewer
from portal.core.errors import NotFound
from portal.home.guides import company, liaison, officer, others
from portal.home.guides.parts import Guide, Job, Picture, Step

__all__ = ["GUIDES", "Guide", "Job", "Picture", "Step", "choose", "open_to"]

GUIDES: Mapping[str, Guide] = {
    "company": company.GUIDE,
    "liaison": liaison.GUIDE,
    "officer": officer.GUIDE,
    "coach": others.COACH,
    "manager": others.MANAGER,
    "administrator": others.ADMINISTRATOR,
}
STAFF = frozenset({Role.LIAISON, Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR})


def own(viewer: Viewer) -> str:
    role = Role(viewer.role)
    return "company" if role in COMPANY_ROLES else str(role)


def open_to(viewer: Viewer) -> list[str]:
    """The guides this reader may open, the own one first: staff read them all, others their own."""
    mine = own(viewer)
    return [mine, *(key for key in GUIDES if key != mine)] if Role(viewer.role) in STAFF else [mine]


def choose(viewer: Viewer, key: str) -> Guide:
    """Raises `NotFound` for a guide that is not for this reader."""
    if key not in open_to(viewer):
        raise NotFound
    return GUIDES[key]
