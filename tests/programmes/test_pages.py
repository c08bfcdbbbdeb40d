"""The page of S21958 shows exactly the sourced figures, to those who may read programmes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from portal.core.access import Role
from portal.core.db import transaction
from seeds import reference
from tests.factories.accounts import account
from tests.support.browser import Browser, Page


@pytest.fixture
def signed_in(app: Flask) -> Any:
    def make(role: Role) -> Browser:
        with app.app_context(), transaction():
            made = account(role).id
        return Browser(app).sign_in(made)

    return make


def shown(browser: Browser) -> Page:
    return browser.get(browser.get("/en/programmes/").links["IKUT"])


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_s21958_shows_exactly_the_sourced_figures(signed_in: Any, role: Role):
    page = shown(signed_in(role))
    text = page.text.replace("\u00a0", " ")
    for said in (
        "S21958",
        "ESF 2014–2020",
        "10.1",
        "Häme ELY Centre",
        "1 June 2020",
        "28 February 2023",
        "EU and state funding 292,541 € 284,801 €",
        "Public funding in all 390,055 € 379,735 €",
        "Companies 10 5",
        "Participants 20, at least half of them women –",
        "Uusimaa",
        "Porvoo, Helsinki",
        "Hyvinkää, Kirkkonummi, Vantaa, Vihti, Porvoo, Järvenpää, Tuusula, Espoo, Kauniainen, Kerava, Helsinki",
        "Gender analysis made Yes",
        "Gender perspective in all work Yes",
        "Gender equality is the main aim No",
        "Wellbeing 10/7",
        "Equality 6/6",
        "Social and cultural equality 10/7",
        "Intangible products and services 7/7",
    ):
        assert said in text, said
    numbers = set(re.findall(r"\d[\d,./–]*\d|\d", text))
    assert numbers == {
        "21958",
        "2014–2020",
        "5",
        "10.1",
        "1",
        "2020",
        "28",
        "2023",
        "292,541",
        "284,801",
        "390,055",
        "379,735",
        "10",
        "20",
        "10/7",
        "6/6",
        "7/7",
    }


@pytest.mark.parametrize("role", [Role.OWNER, Role.LIAISON, Role.OFFICER, Role.COACH])
def test_nobody_else_reads_programmes(signed_in: Any, role: Role):
    assert signed_in(role).get("/en/programmes/").status == 403


def test_loading_the_reference_data_again_changes_nothing(app: Flask, signed_in: Any):
    before = shown(signed_in(Role.MANAGER)).text
    with app.app_context():
        reference.load()
    assert shown(signed_in(Role.MANAGER)).text == before
