"""Who removes the only holder of a required training reads first what the company loses, and may still do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts import services as accounts
from portal.accounts.models import AccountStatus
from portal.companies import services as companies
from portal.companies.models import CompanyStatus
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.standing import services as standings
from portal.trainings.models import Training
from tests.factories import accounts as make_accounts
from tests.factories import trainings
from tests.factories.accounts import account
from tests.standing import worlds
from tests.support.browser import Browser, Page

LOSES = "Nobody else at Kuuralinna Siivous Oy holds the training “Fair recruitment”."
LAPSES = "Without it the company is no responsible employer, until another colleague has completed it."
TICK = "Read what ends with this account, and tick that you have."


@pytest.fixture
def house(app: Flask) -> dict[str, Any]:
    """A responsible company whose training is held by a recruiter alone, and an administrator."""
    with app.app_context(), transaction():
        learnt = trainings.training(code="fair", title_en="Fair recruitment")
        world = worlds.responsible(learnt)
        holder = make_accounts.account(Role.RECRUITER, company_id=world.company_id, display_name="Helmi Sundqvist")
        trainings.completion(learnt, email=holder.email, person_name=holder.display_name)
        return {
            "owner": world.owner_id, "holder": holder.id, "company": world.company_id, "training": world.training_id,
            "administrator": account(Role.ADMINISTRATOR).id,
        }  # fmt: skip


def is_responsible(app: Flask, house: dict[str, Any]) -> bool:
    with app.app_context():
        return standings.is_responsible(companies.by_id(house["company"]))


def status_of(app: Flask, account_id: UUID) -> str:
    with app.app_context():
        return accounts.get(account_id).status


def by_owner(app: Flask, house: dict[str, Any], **values: Any) -> Page:
    where = f"/en/company/colleagues/{house['holder']}/remove"
    return Browser(app).sign_in(house["owner"]).submit(where, "Remove the colleague", **values)


def by_administrator(app: Flask, house: dict[str, Any], **values: Any) -> Page:
    where = f"/en/accounts/{house['holder']}/deactivate"
    return Browser(app).sign_in(house["administrator"]).submit(where, reason="Left the company", **values)


@pytest.mark.parametrize("remove", [by_owner, by_administrator])
def test_the_only_holder_goes_after_the_warning_was_read_and_standing_lapses(
    app: Flask, house: dict[str, Any], remove: Callable[..., Page]
) -> None:
    assert is_responsible(app, house)
    page = remove(app, house)
    assert page.status == 422 and TICK in page.errors
    assert LOSES in page.text and LAPSES in page.text
    assert status_of(app, house["holder"]) == AccountStatus.ACTIVE
    assert remove(app, house, read="y").status == 200
    assert status_of(app, house["holder"]) == AccountStatus.DEACTIVATED
    assert not is_responsible(app, house)


@pytest.mark.parametrize("remove", [by_owner, by_administrator])
def test_while_another_colleague_holds_it_too_nothing_is_asked(
    app: Flask, house: dict[str, Any], remove: Callable[..., Page]
) -> None:
    with app.app_context(), transaction():
        owner, learnt = accounts.get(house["owner"]), db.session.get_one(Training, house["training"])
        trainings.completion(learnt, email=owner.email, person_name=owner.display_name)
    assert remove(app, house).status == 200
    assert status_of(app, house["holder"]) == AccountStatus.DEACTIVATED
    assert is_responsible(app, house)


def test_a_company_that_is_not_approved_loses_nothing(app: Flask, house: dict[str, Any]) -> None:
    with app.app_context(), transaction():
        companies.by_id(house["company"]).status = CompanyStatus.CLOSED
    assert LOSES not in by_administrator(app, house).text
    assert status_of(app, house["holder"]) == AccountStatus.DEACTIVATED
