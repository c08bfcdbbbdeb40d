"""The right to act was shown by a person: behind a new name, a new address or a reopened account it is shown again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from portal.accounts import administration
from portal.accounts.models import Account
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from tests.factories.accounts import account
from tests.factories.standing import responsible_company
from tests.support.browser import Browser


def take_name(owner: Account, _by: Account) -> None:
    owner.display_name = "Somebody Else"


def take_address(owner: Account, _by: Account) -> None:
    owner.email = "somebody@else.example"


def close_and_open(owner: Account, by: Account) -> None:
    owner.password_hash = "kept"
    administration.reactivate(owner, "Came back.", by)


@pytest.mark.parametrize("change", [take_name, take_address, close_and_open])
def test_an_owner_who_may_be_somebody_else_shows_the_right_again(
    app: Flask, change: Callable[[Account, Account], None]
) -> None:
    with app.app_context(), transaction():
        liaison, administrator = account(Role.LIAISON), account(Role.ADMINISTRATOR)
        company, owner = responsible_company(liaison, name="Kirkas Oy")
        company.liaison_id = liaison.id
        ids = liaison.id, administrator.id, company.id, owner.id
    liaison_id, administrator_id, company_id, owner_id = ids
    assert "Everything is in order" in Browser(app).sign_in(owner_id).get("/en/start").text
    with clock.travel(clock.now() + timedelta(minutes=1)), app.app_context(), transaction():
        by, row = db.session.get_one(Account, administrator_id), db.session.get_one(Account, owner_id)
        if change is close_and_open:
            row.status = "deactivated"  # the only owner of a company is not closed by the page
        change(row, by)
    with clock.travel(clock.now() + timedelta(minutes=2)):
        page = Browser(app).sign_in(owner_id).get("/en/start")
        assert "Right to act for the company" in page.text and "Everything is in order" not in page.text
        staff = Browser(app).sign_in(liaison_id)
        assert "Right to act: Kirkas Oy" in staff.get("/en/start").text
        page = staff.get(f"/en/companies/{company_id}")
        staff.submit(
            f"/en/companies/{company_id}/owners/{owner_id}/right", kind="call_back", note="Called the switchboard."
        )
        assert "Right to act: Kirkas Oy" not in staff.get("/en/start").text
        assert "Everything is in order" in Browser(app).sign_in(owner_id).get("/en/start").text


def test_who_signed_under_another_name_is_asked_to_show_the_right_before_signing_again(app: Flask) -> None:
    with app.app_context(), transaction():
        _company, owner = responsible_company(account(Role.LIAISON))
        owner_id = owner.id
    browser = Browser(app).sign_in(owner_id)
    browser.submit("/en/account/details", display_name="Somebody Else")
    assert "Right to act not shown" in browser.get("/en/company").text
