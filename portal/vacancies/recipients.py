"""Who would read a card of a vacancy: current members that the company chooses and a liaison confirms (design: P5)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, select

from portal.accounts import services as accounts
from portal.accounts.models import Account, AccountStatus
from portal.accounts.sameness import is_still
from portal.companies import news
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.vacancies.models import ENDS, Recipient, Vacancy, VacancyStatus


def recipients(vacancy_id: UUID, confirmed_only: bool = False) -> list[Account]:
    """Chosen people who are active members of the company today, by name; one who left no longer counts."""
    query = (
        select(Account)
        .join(Recipient, Recipient.account_id == Account.id)
        .join(Vacancy, Vacancy.id == Recipient.vacancy_id)
        .where(Recipient.vacancy_id == vacancy_id, Account.company_id == Vacancy.company_id)
        .where(Account.status == AccountStatus.ACTIVE)
        .order_by(Account.sort_key, Account.id)
    )
    if confirmed_only:
        query = query.where(is_confirmed())
    return list(db.session.scalars(query))


def is_confirmed() -> ColumnElement[bool]:
    """SQL over Recipient and its Account: a liaison confirmed them, and they still are who was confirmed (P5)."""
    return is_still(Recipient.confirmed_name, Recipient.confirmed_email, Recipient.confirmed_at)


def lapsed(vacancy_id: UUID) -> list[tuple[Account, Recipient]]:
    """Members who were confirmed by another name or address, or before their account was closed and opened again."""
    confirmed, rows = confirmed_ids(vacancy_id), rows_of(vacancy_id)
    chosen = [one for one in recipients(vacancy_id) if one.id not in confirmed]
    return [(one, rows[one.id]) for one in chosen if rows[one.id].confirmed_at is not None]


def digest_of(people: Iterable[Account]) -> str:
    """What a liaison is shown of the people, in short: it differs once one of them takes another name or address."""
    shown = sorted(f"{one.id} {one.display_name}\n{one.email}" for one in people)
    return hashlib.sha256("\n\n".join(shown).encode()).hexdigest()[:24]


def confirmed_ids(vacancy_id: UUID) -> set[UUID]:
    return {each.id for each in recipients(vacancy_id, confirmed_only=True)}


def rows_of(vacancy_id: UUID) -> dict[UUID, Recipient]:
    """By account, those who have left too."""
    query = select(Recipient).where(Recipient.vacancy_id == vacancy_id)
    return {row.account_id: row for row in db.session.scalars(query)}


def choose(vacancy: Vacancy, account_ids: Collection[UUID], by: Account) -> None:
    """The company's choice. Someone new waits for a liaison; who is taken out is out at once."""
    if vacancy.status in ENDS:
        raise RuleBroken(N_("This vacancy has ended. Its recipients stay as they were."))
    members = {member.id for member in accounts.members_of(vacancy.company_id)}
    if not set(account_ids) <= members:
        raise RuleBroken(N_("Choose people who are members of your company today."), field="recipients")
    if not account_ids and vacancy.status not in (VacancyStatus.DRAFT, VacancyStatus.RETURNED):
        raise RuleBroken(N_("Choose at least one person."), field="recipients")
    known = rows_of(vacancy.id)
    for account_id, row in known.items():
        if account_id not in account_ids:
            db.session.delete(row)
    added = [account_id for account_id in account_ids if account_id not in known]
    db.session.add_all(Recipient(vacancy_id=vacancy.id, account_id=account_id) for account_id in added)
    if added or set(known) - set(account_ids):
        facts = {"chosen": len(account_ids), "added": added}
        audit.record("vacancy.recipients_chosen", "vacancy", vacancy.id, facts=facts, by=by.id)
    if added and vacancy.status in (VacancyStatus.PUBLISHED, VacancyStatus.PAUSED):
        news.tell_liaison(vacancy.company, f"vacancy.recipients:{vacancy.id}:{vacancy.version}")
    db.session.flush()


def confirm(vacancy: Vacancy, account_ids: Collection[UUID], by: Account) -> None:
    """A liaison has made sure that these people may read cards; the others are not confirmed (any longer). It holds
    for the name and the address of today.
    """
    current = {member.id: member for member in recipients(vacancy.id)}
    if not set(account_ids) <= set(current):
        raise RuleBroken(N_("Someone is no longer a recipient. Open the page again."), field="confirmed")
    confirmed = confirmed_ids(vacancy.id)
    for account_id, row in rows_of(vacancy.id).items():
        if account_id in account_ids and account_id not in confirmed:
            row.confirmed_at, row.confirmed_by_id = clock.now(), by.id
            row.confirmed_name, row.confirmed_email = current[account_id].display_name, current[account_id].email
        elif account_id not in account_ids:
            row.confirmed_at = row.confirmed_by_id = row.confirmed_name = row.confirmed_email = None
    facts = {"confirmed": sorted(account_ids, key=str)}
    audit.record("vacancy.recipients_confirmed", "vacancy", vacancy.id, facts=facts, by=by.id)
    db.session.flush()
