"""Each role's start page: what waits, oldest first; a company's standing, vacancies and introductions."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event as sql_event

from portal.accounts.models import Account
from portal.companies.models import Company
from portal.core import clock, pages
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.registry import Task
from portal.home import greetings
from portal.introductions.models import IntroductionStatus as S
from portal.vacancies.models import Vacancy
from tests.factories import companies, events, introductions, vacancies
from tests.factories.accounts import account
from tests.support.browser import Browser

MOST_STATEMENTS = 12


@pytest.fixture
def staff(app: Flask) -> Callable[[str], Browser]:
    def sign_in(role: str) -> Browser:
        with app.app_context(), transaction():
            account_id = account(role, display_name="Marja Kivelä").id
        return Browser(app).sign_in(account_id)

    return sign_in


def made(app: Flask, work: Callable[[], object]) -> object:
    with app.app_context(), transaction():
        return work()


@pytest.mark.parametrize("role", ["liaison", "officer", "coach", "manager"])
def test_when_nothing_waits_the_page_says_what_would_come(staff, role: str) -> None:
    page = staff(role).get("/en/start")
    assert page.h1.endswith(", Marja")
    assert "Nothing waits for you" in page.text
    assert "come" in page.text.split("Nothing waits for you", 2)[2]


def test_the_oldest_comes_first(app: Flask, staff) -> None:
    with clock.travel(clock.now() - timedelta(days=6)):
        made(app, lambda: companies.company("applied", name="Harmaahauki Oy"))
    with clock.travel(clock.now() - timedelta(days=1)):
        made(app, lambda: companies.company("applied", name="Sinikello Oy"))
    page = staff("liaison").get("/en/start")
    assert "2 things wait for you. The oldest came on" in page.text
    assert page.text.index("Harmaahauki") < page.text.index("Sinikello")
    assert "6 days ago" in page.text
    assert "Yesterday" in page.text
    assert page.html.count('class="due"') == 1


def test_what_is_old_or_near_its_day_is_marked(app: Flask) -> None:
    now = clock.now()
    with app.test_request_context("/en/start"):
        app.preprocess_request()
        came_on = pages.show_date(now - timedelta(days=5))
        old, near, far, new = greetings.lines([
            Task("old", "/", now - timedelta(days=5)),
            Task("near", "/", now, due=now + timedelta(days=1)),
            Task("far", "/", now, due=now + timedelta(days=9)),
            Task("new", "/", now),
        ])  # fmt: skip
    assert (old.due, near.due, far.due, new.due) == ("5 days ago", "Today", "", "")
    assert old.since_text == came_on
    assert near.since_text.startswith("by ")
    assert far.since_text.startswith("by ")
    assert new.since_text == "Today"


def test_a_liaison_sees_panels_only_when_there_is_something(app: Flask, staff) -> None:
    browser = staff("liaison")
    assert "This week" not in browser.get("/en/start").text
    made(app, lambda: events.event(title_en="Soon enough", starts_at=clock.now() + timedelta(days=2)))
    page = browser.get("/en/start")
    assert "This week" in page.text
    assert "Soon enough" in page.text
    assert "Ends within two weeks" not in page.text
    with app.app_context(), transaction():
        liaison = account(Role.LIAISON)
        company = companies.company(name="Valkoapila Oy")
        db.session.flush()
        companies.all_evidence(company, liaison, valid_until=clock.today() + timedelta(days=9))
    page = browser.get("/en/start")
    assert "Ends within two weeks" in page.text
    assert "9 documents" in page.text
    assert "Ends within two weeks" not in staff("officer").get("/en/start").text


# --- a company -----------------------------------------------------------------


class Ids(dict[str, UUID]):
    """The ids of a world's people and things, by their names in it."""

    def world(self) -> introductions.World:
        rows = {
            name: db.session.get_one(MODELS.get(name, Account), self[name]) for name in self if name != "candidate_id"
        }
        return introductions.World(candidate_id=self["candidate_id"], **rows)


MODELS: dict[str, Any] = {"company": Company, "vacancy": Vacancy}


@pytest.fixture
def ids(app: Flask) -> Ids:
    with app.app_context(), transaction():
        made = introductions.world()
        db.session.flush()
        found = {each.name: getattr(made, each.name) for each in dataclasses.fields(made)}
        return Ids({name: getattr(value, "id", value) for name, value in found.items()})


def lead(app: Flask, ids: Ids, status: S) -> None:
    with app.app_context(), transaction():
        introductions.introduction(ids.world(), status)


def test_a_responsible_employer_sees_its_standing_vacancies_and_cards(app: Flask, ids: Ids) -> None:
    lead(app, ids, S.OFFERED)
    page = Browser(app).sign_in(ids["owner"]).get("/en/start")
    assert "Responsible employer" in page.text
    assert "Everything is in order" in page.text
    assert "Window cleaner" in page.text
    assert "Waits for your answer" in page.text
    card = page.links[next(words for words in page.links if words.startswith("Read the card and answer"))]
    assert Browser(app).sign_in(ids["owner"]).get(card).status == 200


