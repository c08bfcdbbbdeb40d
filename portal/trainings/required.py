"""What is required for standing, as data: an administrator writes it, every change is witnessed, none is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select

from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import NotFound
from portal.trainings import rules
from portal.trainings.models import RequirementTraining, Training, TrainingRequirement
from portal.trainings.requirements import in_force
from portal.trainings.rules import Asked

TITLES = ("title_fi", "title_sv", "title_en")


@dataclass(frozen=True)
class WrittenRequirement:
    """A requirement as an administrator writes it. `titles` are by the names of their columns."""

    titles: dict[str, str]
    trainings: frozenset[UUID]
    holders: int
    starts_on: date
    ends_on: date | None = None

    def asked(self, requirement_id: UUID) -> Asked:
        return Asked(requirement_id, self.trainings, self.holders, self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Listed:
    """A requirement with the trainings that fill it."""

    row: TrainingRequirement
    trainings: tuple[Training, ...]

    @property
    def is_over(self) -> bool:
        return self.row.ends_on is not None and self.row.ends_on < clock.today()

    @property
    def is_coming(self) -> bool:
        return self.row.starts_on > clock.today()

    @property
    def can_be_completed(self) -> bool:
        return any(not training.retired for training in self.trainings)


# --- readers -----------------------------------------------------------------


def get(requirement_id: UUID) -> Listed:
    """Raises `NotFound`."""
    found = listed(TrainingRequirement.id == requirement_id)
    if not found:
        raise NotFound
    return found[0]


def listed(*which: Any) -> list[Listed]:
    """Those in force and to come first; one statement."""
    query = (
        select(TrainingRequirement, Training)
        .join(RequirementTraining, RequirementTraining.requirement_id == TrainingRequirement.id)
        .join(Training, Training.id == RequirementTraining.training_id)
        .where(*which)
        .order_by(TrainingRequirement.starts_on, TrainingRequirement.id, Training.code)
    )
    rows: dict[TrainingRequirement, list[Training]] = {}
    for requirement, training in db.session.execute(query):
        rows.setdefault(requirement, []).append(training)
    found = [Listed(requirement, tuple(trainings)) for requirement, trainings in rows.items()]
    return sorted(found, key=lambda each: each.is_over)


def not_over() -> list[Listed]:
    """In force today or to come."""
    ends = TrainingRequirement.ends_on
    return listed(or_(ends.is_(None), ends >= clock.today()))


def required_trainings() -> list[Training]:
    """Those that fill a requirement of today, by code."""
    fills = select(RequirementTraining.training_id).join(
        TrainingRequirement, TrainingRequirement.id == RequirementTraining.requirement_id
    )
    query = select(Training).where(Training.id.in_(fills.where(in_force(clock.today()))), Training.retired.is_(False))
    return list(db.session.scalars(query.order_by(Training.code)))


# --- verbs -------------------------------------------------------------------


def require(written: WrittenRequirement) -> TrainingRequirement:
    """Raises `RuleBroken`."""
    check(written)
    row = TrainingRequirement(version=1)
    db.session.add(row)
    write(row, written)
    audit.record("requirement.created", "requirement", row.id, facts=facts_of(written))
    return row


def change(row: TrainingRequirement, written: WrittenRequirement) -> None:
    """Raises `RuleBroken`. To end one, give it a last day."""
    check(written)
    row.version += 1
    db.session.execute(delete(RequirementTraining).where(RequirementTraining.requirement_id == row.id))
    write(row, written)
    audit.record("requirement.changed", "requirement", row.id, facts=facts_of(written))


def write(row: TrainingRequirement, written: WrittenRequirement) -> None:
    for name in TITLES:
        setattr(row, name, written.titles[name])
    row.holders, row.starts_on, row.ends_on = written.holders, written.starts_on, written.ends_on
    db.session.flush()
    for training_id in sorted(written.trainings):
        db.session.add(RequirementTraining(requirement_id=row.id, training_id=training_id))
    db.session.flush()


def check(written: WrittenRequirement) -> None:
    offered = select(Training.id).where(Training.id.in_(written.trainings), Training.retired.is_(False))
    rules.check_requirement(
        len(written.trainings), len(db.session.scalars(offered).all()), written.starts_on, written.ends_on
    )


def facts_of(written: WrittenRequirement) -> dict[str, Any]:
    return {
        "trainings": sorted(written.trainings), "holders": written.holders,
        "starts_on": written.starts_on, "ends_on": written.ends_on,
    }  # fmt: skip
