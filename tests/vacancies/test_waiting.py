"""What waits for whom, and what stands in the way of an account's end."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.languages import speaking
from portal.core.registry import Task
from portal.vacancies.models import VacancyStatus as V
from portal.vacancies.waiting import deactivation_blockers, waiting
from tests.vacancies.conftest import House, Within


@pytest.fixture
def tasks(app: Flask) -> Callable[[Any], list[Task]]:
    def ask(account_id: Any) -> list[Task]:
        def inside() -> list[Task]:
            with app.test_request_context(), speaking("en"):
                return list(waiting(db.session.get_one(Account, account_id)))

        return contextvars.Context().run(inside)

    return ask


def test_sent_vacancies_wait_for_liaisons_oldest_first(house: House, vacancy: Any, tasks: Any):
    for title in ("First", "Second"):
        vacancy(V.SUBMITTED, title=title)
    vacancy(V.DRAFT, title="Draft")
    assert [task.title for task in tasks(house.liaison)] == ["Read a vacancy: First", "Read a vacancy: Second"]
    assert tasks(house.officer) == [] and tasks(house.owner) == []


def test_a_new_recipient_of_an_open_vacancy_waits_for_a_liaison(house: House, vacancy: Any, tasks: Any):
    vacancy(title="Open", confirmed=False)
    assert [task.title for task in tasks(house.liaison)] == ["Confirm a new recipient: Open"]


def test_a_returned_vacancy_waits_for_its_company(house: House, vacancy: Any, tasks: Any):
    vacancy(V.RETURNED, title="Back")
    assert [task.title for task in tasks(house.owner)] == ["Change a vacancy: Back"]


def test_the_only_confirmed_recipient_cannot_just_go(app: Flask, within: Within, house: House, vacancy: Any):
    vacancy(title="Open")
    with app.test_request_context(), speaking("en"):
        blockers = lambda who: list(deactivation_blockers(db.session.get_one(Account, who)))  # noqa: E731
        assert "“Open”" in blockers(house.owner)[0] and blockers(house.colleague) == []
