"""Who may not meet whom: the safety limits of candidates against everybody behind a vacancy (design: P4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from portal.candidates import names, sealing
from portal.candidates.values import Safety
from portal.companies import services as companies
from portal.companies.models import Company
from portal.companies.rules import find_business_id

Key = TypeVar("Key")
Parties = tuple[Sequence[Company], Sequence["Outside"]]
"""The employer with the clients that are registered here, and every client as the vacancy names it."""


@dataclass(frozen=True)
class Outside:
    """A company that is known by these two alone: it is not registered here."""

    business_id: str
    name: str


@dataclass(frozen=True)
class Behind:
    """Everybody whom a candidate would work for: the employer and the clients the work is done for, with what stands
    behind them: `houses` are all companies of their owner groups, `groups` these groups and what they were before.
    """

    companies: tuple[Company, ...]
    outside: tuple[Outside, ...]
    houses: tuple[Company, ...]
    groups: frozenset[UUID]

    @cached_property
    def unlike(self) -> tuple[Outside, ...]:
        """Clients whose Business ID is nobody's here, or somebody's of another name: it may be a wrong one."""
        here = {each.business_id: each.name for each in self.companies}
        return tuple(each for each in self.outside if not names.same_company(here.get(each.business_id, ""), each.name))

    @property
    def firms(self) -> tuple[Outside, ...]:
        """By Business ID and name of today, registered here or not."""
        return (*(Outside(each.business_id, each.name) for each in self.houses), *self.outside)


@dataclass(frozen=True)
class _Names:
    """Names by company that are looked up only when a limit speaks of names."""

    people: Mapping[UUID, Sequence[str]]  # by owner group
    other: Mapping[UUID, Sequence[str]]
    """What a company was called, or wants to be called; and what it is called, by its id and its group's, where a limit
    names it by one of these."""

    def people_of(self, those: Behind) -> list[str]:
        """With the names of the clients, for a trader's firm often bears the trader's own name."""
        groups = {each.owner_group_id for each in those.companies}
        found = [name for group_id in groups for name in self.people.get(group_id, ())]
        return found + [each.name for each in those.outside]

    def firms_of(self, those: Behind) -> list[Outside]:
        other = [Outside(each.business_id, name) for each in those.houses for name in self.other.get(each.id, ())]
        return [*those.firms, *other]

    def blocked_by(self, safety: Safety) -> list[str]:
        """Names of the companies that a limit names by id, for a client whose Business ID may be wrong."""
        ids = safety.blocked_companies | safety.blocked_groups
        return [name for each in ids for name in self.other.get(each, ())]


def behind(parties: Mapping[Key, Parties]) -> dict[Key, Behind]:
    """What stands behind each employer with its clients, in two statements however many there are."""
    own = {company.owner_group_id for known, _outside in parties.values() for company in known}
    together, earlier = companies.companies_in_groups(own), companies.groups_behind_each(own)
    found = {}
    for key, (known, outside) in parties.items():
        houses = {each.id: each for company in known for each in (company, *together[company.owner_group_id])}
        groups = frozenset(group for company in known for group in earlier[company.owner_group_id])
        found[key] = Behind(tuple(known), tuple(outside), tuple(houses.values()), groups)
    return found


def safeties(candidate_ids: Sequence[UUID]) -> dict[UUID, Safety]:
    """Many in two statements. A candidate whose key is gone is left out: whoever is left out may not be matched."""
    return sealing.open_safeties(candidate_ids)


def blocked_among(candidate_ids: Sequence[UUID], those: Behind) -> set[UUID]:
    """Those of the candidates who may not meet these; a candidate whose safety cannot be opened is blocked."""
    opened = safeties(candidate_ids)
    blocked = blocks(opened, {True: those})
    return {each for each in candidate_ids if each not in opened or blocked[each]}


def blocks(opened: Mapping[UUID, Safety], among: Mapping[Key, Behind]) -> dict[UUID, set[Key]]:
    """For each candidate the keys that one of their limits stands against."""
    known = _names(opened.values(), among.values())
    return {
        candidate_id: {key for key, those in among.items() if not _may_meet(safety, those, known)}
        for candidate_id, safety in opened.items()
    }


def _names(limits: Iterable[Safety], among: Iterable[Behind]) -> _Names:
    limits, among = list(limits), list(among)
    people, other = {}, {}
    blocked = frozenset[UUID]().union(*(each.blocked_companies | each.blocked_groups for each in limits))
    named_by_id = blocked if any(those.unlike for those in among) else frozenset[UUID]()
    if any(each.blocked_persons for each in limits):
        people = companies.people_of({house for those in among for house in those.houses})
    if named_by_id or any(each.blocked_outside for each in limits):
        other = companies.other_names({company.id for those in among for company in those.houses}, named_by_id)
    return _Names(people, other)


def _may_meet(safety: Safety, those: Behind, known: _Names) -> bool:
    return (
        safety.blocked_companies.isdisjoint(each.id for each in those.houses)
        and safety.blocked_groups.isdisjoint(those.groups)
        and not any(safety.excluded_sectors & companies.sectors_of(each) for each in those.companies)
        and not names.any_same(safety.blocked_persons, known.people_of(those))
        and not _names_any(safety.blocked_outside, known.firms_of(those))
        and not any(names.same_company(name, each.name) for name in known.blocked_by(safety) for each in those.unlike)
    )


def _names_any(blocked: Iterable[str], firms: Sequence[Outside]) -> bool:
    """Whether a written Business ID is one of these, or a written name may be."""
    for written in blocked:
        business_id = find_business_id(written)
        for firm in firms:
            if firm.business_id == business_id if business_id else names.same_company(written, firm.name):
                return True
    return False
