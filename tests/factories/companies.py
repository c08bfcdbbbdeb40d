"""Companies for tests. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from portal.accounts.models import Account
from portal.companies import commitments, evidence, vetting
from portal.companies.models import (
    Commitment,
    CommitmentVersion,
    Company,
    CompanyStatus,
    EvidenceKind,
    OwnerGroup,
    RightKind,
)
from portal.companies.registrations import list_key
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db
from tests.factories.accounts import account

_numbers = itertools.count(1)


def business_id(number: int | None = None) -> str:
    """A Business ID whose last digit fits; another one each time."""
    for seven in itertools.count(number or next(_numbers) * 11 + 1000):
        digits = f"{seven:07d}"
        rest = sum(int(digit) * weight for digit, weight in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
        if rest != 1:
            return f"{digits}-{(11 - rest) % 11}"
    raise AssertionError


def owner_group(name: str = "Group") -> OwnerGroup:
    group = OwnerGroup(name=name)
    db.session.add(group)
    db.session.flush()
    return group


def company(status: CompanyStatus | str = CompanyStatus.APPROVED, **overrides: Any) -> Company:
    """A company by itself, in a group of its own; nobody in it yet."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "business_id": business_id(),
        "name": f"Company {number} Oy",
        "industry": "I",
        "municipality": "091",
        "contact_name": f"Contact {number}",
        "contact_email": f"contact{number}@company{number}.fi",
        "language": "en",
        "status": str(status),
        "applied_at": clock.now(),
        "approved_at": clock.now() if status == CompanyStatus.APPROVED else None,
    } | overrides
    values.setdefault("owner_group_id", None)
    values["owner_group_id"] = values["owner_group_id"] or owner_group(values["name"]).id
    values.setdefault("sort_key", list_key(values["name"], values["business_id"]))
    made = Company(**values)
    db.session.add(made)
    db.session.flush()
    return made


def member(of: Company, role: Role | str = Role.OWNER, **overrides: Any) -> Account:
    """An active member with an address of the company's own."""
    domain = of.contact_email.rpartition("@")[2]
    return account(role, **{"company_id": of.id, "email": f"member{next(_numbers)}@{domain}", **overrides})


def right(of: Company, owner: Account, by: Account, kind: RightKind = RightKind.SIGNATORY) -> None:
    vetting.show_right(of, owner, kind, "extract of the trade register", by=by)


def all_evidence(of: Company, by: Account, seen_on: date | None = None, **overrides: Any) -> None:
    """Every kind, seen today, holding as long as the settings say."""
    evidence.record(of, list(EvidenceKind), seen_on or clock.today(), by=by, **overrides)


def commitment_version(in_force_from: date | None = None) -> CommitmentVersion:
    return commitments.publish(
        "# Lupaus\n\nMaksamme palkan **ajallaan**.",
        "# Löfte\n\nVi betalar lönen **i tid**.",
        "# Promise\n\nWe pay wages **on time**.",
        in_force_from or clock.today() - timedelta(days=30),
    )


def vetted(by: Account, signed: bool = True, **overrides: Any) -> tuple[Company, Account]:
    """An approved company with all evidence, an owner with right to act, and (unless told otherwise) its signature."""
    made = company(liaison_id=by.id, **overrides)
    owner = member(made)
    db.session.flush()
    right(made, owner, by)
    all_evidence(made, by)
    if signed:
        version = commitments.find_current() or commitment_version()
        db.session.flush()
        db.session.add(
            Commitment(company_id=made.id, version_number=version.number, signed_by_id=owner.id, signed_at=clock.now())
        )
    return made, owner
