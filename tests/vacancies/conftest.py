"""A responsible employer, its people and a liaison, for the tests of this feature."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.companies.models import Company
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.vacancies.models import Vacancy, VacancyStatus
from tests.factories import accounts, companies
from tests.factories import vacancies as factories
from tests.factories.standing import responsible_company
from tests.support.browser import Browser

Within = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def within(app: Flask) -> Within:
    """Run something in a transaction of the app's own, apart from every request; a row comes back detached."""

    def run(work: Callable[[], Any]) -> Any:
        def inside() -> Any:
            with app.app_context(), transaction():
                result = work()
                if isinstance(result, db.Model):
                    db.session.flush()
                    db.session.refresh(result)
                    db.session.expunge(result)
                return result

        return contextvars.Context().run(inside)

    return run


@dataclass(frozen=True)
class House:
    """The ids of a responsible employer and the people around it."""

    company: UUID
    owner: UUID
    colleague: UUID
    liaison: UUID
    officer: UUID


@pytest.fixture
def house(within: Within) -> House:
    def inside() -> House:
        liaison, officer = accounts.account(Role.LIAISON, display_name="Lea Liaison"), accounts.account(Role.OFFICER)
        company, owner = responsible_company(liaison, name="Kirkas Oy", industry="81")
        colleague = companies.member(company, Role.RECRUITER, display_name="Riku Recruiter")
        db.session.flush()
        return House(company.id, owner.id, colleague.id, liaison.id, officer.id)

    return within(inside)


@pytest.fixture
def vacancy(within: Within, house: House) -> Callable[..., Vacancy]:
    """A complete vacancy of the house in some state."""

    def make(status: str = VacancyStatus.PUBLISHED, **overrides: Any) -> Vacancy:
        def inside() -> Vacancy:
            company, owner = (
                db.session.get_one(Company, house.company),
                db.session.get_one(accounts.Account, house.owner),
            )
            return factories.vacancy(company, owner, status, **overrides)

        return within(inside)

    return make


@pytest.fixture
def fresh(within: Within) -> Callable[[Any], Any]:
    """The row as it stands in the database now."""
    return lambda row: within(lambda: db.session.get_one(type(row), row.id))


@pytest.fixture
def as_owner(app: Flask, house: House) -> Browser:
    return Browser(app).sign_in(house.owner)


@pytest.fixture
def as_liaison(app: Flask, house: House) -> Browser:
    return Browser(app).sign_in(house.liaison)
