"""The first steps: on each role's start page until they are put away, for one account alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.core.access import Role
from portal.core.db import transaction
from portal.home import welcome
from tests.factories import companies
from tests.factories.accounts import account
from tests.support.browser import Browser

STAFF = [Role.LIAISON, Role.OFFICER, Role.COACH, Role.MANAGER, Role.ADMINISTRATOR]
NEVER = ("traffick", "victim", "exploit", "candidate")


@pytest.fixture
def staff(app: Flask) -> Callable[[str], Browser]:
    def sign_in(role: str) -> Browser:
        with app.app_context(), transaction():
            account_id = account(role, display_name="Marja Kivelä").id
        return Browser(app).sign_in(account_id)

    return sign_in


def member(app: Flask, status: str = "approved", role: Role = Role.OWNER) -> Browser:
    with app.app_context(), transaction():
        company = companies.company(status, name="Sinikello Catering Oy")
        account_id = companies.member(company, role=role).id
    return Browser(app).sign_in(account_id)


@pytest.mark.parametrize("role", STAFF)
def test_each_role_is_told_what_comes_first_and_the_step_opens(staff: Callable[[str], Browser], role: Role) -> None:
    browser = staff(role)
    page = browser.get("/en/start")
    assert "Welcome to Reilu" in page.text
    for sentence in welcome.SENTENCES[role]:
        assert sentence in page.text
    label, _endpoint = welcome.NEXT[role]
    assert browser.get(page.links[label]).status == 200


def test_they_are_put_away_for_good_and_brought_back_from_the_help_page(staff: Callable[[str], Browser]) -> None:
    browser, other = staff("liaison"), staff("liaison")
    assert "Show the first steps again" not in browser.get("/en/help").text
    page = browser.submit("/en/start", "I know my way")
    assert page.url == "/en/start"
    assert "Welcome to Reilu" not in page.text
    assert "Welcome to Reilu" not in browser.get("/fi/start").text
    assert "Welcome to Reilu" in other.get("/en/start").text
    page = browser.submit("/en/help", "Show the first steps again")
    assert page.url == "/en/start"
    assert "Welcome to Reilu" in page.text


def test_a_forged_post_puts_nothing_away(staff: Callable[[str], Browser]) -> None:
    browser = staff("manager")
    assert browser.post("/en/start/first-steps/away", {}).status == 400
    assert "Welcome to Reilu" in browser.get("/en/start").text


@pytest.mark.parametrize("role", [Role.OWNER, Role.RECRUITER])
def test_a_member_is_led_to_what_the_company_lacks_and_the_member_may_do(app: Flask, role: Role) -> None:
    browser = member(app, role=role)
    page = browser.get("/en/start")
    buttons = [link for link in page.html.split("<a ") if link.startswith('class="button"')]
    assert len(buttons) == 1  # one primary button: the next step, while the first steps stand here
    href = buttons[0].split('href="')[1].split('"')[0]
    assert browser.get(href).status == 200
    assert [word for word in NEVER if word in page.html.lower()] == []


def test_a_company_that_lacks_nothing_is_led_to_a_vacancy(app: Flask) -> None:
    from tests.factories import introductions

    with app.app_context(), transaction():
        owner = introductions.world().owner.id
    browser = Browser(app).sign_in(owner)
    page = browser.get("/en/start")
    assert "Your company lacks nothing" in page.text
    assert "still missing" not in page.text
    assert page.html.count('href="/en/company/vacancies/new"') == 1  # the one primary button
    assert '<a class="button" href="/en/company/vacancies/new">' in page.html
    page = browser.submit("/en/start", "I know my way")
    assert page.html.count('href="/en/company/vacancies/new"') == 1
