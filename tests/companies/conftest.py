"""A liaison and companies in each stage, for the tests of this feature."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.companies.models import Company, CompanyStatus
from portal.core import languages
from portal.core.access import Role
from portal.core.db import db, transaction
from tests.factories import accounts
from tests.factories import companies as factories
from tests.support.browser import Page


@pytest.fixture
def within(app: Flask) -> Callable[[Callable[[], Any]], Any]:
    """Run something in a transaction of the app's own, apart from every request; a row comes back detached."""

    def run(work: Callable[[], Any]) -> Any:
        def inside() -> Any:
            with app.app_context(), languages.speaking("en"), transaction():
                result = work()
                if isinstance(result, db.Model):
                    db.session.flush()
                    db.session.refresh(result)
                    db.session.expunge(result)
                return result

        return contextvars.Context().run(inside)

    return run


@dataclass(frozen=True)
class Case:
    """The ids of a company and the people around it."""

    company: UUID
    owner: UUID
    liaison: UUID


@pytest.fixture
def case(within: Callable[..., Any]) -> Callable[..., Case]:
    """A company in some state with an owner and a liaison; `vetted` ones have right to act and all evidence."""

    def make(status: str = CompanyStatus.APPROVED, vetted: bool = False, **overrides: Any) -> Case:
        def inside() -> Case:
            liaison = accounts.account(Role.LIAISON)
            db.session.flush()
            company = factories.company(status, liaison_id=liaison.id, **overrides)
            owner = factories.member(company)
            db.session.flush()
            if vetted:
                factories.right(company, owner, liaison)
                factories.all_evidence(company, liaison)
            return Case(company.id, owner.id, liaison.id)

        return within(inside)

    return make


def plain(page: Page, *secrets: object) -> str:
    """A page's bytes without what differs by nature: the tokens of its forms, and these ids."""
    html = re.sub(r'(name="(?:csrf_token|once)"[^>]*value=")[^"]*', r"\1", page.html)
    for secret in secrets:
        html = html.replace(str(secret), "")
    return html


@pytest.fixture
def status_of(within: Callable[..., Any]) -> Callable[[UUID], str]:
    return lambda company_id: within(lambda: str(db.session.get_one(Company, company_id).status))
