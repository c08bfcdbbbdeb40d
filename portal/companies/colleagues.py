"""Colleagues: a company's owners invite and remove the people who work with the portal."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.accounts import administration
from portal.accounts import services as accounts
from portal.accounts.models import Account, AccountStatus
from portal.companies.models import Company
from portal.core import audit
from portal.core.access import COMPANY_ROLES, Role
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken


def colleagues_of(company_id: UUID) -> list[Account]:
    """Active members and pending invitations, by name."""
    query = select(Account).where(Account.company_id == company_id, Account.status != AccountStatus.DEACTIVATED)
    return list(db.session.scalars(query.order_by(Account.sort_key, Account.id)))


def colleague(company: Company, account_id: UUID) -> Account:
    found = db.session.get(Account, account_id)
    if found is None or found.company_id != company.id or found.status == AccountStatus.DEACTIVATED:
        raise NotFound
    return found


def invite_colleague(company: Company, email: str, name: str, *, role: str, language: str, by: Account) -> None:
    """Post an invitation; for an address that has an account already nothing here differs."""
    if role not in COMPANY_ROLES:
        raise RuleBroken(N_("Choose a role from the list."), "role")
    accounts.invite(email, name, Role(role), company_id=company.id, language=language, by=by)
    audit.record("company.member_invited", "company", company.id, facts={"role": role}, by=by.id)


def remove_colleague(company: Company, person: Account, by: Account, read: bool = False) -> None:
    """Deactivate the account; the blockers of every feature are asked first, and the warnings must have been read."""
    if person.id == by.id:
        raise RuleBroken(N_("You cannot remove yourself. Ask another owner to do it."))
    for blocker in administration.blockers_of(person):
        raise RuleBroken(blocker)
    administration.deactivate(person, "", by=by, read=read)
    audit.record("company.member_deactivated", "company", company.id, facts={"account": person.id}, by=by.id)
