"""Which owner groups may have the same people behind them: a suggestion for staff, never shown to a company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Account
from portal.companies import former, rules
from portal.companies.models import Company, FormerDetail, FormerKind, OwnerPerson, ProposedChange
from portal.core.db import db


@dataclass(frozen=True)
class Suggestion:
    """Another group, and what it shares: names of persons, a telephone number, a website, a mail domain."""

    group_id: UUID
    companies: tuple[Company, ...]
    persons: tuple[str, ...]
    phones: tuple[str, ...]
    websites: tuple[str, ...]
    mail_domains: tuple[str, ...]


@dataclass
class Marks:
    """What gives away the same people behind two companies. What was proposed or is former counts: people leave, and
    start anew."""

    companies: list[Company] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    phones: set[str] = field(default_factory=set)
    websites: set[str] = field(default_factory=set)
    mail_domains: set[str] = field(default_factory=set)

    def add_company(self, company: Company) -> None:
        self.companies.append(company)
        self.add_names([company.contact_name])
        self.add_reach(company.phone, company.contact_email)
        self.websites |= {rules.domain_of_website(company.website)} - {""}

    def add_proposed(self, change: ProposedChange) -> None:
        self.add_names([change.contact_name])
        self.add_reach(change.phone, change.contact_email)

    def add_former(self, detail: FormerDetail) -> None:
        if detail.kind == FormerKind.PHONE:
            self.add_reach(detail.value, "")
        elif detail.kind == FormerKind.EMAIL:
            self.add_reach("", detail.value)
        elif detail.kind == FormerKind.WEBSITE:
            self.websites |= {rules.domain_of_website(detail.value)} - {""}
        elif detail.kind != FormerKind.NAME:
            self.add_names([detail.value])

    def add_reach(self, phone: str, email: str) -> None:
        self.phones |= {phone} - {""}
        self.mail_domains |= {rules.domain_of_email(email)} - {""}

    def add_names(self, names: Iterable[str]) -> None:
        self.names |= {rules.name_key(name): name for name in names if name}


def suggestions(company: Company) -> list[Suggestion]:
    """Groups like this company's; those that share the most persons first."""
    groups = _marks_by_group()
    own = groups.pop(company.owner_group_id)
    found = (_shared(own, other, group_id) for group_id, other in groups.items() if other.companies)
    shown = [one for one in found if one is not None]
    return sorted(shown, key=lambda one: (-len(one.persons), -len(one.phones), one.companies[0].sort_key))


def _marks_by_group() -> dict[UUID, Marks]:
    groups: dict[UUID, Marks] = defaultdict(Marks)
    group_of: dict[UUID, UUID] = {}
    for company in db.session.scalars(select(Company).order_by(Company.sort_key)):
        group_of[company.id] = company.owner_group_id
        groups[company.owner_group_id].add_company(company)
    for person in db.session.scalars(select(OwnerPerson)):
        groups[person.owner_group_id].add_names([person.name])
    members = select(Account.company_id, Account.display_name, Account.email).where(Account.company_id.is_not(None))
    for company_id, name, email in db.session.execute(members):
        marks = groups[group_of[company_id]]  # type: ignore[index]  # the query leaves out those without
        marks.add_names([name])
        marks.add_reach("", email)
    for change in db.session.scalars(select(ProposedChange).where(ProposedChange.outcome == "")):
        groups[group_of[change.company_id]].add_proposed(change)
    for detail in db.session.scalars(select(FormerDetail).where(FormerDetail.ended_at >= former.since())):
        groups[group_of[detail.company_id]].add_former(detail)
    return groups


def _shared(own: Marks, other: Marks, group_id: UUID) -> Suggestion | None:
    suggestion = Suggestion(
        group_id,
        tuple(other.companies),
        tuple(sorted(own.names[key] for key in own.names.keys() & other.names.keys())),
        tuple(sorted(own.phones & other.phones)),
        tuple(sorted(own.websites & other.websites)),
        tuple(sorted(own.mail_domains & other.mail_domains)),
    )
    shares = suggestion.persons or suggestion.phones or suggestion.websites or suggestion.mail_domains
    return suggestion if shares else None
