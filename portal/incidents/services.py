"""Incidents and reviews. A silent hold changes nothing that a company sees or can time (design: P1, Incident)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select

from emails import messages
from portal.accounts import services as accounts
from portal.accounts.models import Account, AccountStatus
from portal.companies import services as companies
from portal.companies.models import Company
from portal.core import audit, clock, outbox, states, vault
from portal.core.access import Permission, Role, Viewer, allows
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.incidents import rules
from portal.incidents.models import NEXT, Incident, IncidentStatus, Review

SEALED = N_("The reason is sealed.")
"""What the audit trail says in place of words about a candidate."""


def open_incident(
    owner_group_id: UUID, placement_id: UUID | None, by: Account, *, candidate_id: UUID | None = None
) -> Incident:
    """Hold the owner group silently, at once. The same placement's open incident is not opened twice."""
    query = select(Incident).where(Incident.status == IncidentStatus.OPEN, Incident.placement_id == placement_id)
    known = db.session.scalar(query) if placement_id is not None else None
    if known is not None:
        return known
    incident = Incident(
        owner_group_id=owner_group_id,
        placement_id=placement_id,
        candidate_id=candidate_id,
        status=IncidentStatus.OPEN,
        opened_at=clock.now(),
        opened_by_id=by.id,
    )
    db.session.add(incident)
    facts = {"group": owner_group_id, "placement": placement_id}
    audit.record("incident.opened", "incident", incident.id, facts=facts, by=by.id)
    return incident


def has_silent_hold(owner_group_id: UUID) -> bool:
    """Whether an open incident reaches this group, also from a group it was part of, or that became part of it."""
    held = select(Incident.id).where(
        Incident.status == IncidentStatus.OPEN, Incident.owner_group_id.in_(companies.groups_behind(owner_group_id))
    )
    return db.session.scalar(held.limit(1)) is not None


def visible_to(viewer: Viewer) -> Select[Any]:
    """A liaison sees that holds exist; an officer those they opened, and those whose officer has left."""
    query = select(Incident)
    if allows(viewer, Permission.COMPANY_VET):
        return query
    if viewer.role == Role.OFFICER:
        others = select(Account.id).where(Account.role == Role.OFFICER, Account.status == AccountStatus.ACTIVE)
        return query.where(Incident.opened_by_id.not_in(others.where(Account.id != viewer.id)))
    return query.where(false())


def get(incident_id: UUID, viewer: Viewer, *, lock: bool = False) -> Incident:
    """Raises `NotFound`."""
    query = visible_to(viewer).where(Incident.id == incident_id)
    incident = db.session.scalar(query.with_for_update() if lock else query)
    if incident is None:
        raise NotFound
    return incident


def open_incidents(viewer: Viewer) -> list[Incident]:
    """Oldest first."""
    query = visible_to(viewer).where(Incident.status == IncidentStatus.OPEN)
    return list(db.session.scalars(query.order_by(Incident.opened_at, Incident.id)))


def companies_held(incident: Incident) -> list[Company]:
    return companies.companies_in_group(companies.current_group(incident.owner_group_id))


def has_agreed(incident: Incident, role: str) -> bool:
    """Whether the officer's or the liaison's side has agreed to end the hold."""
    agreed = incident.officer_agreed_by_id if role == Role.OFFICER else incident.liaison_agreed_by_id
    return agreed is not None


def agree_to_end(incident: Incident, reason: str, by: Account) -> None:
    """One side's agreement, with its reason of at most 300 characters; the second one ends the hold."""
    rules.check_may_agree(
        by.role,
        incident.status == IncidentStatus.OPEN,
        has_agreed(incident, Role.OFFICER),
        has_agreed(incident, Role.LIAISON),
    )
    rules.check_two_people(by.id, (incident.officer_agreed_by_id, incident.liaison_agreed_by_id))
    if by.role == Role.OFFICER:
        incident.officer_agreed_by_id = by.id
    else:
        incident.liaison_agreed_by_id = by.id
    witnessed = keep_reason(incident, reason)
    audit.record("incident.agreed", "incident", incident.id, reason=witnessed, facts={"role": by.role}, by=by.id)
    if has_agreed(incident, Role.OFFICER) and has_agreed(incident, Role.LIAISON):
        incident.resolved_at = clock.now()
        states.move(incident, IncidentStatus.RESOLVED, NEXT, reason=witnessed)


# --- why it ended: about a candidate, so it dies with the candidate's key (design: P8) -----------


def resolution_of(incident: Incident) -> str:
    """The vault's purpose for what both sides wrote."""
    return f"resolution:{incident.id.hex}"


def reasons_of(incident: Incident) -> list[str]:
    """What each side wrote, in their order; nothing after erasure."""
    if incident.candidate_id is None:
        return []
    return list(vault.open(incident.candidate_id, resolution_of(incident)).get("reasons", []))


def keep_reason(incident: Incident, reason: str) -> str:
    """Seals it, and returns what the audit trail may say. A hold that concerns nobody's file has its reason there."""
    if incident.candidate_id is None:
        return reason
    reasons = [*reasons_of(incident), reason]
    vault.seal(incident.candidate_id, resolution_of(incident), {"reasons": reasons})
    return SEALED


def of_candidate(candidate_id: UUID) -> list[Incident]:
    """Oldest first."""
    query = select(Incident).where(Incident.candidate_id == candidate_id)
    return list(db.session.scalars(query.order_by(Incident.opened_at, Incident.id)))


def erasure_refusals(candidate_id: UUID) -> Iterable[str]:
    if any(each.status == IncidentStatus.OPEN for each in of_candidate(candidate_id)):
        yield N_("A hold that this candidate gave cause for is in force. End it first.")


def sever(candidate_id: UUID) -> None:
    """That there was a hold is the companies' story; whom it was about is not."""
    for incident in of_candidate(candidate_id):
        incident.candidate_id = incident.placement_id = None


# --- what a company may read --------------------------------------------------


def visible_review(company_id: UUID) -> Review | None:
    """The review a company reads of, or None. The same words for every company and every cause."""
    return db.session.scalar(select(Review).where(Review.company_id == company_id, Review.ended_at.is_(None)).limit(1))


def is_under_review(company_id: UUID) -> ColumnElement[bool]:
    """As a part of another query: whether the company reads of a review."""
    return select(Review.id).where(Review.company_id == company_id, Review.ended_at.is_(None)).exists()


def open_review(company: Company, by: Account) -> Review:
    """From now on the company reads that its standing is under routine review."""
    rules.check_may_open_review(visible_review(company.id) is not None)
    review = Review(company_id=company.id, opened_at=clock.now(), opened_by_id=by.id)
    db.session.add(review)
    audit.record("review.opened", "company", company.id, facts={"review": review.id}, by=by.id)
    _tell(company, f"review.opened:{review.id}")
    return review


def end_review(company: Company, by: Account) -> None:
    review = visible_review(company.id)
    if review is None:
        raise RuleBroken(rules.NO_REVIEW)
    review.ended_at = clock.now()
    audit.record("review.ended", "company", company.id, facts={"review": review.id}, by=by.id)
    _tell(company, f"review.ended:{review.id}")


def _tell(company: Company, once: str) -> None:
    for member in accounts.members_of(company.id):
        message = messages.news(outbox.site(), member.email, member.language)
        outbox.post(message, once=f"{once}:{member.id}")
