"""Reminders that evidence ends, and what keeps an account from being deactivated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from portal.accounts.models import Account
from portal.companies import news, rules, texts
from portal.companies.models import Company, CompanyStatus, Evidence
from portal.companies.vetting import active_owners
from portal.core import clock, settings
from portal.core.access import Role
from portal.core.db import db, transaction

UNDER_CARE = (CompanyStatus.IN_REVIEW, CompanyStatus.APPROVED, CompanyStatus.SUSPENDED)


def remind() -> None:
    """News to the owners 21 and 7 days before a kind of evidence ends; documents that end together are one mail."""
    marks = [settings.number(texts.FIRST_REMINDER), settings.number(texts.SECOND_REMINDER)]
    today = clock.today()
    with transaction():
        for company, rows in _ending(max(marks)):
            for until in {row.valid_until for row in rows}:
                mark = rules.reminder_due(until, today, marks)
                if mark is not None:
                    news.tell_owners(company, f"company.evidence_ends:{company.id}:{until}:{mark}")


def _ending(days: int) -> Iterator[tuple[Company, list[Evidence]]]:
    """Approved companies with the evidence that ends within these days and that nothing later replaces."""
    today = clock.today()
    soon = select(Evidence.company_id).where(
        Evidence.valid_until >= today, Evidence.valid_until <= today + timedelta(days=days)
    )
    approved = select(Company).where(Company.status == CompanyStatus.APPROVED, Company.id.in_(soon))
    companies = {company.id: company for company in db.session.scalars(approved)}
    latest: dict[UUID, dict[str, Evidence]] = defaultdict(dict)
    query = select(Evidence).where(Evidence.company_id.in_(companies))
    for row in db.session.scalars(query.order_by(Evidence.seen_on, Evidence.recorded_at, Evidence.id)):
        latest[row.company_id][row.kind] = row
    for company_id, by_kind in latest.items():
        yield companies[company_id], list(by_kind.values())


def deactivation_blockers(account: Any) -> Iterator[str]:
    """The only owner of a company that goes on, and a liaison who has companies in charge."""
    if account.role == Role.OWNER and account.company_id is not None:
        yield from _sole_owner(account)
    if account.role == Role.LIAISON:
        mine = select(Company.name).where(Company.liaison_id == account.id, Company.status.in_(UNDER_CARE))
        for name in db.session.scalars(mine.order_by(Company.sort_key)):
            yield _("Liaison of %(company)s. Hand it over to another liaison first.", company=name)


def _sole_owner(account: Account) -> Iterator[str]:
    company = db.session.get(Company, account.company_id)
    if company is None or company.status in (CompanyStatus.REJECTED, CompanyStatus.CLOSED):
        return
    if not [owner for owner in active_owners(company) if owner.id != account.id]:
        yield _("The only owner of %(company)s. Another owner is needed first.", company=company.name)