def test_what_waits_for_a_company_stands_first_the_oldest_first(app: Flask, ids: Ids) -> None:
    """A card to answer, a returned vacancy, and evidence that ends soon; each row leads to its page."""
    lead(app, ids, S.OFFERED)
    with app.app_context(), transaction():
        world = ids.world()
        returned = vacancies.vacancy(
            world.company, world.owner, "returned", title="Night cleaner", returned_at=clock.now() - timedelta(days=6)
        )
        returned_id = returned.id
    browser = Browser(app).sign_in(ids["owner"])
    page = browser.get("/en/start")
    assert page.text.index("Change a vacancy: Night cleaner") < page.text.index("A card waits for your answer")
    assert page.text.index("A card waits for your answer") < page.text.index("Standing")
    link = page.links[next(words for words in page.links if words.startswith("Change a vacancy: Night cleaner"))]
    assert str(returned_id) in link and browser.get(link).status == 200
    assert "soon" not in page.text


def test_a_company_reads_what_of_its_standing_ends_soon(app: Flask, ids: Ids) -> None:
    browser = Browser(app).sign_in(ids["owner"])
    months = clock.today() + timedelta(days=80)  # tax and pension hold for three months
    with clock.travel(clock.at(months, time(12))):
        browser = Browser(app).sign_in(ids["owner"])
        page = browser.get("/en/start")
        assert "2 requirements end soon" in page.text
        ends = page.text.split("2 requirements end soon", 1)[1][:300]
        assert "Tax debt" in ends and "Pension insurance" in ends and "Everything is in order" in page.text
        link = page.links[next(words for words in page.links if words.startswith("2 requirements end soon"))]
        assert browser.get(link).h1
    with clock.travel(clock.at(months + timedelta(days=30), time(12))):
        page = Browser(app).sign_in(ids["owner"]).get("/en/start")
        assert "2 requirements are missing" in page.text and "end soon" not in page.text


def test_a_company_for_which_nothing_waits_reads_no_empty_list(app: Flask, ids: Ids) -> None:
    page = Browser(app).sign_in(ids["owner"]).get("/en/start")
    assert "What waits for you" not in page.text and "Nothing waits" not in page.text


def test_before_an_offer_a_company_sees_the_same_bytes_as_without_a_candidate(app: Flask, ids: Ids) -> None:
    browser = Browser(app).sign_in(ids["owner"])
    browser.get("/en/start")
    without = without_token(browser.get("/en/start").html)
    lead(app, ids, S.ASKED)
    assert without_token(browser.get("/en/start").html) == without


def without_token(html: str) -> str:
    return re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", html)


def test_a_colleague_who_is_not_named_sees_no_card(app: Flask, ids: Ids) -> None:
    lead(app, ids, S.OFFERED)
    with app.app_context(), transaction():
        other = account(Role.RECRUITER, company_id=ids["company"]).id
    page = Browser(app).sign_in(other).get("/en/start")
    assert "Waits for your answer" not in page.text
    assert "silence means nothing" in page.text


def test_a_new_company_sees_what_comes_first_and_where_the_rest_stands(app: Flask) -> None:
    with app.app_context(), transaction():
        company = companies.company("in_review", name="Sinikello Catering Oy")
        owner = companies.member(company).id
    page = Browser(app).sign_in(owner).get("/en/start")
    assert page.h1 == "Sinikello Catering Oy"
    assert "requirements are missing" in page.text
    assert page.html.count('<li class="missing">') == 4
    assert "more are missing" in page.text
    assert "No vacancies yet" in page.text
    assert "candidate" not in page.text.lower()


# --- statements ---------------------------------------------------------------


def count(app: Flask, browser: Browser, path: str) -> int:
    said: list[str] = []

    def note(_c: object, _cursor: object, text: str, *_rest: object) -> None:
        if not text.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            said.append(text)

    browser.get(path)
    with app.app_context():
        engine = db.engine
        sql_event.listen(engine, "before_cursor_execute", note)
    browser.get(path)
    sql_event.remove(engine, "before_cursor_execute", note)
    assert said
    return len(said)


def test_start_pages_take_few_statements(app: Flask, ids: Ids, staff) -> None:
    lead(app, ids, S.CONSENTED)
    with app.app_context(), transaction():
        for number in range(5):
            companies.company("applied", name=f"Yritys {number}")
            events.event(starts_at=clock.now() + timedelta(days=1 + number))
    found = {
        "visitor": count(app, Browser(app), "/en/"),
        "owner": count(app, Browser(app).sign_in(ids["owner"]), "/en/start"),
        "liaison": count(app, Browser(app).sign_in(ids["liaison"]), "/en/start"),
        "officer": count(app, Browser(app).sign_in(ids["officer"]), "/en/start"),
        "administrator": count(app, staff("administrator"), "/en/start"),
        "manager": count(app, staff("manager"), "/en/start"),
    }
    assert {who: many for who, many in found.items() if many > MOST_STATEMENTS} == {}, found
