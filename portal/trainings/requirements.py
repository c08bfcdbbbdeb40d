"""What a company holds of what is required, in one statement; standing and the company's own page read it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.accounts.models import Account, AccountStatus
from portal.core.db import db
from portal.trainings import rules
from portal.trainings.completions import held_by
from portal.trainings.courses.queries import offered_id
from portal.trainings.models import Completion, RequirementTraining, Training, TrainingRequirement
from portal.trainings.rules import Asked, Held


@dataclass(frozen=True)
class Requirement:
    """One requirement: who of the current members holds it on the day, and until when there are enough of them.

    `ended_on` is the last day of the latest completion when none holds any more. `course_id` is the self-paced course
    that gives it too, when one is offered.
    """

    row: TrainingRequirement
    trainings: tuple[Training, ...]
    holders: tuple[str, ...]
    until: date | None
    ended_on: date | None
    course_id: UUID | None = None

    @property
    def held(self) -> bool:
        return self.until is not None

    @property
    def needed(self) -> int:
        return self.row.holders


@dataclass
class Gathered:
    """The rows of the one statement, put together for one requirement."""

    row: TrainingRequirement
    trainings: dict[UUID, Training]
    held: dict[UUID, Held]
    names: dict[UUID, str]
    course_id: UUID | None = None


def in_force(on: date) -> ColumnElement[bool]:
    ends = TrainingRequirement.ends_on
    return and_(TrainingRequirement.starts_on <= on, or_(ends.is_(None), ends >= on))


def required_of(company_id: UUID, on: date, without: UUID | None = None) -> list[Requirement]:
    """`without` leaves one member's completions out: how it would be without this person."""
    return read(company_id, in_force(on), on, without)


def coming_for(company_id: UUID, on: date) -> list[Requirement]:
    """What will be required from a later day, and who holds it already."""
    return read(company_id, TrainingRequirement.starts_on > on, on)


def read(company_id: UUID, which: ColumnElement[bool], on: date, without: UUID | None = None) -> list[Requirement]:
    held = held_in(company_id).where(Account.id != without).subquery() if without else held_in(company_id).subquery()
    query = (
        select(TrainingRequirement, Training, offered_id().label("course_id"), held)
        .join(RequirementTraining, RequirementTraining.requirement_id == TrainingRequirement.id)
        .join(Training, Training.id == RequirementTraining.training_id)
        .outerjoin(held, held.c.training_id == Training.id)
        .where(which)
        .order_by(TrainingRequirement.starts_on, TrainingRequirement.id, Training.code, held.c.display_name)
    )
    found: dict[UUID, Gathered] = {}
    for row in db.session.execute(query):
        of = found.setdefault(row.TrainingRequirement.id, Gathered(row.TrainingRequirement, {}, {}, {}))
        of.trainings[row.Training.id] = row.Training
        of.course_id = of.course_id or row.course_id
        if row.id is not None:
            of.held[row.id] = Held(row.holder, row.training_id, row.completed_on, row.valid_until)
            of.names[row.holder] = row.display_name
    return [requirement(of, on) for of in found.values()]


def held_in(company_id: UUID) -> Select[UUID, UUID, date, date, UUID, str]:
    """The completions of the company's current members."""
    columns = (
        Completion.id, Completion.training_id, Completion.completed_on, Completion.valid_until,
        Account.id.label("holder"), Account.display_name,
    )  # fmt: skip
    members = and_(current_member(), Account.company_id == company_id)
    return select(*columns).join(Account, members).where(Completion.revoked_at.is_(None))


def current_member() -> ColumnElement[bool]:
    return and_(held_by(Account), Account.status == AccountStatus.ACTIVE)


def requirement(of: Gathered, on: date) -> Requirement:
    now = rules.holders_until(asked(of.row, of.trainings), of.held.values(), on)
    names = tuple(of.names[holder] for holder in sorted(now, key=lambda holder: (-now[holder].toordinal(), holder)))
    until = rules.last_day(now.values(), of.row.holders)
    over = [] if now else [each.valid_until for each in of.held.values() if each.valid_until < on]
    return Requirement(of.row, tuple(of.trainings.values()), names, until, max(over, default=None), of.course_id)


def asked(row: TrainingRequirement, trainings: object) -> Asked:
    return Asked(row.id, frozenset(trainings), row.holders, row.starts_on, row.ends_on)  # type: ignore[call-overload]


# --- for all companies at once -------------------------------------------------


def all_asked() -> list[Asked]:
    """Every requirement there is or was, as plain values; one statement."""
    query = select(TrainingRequirement, RequirementTraining.training_id).join(
        RequirementTraining, RequirementTraining.requirement_id == TrainingRequirement.id
    )
    found: dict[UUID, Asked] = {}
    for row, training_id in db.session.execute(query.order_by(TrainingRequirement.starts_on, TrainingRequirement.id)):
        known = found.get(row.id) or asked(row, ())
        found[row.id] = replace(known, trainings=known.trainings | {training_id})
    return list(found.values())


def held_by_company() -> dict[UUID | None, list[Held]]:
    """What the current members of each company hold; one statement."""
    query = (
        select(Account.company_id, Account.id, Completion.training_id, Completion.completed_on, Completion.valid_until)
        .join(Account, current_member())
        .where(Completion.revoked_at.is_(None), Account.company_id.is_not(None))
    )
    found: dict[UUID | None, list[Held]] = defaultdict(list)
    for company_id, holder, training_id, completed_on, until in db.session.execute(query):
        found[company_id].append(Held(holder, training_id, completed_on, until))
    return found
