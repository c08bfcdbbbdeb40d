"""Vetting: the liaison's verbs, from taking a company into review to closing it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.accounts import services as accounts
from portal.accounts.models import Account, AccountStatus
from portal.companies import evidence, news, rules, texts
from portal.companies.hearings import open_hearing_of
from portal.companies.models import NEXT, Company, CompanyStatus, RightKind, RightToAct
from portal.companies.rights import right_holds
from portal.core import audit, clock, states
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken


def take_into_review(company: Company, by: Account) -> None:
    """The liaison who takes it becomes its liaison."""
    states.move(company, CompanyStatus.IN_REVIEW, NEXT)
    company.liaison_id = by.id
    news.tell_members(company, f"company.in_review:{company.id}")


def hand_over(company: Company, liaison_id: UUID, by: Account) -> None:
    """Another liaison takes charge of the company."""
    if liaison_id not in {one.id for one in accounts.staff(Role.LIAISON)}:
        raise RuleBroken(N_("Choose a liaison from the list."), "liaison")
    before, company.liaison_id = company.liaison_id, liaison_id
    audit.record("company.liaison", "company", company.id, facts={"from": before, "to": liaison_id}, by=by.id)
    if liaison_id != by.id:
        news.tell([accounts.get(liaison_id)], f"company.liaison:{company.id}:{clock.now().isoformat()}")


def active_owners(company: Company) -> list[Account]:
    query = select(Account).where(
        Account.company_id == company.id, Account.role == Role.OWNER, Account.status == AccountStatus.ACTIVE
    )
    return list(db.session.scalars(query.order_by(Account.sort_key, Account.id)))


def rights_of(company_id: UUID) -> dict[UUID, RightToAct]:
    """The latest showing of each person's right that still holds, by account."""
    query = select(RightToAct).join(Account, Account.id == RightToAct.account_id).where(right_holds())
    query = query.where(RightToAct.company_id == company_id).order_by(RightToAct.seen_at)
    return {right.account_id: right for right in db.session.scalars(query)}


def right_to_act_shown(company: Company) -> bool:
    """Whether at least one active owner has shown that they may act for the company."""
    rights = rights_of(company.id)
    return any(owner.id in rights for owner in active_owners(company))


def owner(company: Company, account_id: UUID) -> Account:
    """An owner of this company; raises `NotFound`."""
    found = next((one for one in active_owners(company) if one.id == account_id), None)
    if found is None:
        raise NotFound
    return found


def show_right(company: Company, account: Account, kind: RightKind, note: str, by: Account) -> RightToAct:
    """A liaison saw that this owner may act for the company."""
    right = RightToAct(
        company_id=company.id, account_id=account.id, kind=kind, note=note, seen_at=clock.now(), seen_by_id=by.id,
        seen_name=account.display_name, seen_email=account.email,
    )  # fmt: skip
    db.session.add(right)
    facts = {"account": account.id, "kind": kind}
    audit.record("company.right_shown", "company", company.id, facts=facts, by=by.id)
    return right


def approve(company: Company, by: Account) -> None:
    rights, owners = rights_of(company.id), active_owners(company)
    rules.check_approvable(
        owners=len(owners),
        owners_without_right=sum(one.id not in rights for one in owners),
        lacking=evidence.lacking(company),
        heard=open_hearing_of(company.id) is not None,
        proposed=company.change_waits_since is not None,
    )
    if company.status != CompanyStatus.IN_REVIEW:  # from suspended, `reinstate` is the verb
        raise RuleBroken(N_("This is no longer possible, because the state has changed. Open the page again."))
    states.move(company, CompanyStatus.APPROVED, NEXT)
    company.approved_at = clock.now()
    news.tell_members(company, f"company.approved:{company.id}")


def reinstate(company: Company, reason: str, by: Account) -> None:
    """End a suspension; what has ended meanwhile shows in the company's standing by itself."""
    if company.status != CompanyStatus.SUSPENDED:
        raise RuleBroken(N_("This is no longer possible, because the state has changed. Open the page again."))
    states.move(company, CompanyStatus.APPROVED, NEXT, reason=reason)
    news.tell_members(company, f"company.reinstated:{company.id}:{clock.now().isoformat()}")


def close(company: Company, reason: str, by: Account) -> None:
    """The end: at the company's wish, or because it is no more. A hearing under way ends with it."""
    states.move(company, CompanyStatus.CLOSED, NEXT, reason=reason)
    hearing = open_hearing_of(company.id)
    if hearing is not None:
        hearing.decision, hearing.decided_at, hearing.decided_by_id = texts.ENDED, clock.now(), by.id
        hearing.decision_reasons = reason
    news.tell_members(company, f"company.closed:{company.id}")
