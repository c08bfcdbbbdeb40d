"""Mail to companies and liaisons: that there is news, never what it is (design: P7)."""

from __future__ import annotations

from collections.abc import Iterable

from emails import messages
from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.companies.models import Company
from portal.core import outbox
from portal.core.access import Role


def tell(people: Iterable[Account], once: str) -> None:
    """Post "you have news" to each; the same `once` tells each person one time only."""
    for person in people:
        outbox.post(messages.news(outbox.site(), person.email, person.language), once=f"{once}:{person.id}")


def tell_members(company: Company, once: str) -> None:
    tell(accounts.members_of(company.id), once)


def tell_owners(company: Company, once: str) -> None:
    tell((member for member in accounts.members_of(company.id) if member.role == Role.OWNER), once)


def tell_liaison(company: Company, once: str) -> None:
    """The company's liaison, or all of them while it has none."""
    liaisons = accounts.staff(Role.LIAISON)
    tell([one for one in liaisons if one.id == company.liaison_id] or liaisons, once)
