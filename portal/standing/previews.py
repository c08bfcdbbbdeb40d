"""What a change of what is required would do: which companies gain or lose standing, before it is saved.

Trainings alone are compared, with what members hold today; all else of a company's standing is taken as it is today.
The number of statements grows only with the companies whose trainings decide, never with all there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.companies.models import Company, CompanyStatus
from portal.core import clock
from portal.core.db import db
from portal.standing.services import is_responsible_but_for_trainings
from portal.trainings import rules
from portal.trainings import services as trainings
from portal.trainings.rules import Asked, Held


@dataclass(frozen=True)
class Effect:
    """From this day on these companies have standing, and these have not, because of the change."""

    day: date
    gain: tuple[Company, ...]
    lose: tuple[Company, ...]


@dataclass(frozen=True)
class Preview:
    effects: tuple[Effect, ...]

    @property
    def gain(self) -> int:
        return len({company.id for effect in self.effects for company in effect.gain})

    @property
    def lose(self) -> int:
        return len({company.id for effect in self.effects for company in effect.lose})

    @property
    def fingerprint(self) -> str:
        """The same as long as it says the same: what was read is what is saved."""
        said = [(effect.day, [each.id for each in effect.gain], [each.id for each in effect.lose])
                for effect in self.effects]  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32] if self.effects else ""


def preview(proposed: Asked) -> Preview:
    """`proposed` stands in place of the requirement with its id, or beside the others when there is none."""
    today = clock.today()
    before = trainings.all_asked()
    known = next((each for each in before if each.id == proposed.id), None)
    after = [*(each for each in before if each.id != proposed.id), proposed]
    held = trainings.held_by_company()
    companies = approved()
    responsible: dict[UUID, bool] = {}
    effects: list[Effect] = []
    for day in days(filter(None, (known, proposed)), today):
        gain, lose = compare(companies, held, in_force(before, day), in_force(after, day), today)
        effect = Effect(day, decided(gain, responsible, today), decided(lose, responsible, today))
        if (effect.gain or effect.lose) and not (effects and same(effects[-1], effect)):
            effects.append(effect)
    return Preview(tuple(effects))


def approved() -> list[Company]:
    query = select(Company).where(Company.status == CompanyStatus.APPROVED).order_by(Company.sort_key)
    return list(db.session.scalars(query))


def days(changed: Iterable[Asked], today: date) -> list[date]:
    """The days on which something begins or ends to count, today at the earliest."""
    found = {today}
    for each in changed:
        found.add(max(today, each.starts_on))
        if each.ends_on is not None:
            found.add(max(today, each.ends_on + timedelta(days=1)))
    return sorted(found)


def in_force(asked: Sequence[Asked], day: date) -> list[Asked]:
    return [each for each in asked if each.in_force(day)]


def compare(
    companies: Sequence[Company],
    held: Mapping[UUID | None, list[Held]],
    before: list[Asked],
    after: list[Asked],
    today: date,
) -> tuple[list[Company], list[Company]]:
    """Whose trainings are enough after the change only, and whose before it only."""
    gain, lose = [], []
    for company in companies:
        theirs = held.get(company.id, [])
        was, will = (all(rules.is_met(each, theirs, today) for each in asked) for asked in (before, after))
        if will and not was:
            gain.append(company)
        elif was and not will:
            lose.append(company)
    return gain, lose


def decided(companies: Sequence[Company], responsible: dict[UUID, bool], today: date) -> tuple[Company, ...]:
    """Of these the ones that hold everything else; each is asked about once."""
    for company in companies:
        if company.id not in responsible:
            responsible[company.id] = is_responsible_but_for_trainings(company, today)
    return tuple(company for company in companies if responsible[company.id])


def same(one: Effect, other: Effect) -> bool:
    return replace(one, day=other.day) == other
