"""A world with one vacancy and one candidate, and browsers for the people around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.core.db import db, transaction
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from tests.factories import introductions as factory

TOKENS = re.compile(r'(name="(?:csrf_token|once)"[^>]*value=")[^"]+')


def masked(page: Any, *ids: object) -> str:
    """A page without its tokens and the ids that were asked for: they stand in the links to its other languages."""
    html: str = TOKENS.sub(r"\1…", page.html)
    for each in ids:
        html = html.replace(str(each), "…")
    return html


def everything() -> str:
    """Every row of every table, as it lies in the database."""
    return "\n".join(
        repr(tuple(row)) for table in db.metadata.sorted_tables for row in db.session.execute(table.select())
    )


class Scene:
    """What a test needs of the world, as plain ids; rows are looked up afresh."""

    def __init__(self, app: Flask, browser: Callable[..., Any], **overrides: Any) -> None:
        self.app, self.open_browser = app, browser
        with self.changing():
            made = factory.world(**overrides)
            self.ids = {name: value if isinstance(value, UUID) else value.id for name, value in vars(made).items()}
            self.emails = {name: getattr(made, name).email for name in ("liaison", "officer", "owner", "reader")}

    @contextmanager
    def changing(self) -> Iterator[None]:
        with self.app.app_context(), transaction():
            yield

    def world(self) -> factory.World:
        """The rows, in the session that is open now."""
        kinds = factory.World.__annotations__
        rows = {}
        for name, id_ in self.ids.items():
            model = {"company": "Company", "vacancy": "Vacancy"}.get(name, "Account")
            rows[name] = id_ if "UUID" in str(kinds[name]) else _get(model, id_)
        return factory.World(**rows)

    def introduction(self, status: S = S.DRAFTED, **overrides: Any) -> UUID:
        with self.changing():
            return factory.introduction(self.world(), status, **overrides).id

    def row(self, introduction_id: UUID | str) -> Introduction:
        """A detached copy of the row as it is now."""
        with self.app.app_context():
            row = db.session.get_one(Introduction, UUID(str(introduction_id)))
            db.session.expunge(row)
            return row

    def status(self, introduction_id: UUID | str) -> str:
        return self.row(introduction_id).status

    def as_(self, who: str) -> Any:
        """A browser signed in as this person, now."""
        return self.open_browser(self.ids[who])


def _get(model: str, id_: UUID) -> Any:
    from portal.accounts.models import Account
    from portal.companies.models import Company
    from portal.vacancies.models import Vacancy

    return db.session.get_one({"Company": Company, "Vacancy": Vacancy, "Account": Account}[model], id_)


@pytest.fixture
def scene(app: Flask, browser: Callable[..., Any]) -> Scene:
    return Scene(app, browser)


@pytest.fixture
def make_scene(app: Flask, browser: Callable[..., Any]) -> Callable[..., Scene]:
    return lambda **overrides: Scene(app, browser, **overrides)
