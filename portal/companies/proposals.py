"""A company's own details: what applies at once, and what a liaison looks at first.

While a company is only applied, everything applies at once: the vetting to come looks at all of it. From the review on
a change of what *identifies or constrains* the company waits for a liaison (`GUARDED`), and until then the old and the
proposed both count for blocked persons and excluded sectors (design: P4), so that no edit is a way out of a block:

- the name, for people know a company by it, and a firm often bears its owner's name;
- the industry, for candidates keep sectors away, and some sectors are looked at twice;
- the contact person, who may be the one a candidate must never meet;
- the contact's mail address and telephone, by which one recognises the same people behind two companies, and to which
  a liaison would call back.

The municipality of the main office, the website and the language of our mail apply at once: candidates keep places
away by the vacancy's own site, and a former website still counts for likeness (`former`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Account
from portal.companies import former, news, rules
from portal.companies.models import Company, CompanyStatus, FormerKind, Outcome, ProposedChange
from portal.companies.registrations import list_key
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import N_, RuleBroken

GUARDED = ("name", "industry", "contact_name", "contact_email", "phone")
AT_ONCE = ("municipality", "website", "language")
FORMER = {
    "name": FormerKind.NAME,
    "contact_name": FormerKind.CONTACT,
    "contact_email": FormerKind.EMAIL,
    "phone": FormerKind.PHONE,
}
SHOWN_DAYS = 60
"""How long the company's page tells of a decision."""


def latest_of(company_id: UUID) -> ProposedChange | None:
    """The newest that waits or was decided; those the company replaced or took back are left out."""
    query = select(ProposedChange).where(
        ProposedChange.company_id == company_id, ProposedChange.outcome.not_in([Outcome.REPLACED, Outcome.TAKEN_BACK])
    )
    return db.session.scalar(query.order_by(ProposedChange.proposed_at.desc()).limit(1))


def find_waiting(company_id: UUID) -> ProposedChange | None:
    query = select(ProposedChange).where(ProposedChange.company_id == company_id, ProposedChange.outcome == "")
    return db.session.scalar(query.limit(1))


def is_shown(change: ProposedChange) -> bool:
    """While it waits, and some time after the decision."""
    return change.ended_at is None or change.ended_at > clock.now() - timedelta(days=SHOWN_DAYS)


def waiting(company: Company) -> ProposedChange:
    """Raises `RuleBroken` when nothing waits any more."""
    found = find_waiting(company.id)
    if found is None:
        raise RuleBroken(N_("This change has been decided or taken back already."))
    return found


def guarded(of: Company | ProposedChange) -> dict[str, str]:
    return {name: getattr(of, name) for name in GUARDED}


def details(company: Company) -> dict[str, str]:
    """What the company last wrote of itself: what waits stands in place of what holds."""
    change = find_waiting(company.id)
    return {name: getattr(company, name) for name in (*GUARDED, *AT_ONCE)} | (guarded(change) if change else {})


def differing(company: Company, change: ProposedChange) -> tuple[str, ...]:
    """The names of what the change would change today."""
    return tuple(name for name in GUARDED if getattr(company, name) != getattr(change, name))


def edit(company: Company, written: Mapping[str, str], by: Account) -> bool:
    """Save what the company wrote of itself; its Business ID stays. True when a part of it waits for a liaison."""
    for name in AT_ONCE:
        setattr(company, name, written[name])
    company.version += 1
    audit.record("company.edited", "company", company.id, facts={"version": company.version}, by=by.id)
    asked = {name: written[name] for name in GUARDED}
    if company.status == CompanyStatus.APPLIED:
        _apply(company, asked)
        return False
    before = find_waiting(company.id)
    if before is not None and asked == guarded(before):
        return True
    if asked == guarded(company):
        if before is not None:
            take_back(company, by)
        return False
    _propose(company, asked, before, by)
    return True


def _propose(company: Company, asked: Mapping[str, str], before: ProposedChange | None, by: Account) -> None:
    """A second proposal takes the place of the first."""
    if before is not None:
        _drop(company, before, Outcome.REPLACED, by)
        audit.record("company.change_replaced", "company", company.id, facts={"change": before.id}, by=by.id)
    change = ProposedChange(company_id=company.id, proposed_at=clock.now(), proposed_by_id=by.id, **asked)
    db.session.add(change)
    company.change_waits_since = change.proposed_at
    company.proposed_industry = change.industry if change.industry != company.industry else None
    facts = {"change": change.id, "fields": list(differing(company, change))}
    audit.record("company.change_proposed", "company", company.id, facts=facts, by=by.id)
    news.tell_liaison(company, f"company.change:{change.id}")


def take_back(company: Company, by: Account) -> None:
    change = waiting(company)
    _drop(company, change, Outcome.TAKEN_BACK, by)
    company.version += 1
    audit.record("company.change_taken_back", "company", company.id, facts={"change": change.id}, by=by.id)


def confirm(company: Company, by: Account) -> None:
    """A liaison found nothing against it: it applies, and what it replaces is kept as former."""
    change = waiting(company)
    facts = {"change": change.id, "fields": list(differing(company, change))}
    change.outcome, change.ended_at, change.ended_by_id = Outcome.CONFIRMED, clock.now(), by.id
    _apply(company, guarded(change))
    company.change_waits_since = company.proposed_industry = None
    company.version += 1
    audit.record("company.change_confirmed", "company", company.id, facts=facts, by=by.id)
    news.tell_members(company, f"company.change_decided:{change.id}")


def turn_back(company: Company, reason: str, by: Account) -> None:
    rules.check_turn_back(reason)
    change = waiting(company)
    _drop(company, change, Outcome.TURNED_BACK, by)
    change.reason = reason
    company.version += 1
    audit.record("company.change_turned_back", "company", company.id, facts={"change": change.id}, by=by.id)
    news.tell_members(company, f"company.change_decided:{change.id}")


def _apply(company: Company, asked: Mapping[str, str]) -> None:
    for name, value in asked.items():
        setattr(company, name, value)
    company.sort_key = list_key(company.name, company.business_id)


def _drop(company: Company, change: ProposedChange, outcome: Outcome, by: Account) -> None:
    """It does not come to pass, but whoever was named goes on counting: the company named them."""
    for name in differing(company, change):
        if name in FORMER:
            former.keep(company.id, FORMER[name], getattr(change, name))
    change.outcome, change.ended_at, change.ended_by_id = outcome, clock.now(), by.id
    company.change_waits_since = company.proposed_industry = None
