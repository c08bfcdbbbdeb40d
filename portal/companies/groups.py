"""Owner groups: the people behind companies, and what follows them from one company to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, or_, select, union_all

from portal.accounts.models import Account
from portal.companies import former, rules
from portal.companies.models import Company, FormerDetail, FormerKind, OwnerGroup, OwnerPerson, ProposedChange
from portal.core import audit
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken


def owner_group_of(company_id: UUID) -> UUID | None:
    """The id of the company's group today; None for an unknown company."""
    return db.session.scalar(select(Company.owner_group_id).where(Company.id == company_id))


def group(group_id: UUID) -> OwnerGroup:
    found = db.session.get(OwnerGroup, group_id)
    if found is None:
        raise NotFound
    return found


def groups_behind(group_id: UUID) -> frozenset[UUID]:
    """The group itself, those that joined it and those it left, however far back.

    What was ever held against one of these is held against the group: ask holds and blocks with this set.
    """
    return groups_behind_each([group_id])[group_id]


def groups_behind_each(group_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The same for several groups, in one statement."""
    query = select(OwnerGroup.id, OwnerGroup.merged_into_id, OwnerGroup.left_from_id)
    query = query.where(or_(OwnerGroup.merged_into_id.is_not(None), OwnerGroup.left_from_id.is_not(None)))
    before: dict[UUID, set[UUID]] = defaultdict(set)
    for row_id, merged_into, left_from in db.session.execute(query):
        if merged_into is not None:
            before[merged_into].add(row_id)
        if left_from is not None:
            before[row_id].add(left_from)
    return {group_id: _reached(group_id, before) for group_id in group_ids}


def _reached(group_id: UUID, before: Mapping[UUID, set[UUID]]) -> frozenset[UUID]:
    behind, ahead = {group_id}, [group_id]
    while ahead:
        fresh = before.get(ahead.pop(), set()) - behind
        behind |= fresh
        ahead.extend(fresh)
    return frozenset(behind)


def current_group(group_id: UUID) -> UUID:
    """The group that this one has become part of; itself when it joined no other."""
    while (into := db.session.scalar(select(OwnerGroup.merged_into_id).where(OwnerGroup.id == group_id))) is not None:
        group_id = into
    return group_id


def companies_in_group(group_id: UUID) -> list[Company]:
    query = select(Company).where(Company.owner_group_id == group_id).order_by(Company.sort_key, Company.id)
    return list(db.session.scalars(query))


def companies_in_groups(group_ids: Iterable[UUID]) -> dict[UUID, list[Company]]:
    """The companies of several groups, in one statement."""
    found: dict[UUID, list[Company]] = {group_id: [] for group_id in group_ids}
    for each in db.session.scalars(select(Company).where(Company.owner_group_id.in_(found))):
        found[each.owner_group_id].append(each)
    return found


def owner_persons(group_id: UUID) -> list[OwnerPerson]:
    query = select(OwnerPerson).where(OwnerPerson.owner_group_id == group_id).order_by(OwnerPerson.name, OwnerPerson.id)
    return list(db.session.scalars(query))


def people_behind(company_id: UUID) -> list[str]:
    """Names of everybody behind the company and the rest of its owner group: owners, contacts, members.

    Those proposed and not yet decided count, and so do former ones for the period in the settings (`former`). The names
    of the companies stand among them, for a firm often bears its owner's name.
    """
    group_id = owner_group_of(company_id)
    return people_of(companies_in_group(group_id)).get(group_id, []) if group_id is not None else []


def people_of(companies: Collection[Company]) -> dict[UUID, list[str]]:
    """The same by owner group, for all companies of several groups: in two statements, however many they are."""
    group_of = {company.id: company.owner_group_id for company in companies}
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    persons = select(OwnerPerson.owner_group_id, OwnerPerson.name)
    persons = persons.where(OwnerPerson.owner_group_id.in_(set(group_of.values())))
    names = [(company.owner_group_id, name) for company in companies for name in (company.contact_name, company.name)]
    names += [(row.owner_group_id, row.name) for row in db.session.execute(persons)]
    names += [(group_of[company_id], name) for company_id, name in _members_proposed_and_former(list(group_of))]
    for group_id, name in names:
        if name:
            found[group_id][rules.name_key(name)] = name
    return {group_id: list(by_key.values()) for group_id, by_key in found.items()}


def _members_proposed_and_former(company_ids: list[UUID]) -> list[tuple[UUID, str]]:
    """In one statement. A member counts on after the account was deactivated, like any other former name."""
    since = former.since()
    stays = Account.deactivated_at.is_(None) | (Account.deactivated_at >= since)
    open_change = (ProposedChange.company_id.in_(company_ids), ProposedChange.outcome == "")
    counting = (FormerDetail.company_id.in_(company_ids), FormerDetail.ended_at >= since)
    query: CompoundSelect[Any] = union_all(
        select(Account.company_id, Account.display_name).where(Account.company_id.in_(company_ids), stays),
        select(ProposedChange.company_id, ProposedChange.contact_name).where(*open_change),
        select(ProposedChange.company_id, ProposedChange.name).where(*open_change),
        select(FormerDetail.company_id, FormerDetail.value).where(*counting, FormerDetail.kind.in_(former.NAMES)),
    )
    return [(company_id, name) for company_id, name in db.session.execute(query)]


def other_names(company_ids: Iterable[UUID], blocked_ids: Iterable[UUID] = ()) -> dict[UUID, list[str]]:
    """What companies want to be called, or were called not too long ago, beside their names of today.

    For the ids that a limit names, of companies and of owner groups, the names of today too; all in one statement.
    """
    ids, blocked = list(company_ids), list(blocked_ids)
    query: CompoundSelect[Any] = union_all(
        select(ProposedChange.company_id, ProposedChange.name).where(
            ProposedChange.company_id.in_(ids), ProposedChange.outcome == ""
        ),
        select(FormerDetail.company_id, FormerDetail.value).where(
            FormerDetail.company_id.in_(ids),
            FormerDetail.kind == FormerKind.NAME,
            FormerDetail.ended_at >= former.since(),
        ),
        select(Company.id, Company.name).where(Company.id.in_(blocked)),
        select(Company.owner_group_id, Company.name).where(Company.owner_group_id.in_(blocked)),
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for company_id, name in db.session.execute(query):
        found[company_id].append(name)
    return found


def add_person(company: Company, name: str, position: str = "") -> OwnerPerson:
    """Add an owner, board member or contact to the company's group; somebody already there stays once."""
    for known in owner_persons(company.owner_group_id):
        if rules.name_key(known.name) == rules.name_key(name):
            known.position = position or known.position
            return known
    person = OwnerPerson(owner_group_id=company.owner_group_id, name=name, position=position)
    db.session.add(person)
    audit.record("owner_person.added", "owner_group", company.owner_group_id, facts={"person": person.id})
    return person


def remove_person(company: Company, person_id: UUID) -> None:
    person = db.session.get(OwnerPerson, person_id)
    if person is None or person.owner_group_id != company.owner_group_id:
        raise NotFound
    former.keep(company.id, FormerKind.PERSON, person.name)
    db.session.delete(person)
    audit.record("owner_person.removed", "owner_group", company.owner_group_id, facts={"person": person_id})


def join(company: Company, group_id: UUID, reason: str, by: Account) -> None:
    """The company's whole group joins another: all its companies and persons move, and nothing held against it ends."""
    before, into = group(company.owner_group_id), group(group_id)
    if before.id == into.id or into.merged_into_id is not None:
        raise RuleBroken(N_("The company is in this group already, or the group has joined another. Choose again."))
    moved = companies_in_group(before.id)
    for person in owner_persons(before.id):
        person.owner_group_id = into.id
    for each in moved:
        each.owner_group_id = into.id
        facts = {"from": before.id, "to": into.id}
        audit.record("company.group_joined", "company", each.id, reason=reason, facts=facts, by=by.id)
    before.merged_into_id = into.id


def leave(company: Company, reason: str, by: Account) -> None:
    """The company alone gets a group of its own, which remembers where it came from.

    Whoever was named for the group, today or formerly, stays behind both: nobody knows for which of its companies.
    """
    before = company.owner_group_id
    others = [each for each in companies_in_group(before) if each.id != company.id]
    if not others:
        raise RuleBroken(N_("The company is alone in its group already."))
    fresh = OwnerGroup(name=company.name, left_from_id=before)
    db.session.add(fresh)
    db.session.flush()
    company.owner_group_id = fresh.id
    add_person(company, company.contact_name)
    for person in owner_persons(before):
        add_person(company, person.name, person.position)
    former.share(company.id, {each.id for each in others})
    facts = {"from": before, "to": fresh.id}
    audit.record("company.group_left", "company", company.id, reason=reason, facts=facts, by=by.id)
