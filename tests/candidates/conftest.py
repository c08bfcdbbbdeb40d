"""Two programmes, their officers, and an administrator."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.candidates.models import Candidate
from portal.core import audit
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from tests.factories import candidates as make
from tests.factories.accounts import account
from tests.support.browser import Browser


class House:
    """The people of a test by id, and what stands in the database, read in a context of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context(), transaction():
            ours, theirs = make.programme(), make.programme()
            people = {
                "officer": make.officer(ours, display_name="Elina Saarela"),
                "colleague": make.officer(ours, display_name="Otto Kollega"),
                "stranger": make.officer(theirs, display_name="Siiri Muu"),
                "liaison": account(Role.LIAISON, display_name="Lauri Linna"),
                "administrator": account(Role.ADMINISTRATOR, display_name="Anna Ylläpitäjä"),
            }
            db.session.flush()
            self.people = {name: SimpleNamespace(id=each.id, email=each.email) for name, each in people.items()}
            self.ours, self.theirs = ours.id, theirs.id

    def __getattr__(self, name: str) -> Any:
        return self.people[name]

    def browser(self, name: str) -> Browser:
        return Browser(self.app).sign_in(self.people[name])

    def do(self, work: Callable[[], Any]) -> Any:
        """Run in a transaction of its own."""
        with self.app.app_context():
            try:
                with transaction():
                    return work()
            finally:
                db.session.remove()

    def candidate(self, by: str = "officer", **overrides: Any) -> SimpleNamespace:
        def work() -> SimpleNamespace:
            from portal.accounts import services as accounts

            made = make.candidate(accounts.get(self.people[by].id), **overrides)
            number = db.session.get_one(Candidate, made).case_number
            return SimpleNamespace(id=made, number=number, url=f"/en/candidates/{made}")

        return self.do(work)

    def row(self, candidate_id: UUID) -> SimpleNamespace | None:
        def work() -> SimpleNamespace | None:
            row = db.session.get(Candidate, candidate_id)
            return SimpleNamespace(**{c.key: getattr(row, c.key) for c in Candidate.__table__.columns}) if row else None

        return self.do(work)

    def entries(self, verb: str | None = None) -> list[SimpleNamespace]:
        """The audit trail, oldest first."""

        def work() -> list[SimpleNamespace]:
            query = select(AuditEntry).order_by(AuditEntry.seq)
            rows = db.session.scalars(query if verb is None else query.where(AuditEntry.verb == verb))
            return [
                SimpleNamespace(
                    verb=row.verb, reason=row.reason, account_id=row.account_id, facts=row.facts,
                    candidate_ids=row.candidate_ids, subject_id=row.subject_id,
                )
                for row in rows
            ]  # fmt: skip

        return self.do(work)

    def trail_is_sound(self) -> bool:
        return self.do(lambda: audit.verify() == [])


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)
