"""People with accounts, for the tests of this feature."""

from __future__ import annotations

import contextvars
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core import jobs
from portal.core.db import db, transaction
from portal.core.registry import registry
from tests.factories import accounts as factories


@pytest.fixture
def within(app: Flask) -> Callable[[Callable[[], Any]], Any]:
    """Run something in a transaction of the app's own, apart from every request."""

    def run(work: Callable[[], Any]) -> Any:
        def inside() -> Any:
            with app.app_context(), transaction():
                return work()

        return contextvars.Context().run(inside)

    return run


@pytest.fixture
def new_account(within: Callable[..., Any]) -> Callable[..., Account]:
    """Make an account; what comes back is detached, its values are those at its making."""

    def make(*args: Any, **overrides: Any) -> Account:
        def inside() -> Account:
            account = factories.account(*args, **overrides)
            db.session.flush()
            db.session.refresh(account)
            db.session.expunge(account)
            return account

        return within(inside)

    return make


@pytest.fixture
def now_of(within: Callable[..., Any]) -> Callable[[Account], Account]:
    """The account as it stands in the database now."""

    def read(account: Account | UUID) -> Account:
        def inside() -> Account:
            row = db.session.get_one(Account, getattr(account, "id", account))
            db.session.expunge(row)
            return row

        return within(inside)

    return read


@pytest.fixture
def work(app: Flask, mailbox: Any) -> Callable[[], list[Any]]:
    """Let the worker do what waits; returns the mails that left."""

    def run() -> list[Any]:
        def inside() -> None:
            with app.app_context():
                jobs.run_due({kind: handler for feature in registry for kind, handler in feature.jobs.items()})

        contextvars.Context().run(inside)
        return list(mailbox.deliver())

    return run


def link_in(message: Any) -> str:
    """The path of the one link that acts."""
    found = re.search(r"http://localhost(/\S+)", message.text)
    assert found, message.text
    return found[1]


def typed(page: Any, **values: str) -> Any:
    """What the page's form would send with these values in it, also those that its lists do not offer."""
    form = page.fields(page.form())
    for name, value in values.items():
        form[name] = value
    return form
