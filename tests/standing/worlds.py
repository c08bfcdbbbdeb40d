"""A company that holds everything a responsible employer holds; tests take one thing away."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from portal.accounts.models import Account
from portal.companies.models import (
    Commitment,
    CommitmentVersion,
    Company,
    CompanyStatus,
    Evidence,
    EvidenceKind,
    OwnerGroup,
    RightKind,
    RightToAct,
)
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, sort_key
from portal.trainings.models import RequirementTraining, Training, TrainingRequirement
from tests.factories import accounts, trainings

IDS = itertools.cycle(["0012345-7", "2000001-8", "2000002-6", "2000003-4"])


@dataclass(frozen=True)
class World:
    company_id: UUID
    owner_id: UUID
    liaison_id: UUID
    training_id: UUID


def company(**overrides: Any) -> Company:
    group = OwnerGroup(name="Kuuralinna")
    db.session.add(group)
    db.session.flush()
    values: dict[str, Any] = {
        "business_id": next(IDS),
        "name": "Kuuralinna Siivous Oy",
        "sort_key": sort_key("Kuuralinna Siivous Oy"),
        "industry": "81",
        "municipality": "092",
        "contact_name": "Aino Lehtovirta",
        "contact_email": "aino@kuuralinna.fi",
        "status": CompanyStatus.APPROVED,
        "owner_group_id": group.id,
        "applied_at": clock.now() - timedelta(days=60),
        "approved_at": clock.now() - timedelta(days=50),
        "version": 1,
    }
    made = Company(**(values | overrides))
    db.session.add(made)
    db.session.flush()
    return made


def responsible(training: Training | None = None) -> World:
    """Everything is held until about a month from now. The trainings of the reference data are not required."""
    of_mine = RequirementTraining.training_id == getattr(training, "id", None)
    mine = select(RequirementTraining.requirement_id).where(of_mine)
    theirs = list(db.session.scalars(select(TrainingRequirement.id).where(TrainingRequirement.id.not_in(mine))))
    db.session.execute(delete(RequirementTraining).where(RequirementTraining.requirement_id.in_(theirs)))
    db.session.execute(delete(TrainingRequirement).where(TrainingRequirement.id.in_(theirs)))
    made, learnt = company(), training or trainings.training(code="fair", title_en="Fair recruitment")
    db.session.flush()
    owner = accounts.account(Role.OWNER, company_id=made.id, display_name="Aino Lehtovirta")
    liaison = accounts.account(Role.LIAISON, display_name="Marja Kivelä")
    db.session.flush()
    show_right(made, owner, liaison)
    for kind in EvidenceKind:
        see(made, kind, liaison, clock.today() + timedelta(days=30))
    sign_current(made, owner)
    if training is None:
        trainings.completion(learnt, email=owner.email, person_name=owner.display_name)
    return World(made.id, owner.id, liaison.id, learnt.id)


def show_right(of: Company, owner: Account, liaison: Account) -> None:
    db.session.add(
        RightToAct(
            company_id=of.id,
            account_id=owner.id,
            kind=RightKind.SIGNATORY,
            seen_at=clock.now(),
            seen_by_id=liaison.id,
            seen_name=owner.display_name,
            seen_email=owner.email,
        )
    )


def see(of: Company, kind: EvidenceKind, liaison: Account, until: date) -> None:
    db.session.add(
        Evidence(
            company_id=of.id,
            kind=kind,
            seen_on=clock.today() - timedelta(days=30),
            valid_until=until,
            seen_by_id=liaison.id,
            recorded_at=clock.now(),
        )
    )


def sign_current(of: Company, owner: Account) -> None:
    from portal.companies import services as companies

    version = companies.find_current() or publish()
    db.session.add(
        Commitment(company_id=of.id, version_number=version.number, signed_by_id=owner.id, signed_at=clock.now())
    )
    db.session.flush()


def publish(number: int = 1) -> CommitmentVersion:
    made = CommitmentVersion(
        number=number,
        text_fi="Lupaamme.",
        text_sv="Vi lovar.",
        text_en="We promise.",
        in_force_from=clock.today() - timedelta(days=100 - number),
    )
    db.session.add(made)
    db.session.flush()
    return made
