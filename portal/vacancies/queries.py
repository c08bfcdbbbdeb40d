"""Reads for lists: few statements, however many rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select

from portal.accounts.models import Account, AccountStatus
from portal.companies.models import Company
from portal.core import clock
from portal.core.access import Viewer
from portal.core.db import db, sort_key
from portal.vacancies import services as vacancies
from portal.vacancies.models import Recipient, Vacancy, VacancyStatus
from portal.vacancies.recipients import is_confirmed

LIVE = (VacancyStatus.PUBLISHED, VacancyStatus.PAUSED)
CARDS_LAST = timedelta(days=90)
"""For about so long after its end a vacancy's cards and released details may still be read."""


def listed(viewer: Viewer, status: str = "", company_id: UUID | None = None, text: str = "") -> Select[Any]:
    """What the viewer may see, narrowed by state, company, and words of the title or the company's name."""
    query = vacancies.visible_to(viewer)
    if status in set(VacancyStatus):
        query = query.where(Vacancy.status == status)
    if company_id is not None:
        query = query.where(Vacancy.company_id == company_id)
    if key := sort_key(text.strip()):
        named = select(Company.id).where(Company.sort_key.contains(key, autoescape=True))
        query = query.where(or_(Vacancy.title_key.contains(key, autoescape=True), Vacancy.company_id.in_(named)))
    return query


def company_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = db.session.execute(select(Company.id, Company.name).where(Company.id.in_(set(ids))))
    return {row.id: row.name for row in rows}


def waiting_for_decision(limit: int) -> list[tuple[Vacancy, str]]:
    """Sent vacancies with the company's name, oldest first."""
    query = (
        select(Vacancy, Company.name)
        .join(Company, Company.id == Vacancy.company_id)
        .where(Vacancy.status == VacancyStatus.SUBMITTED)
        .order_by(Vacancy.submitted_at)
        .limit(limit)
    )
    return [(vacancy, name) for vacancy, name in db.session.execute(query)]


def with_unconfirmed_recipients(limit: int) -> list[tuple[Vacancy, Recipient, str]]:
    """Vacancies with a recipient who is not confirmed, with the one who waits longest for a liaison.

    While it is open, whom the company added; and until cards of it are past, whose confirmation lapsed with a new name
    or address.
    """
    lapsed = and_(
        Recipient.confirmed_at.is_not(None),
        or_(Vacancy.status.in_(LIVE), Vacancy.ended_at > clock.now() - CARDS_LAST),
    )
    query = (
        select(Vacancy, Recipient, Company.name)
        .join(Recipient, Recipient.vacancy_id == Vacancy.id)
        .join(Account, Account.id == Recipient.account_id)
        .join(Company, Company.id == Vacancy.company_id)
        .where(~is_confirmed(), or_(and_(Vacancy.status.in_(LIVE), Recipient.confirmed_at.is_(None)), lapsed))
        .where(Account.status == AccountStatus.ACTIVE, Account.company_id == Vacancy.company_id)
        .order_by(Recipient.chosen_at)
        .limit(limit)
    )
    first: dict[UUID, tuple[Vacancy, Recipient, str]] = {}
    for vacancy, recipient, name in db.session.execute(query):
        first.setdefault(vacancy.id, (vacancy, recipient, name))
    return list(first.values())


def returned(company_id: UUID) -> list[Vacancy]:
    query = select(Vacancy).where(Vacancy.company_id == company_id, Vacancy.status == VacancyStatus.RETURNED)
    return list(db.session.scalars(query.order_by(Vacancy.returned_at)))


def with_only_recipient(account_id: UUID) -> list[Vacancy]:
    """Open vacancies whose cards nobody else would read if this account went."""
    others = (
        select(Recipient.id)
        .join(Account, Account.id == Recipient.account_id)
        .where(Recipient.vacancy_id == Vacancy.id, Recipient.account_id != account_id)
        .where(is_confirmed(), Account.status == AccountStatus.ACTIVE)
    )
    query = (
        select(Vacancy)
        .join(Recipient, Recipient.vacancy_id == Vacancy.id)
        .where(Recipient.account_id == account_id, Vacancy.status.in_(LIVE), ~exists(others))
        .order_by(Vacancy.place)
    )
    return list(db.session.scalars(query))
