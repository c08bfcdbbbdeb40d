"""What a company holds of the required trainings, in one statement; standing and the company's own page read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, select

from portal.accounts.models import Account, AccountStatus
from portal.core.db import db
from portal.trainings import rules
from portal.trainings.completions import held_by
from portal.trainings.courses.queries import offered_id
from portal.trainings.models import Completion, Training


@dataclass(frozen=True)
class Holding:
    completed_on: date
    valid_until: date
    name: str


@dataclass(frozen=True)
class Requirement:
    """A required training: who of the current members holds it on the day, and until when (the latest).

    `ended_on` is the last day of the latest completion when none holds any more. `course_id` is the self-paced course
    that gives it too, when one is offered.
    """

    training: Training
    holders: tuple[str, ...]
    until: date | None
    ended_on: date | None
    course_id: UUID | None = None

    @property
    def held(self) -> bool:
        return self.until is not None


def required_of(company_id: UUID, on: date, without: UUID | None = None) -> list[Requirement]:
    """`without` leaves one member's completions out: how it would be without this person."""
    held = held_in(company_id).where(Account.id != without).subquery() if without else held_in(company_id).subquery()
    query = (
        select(Training, offered_id(), held.c.completed_on, held.c.valid_until, held.c.display_name)
        .outerjoin(held, held.c.training_id == Training.id)
        .where(Training.required, Training.retired.is_(False))
        .order_by(Training.code, held.c.valid_until.desc(), held.c.display_name)
    )
    rows: dict[tuple[Training, UUID | None], list[Holding]] = {}
    for training, course_id, completed_on, until, name in db.session.execute(query):
        holdings = rows.setdefault((training, course_id), [])
        if until is not None:
            holdings.append(Holding(completed_on, until, name))
    return [
        replace(requirement(training, holdings, on), course_id=course_id)
        for (training, course_id), holdings in rows.items()
    ]


def held_in(company_id: UUID) -> Select[UUID, date, date, str]:
    """The completions of the company's current members."""
    members = and_(held_by(Account), Account.company_id == company_id, Account.status == AccountStatus.ACTIVE)
    columns = (Completion.training_id, Completion.completed_on, Completion.valid_until, Account.display_name)
    return select(*columns).join(Account, members).where(Completion.revoked_at.is_(None))


def requirement(training: Training, holdings: list[Holding], on: date) -> Requirement:
    now = [each for each in holdings if rules.holds(each.completed_on, each.valid_until, on)]
    if now:
        names = tuple(dict.fromkeys(each.name for each in now))
        return Requirement(training, names, max(each.valid_until for each in now), None)
    over = [each.valid_until for each in holdings if each.valid_until < on]
    return Requirement(training, (), None, max(over, default=None))
