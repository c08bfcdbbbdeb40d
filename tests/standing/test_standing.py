"""Standing on real rows and real pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, event

from portal.accounts.models import Account
from portal.companies.models import Company, EvidenceKind, RightToAct
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.incidents.models import Review
from portal.standing import services as standings
from tests.factories import accounts, trainings
from tests.standing import worlds


@pytest.fixture
def world(app):
    with app.app_context(), transaction():
        return worlds.responsible()


def standing(app, world):
    with app.test_request_context("/en/"):
        app.preprocess_request()
        return standings.standing_of(db.session.get_one(Company, world.company_id))


def missing(app, world) -> list[str]:
    return [each.key for each in standing(app, world).missing]


def test_a_company_that_holds_all_is_responsible(app, world, browser):
    assert missing(app, world) == []
    page = browser(world.owner_id).get("/en/standing")
    assert "You are a responsible employer" in page.text
    for words in (
        "Background check: Tax debt",
        "Version 1, signed by Aino Lehtovirta on",
        "Until a new version",
        "Shown by Aino Lehtovirta",
        "Training: Fair recruitment",
        "Completed by Aino Lehtovirta",
    ):
        assert words in page.text


def test_evidence_ends_by_itself_after_its_last_day(app, world):
    with clock.travel(clock.now() + timedelta(days=30)):
        assert missing(app, world) == []
    with clock.travel(clock.now() + timedelta(days=31)):
        assert len(missing(app, world)) == len(EvidenceKind)
        first = standing(app, world).missing[0]
        assert first.until_text.startswith("Ended ")
        assert first.next_label == "Send a document"


def test_a_new_version_of_the_commitment_is_signed_anew(app, world):
    with app.app_context(), transaction():
        worlds.publish(2)
    assert missing(app, world) == ["commitment"]
    assert "Version 1 was signed. Sign the new version 2." in standing(app, world).missing[0].text


def test_the_right_to_act_leaves_with_its_owner(app, world):
    with app.app_context(), transaction():
        db.session.execute(delete(RightToAct))
    assert missing(app, world) == ["right"]


@pytest.mark.parametrize("status", ["applied", "in_review", "suspended", "rejected", "closed"])
def test_a_company_in_another_state_is_told_where_it_stands(app, world, status):
    with app.app_context(), transaction():
        db.session.get_one(Company, world.company_id).status = status
    assert missing(app, world) == ["approved"]
    assert standing(app, world).missing[0].text


def test_a_visible_review_says_the_words_every_company_gets(app, world, browser):
    with app.app_context(), transaction():
        db.session.add(Review(company_id=world.company_id, opened_at=clock.now()))
    assert missing(app, world) == ["review"]
    assert "Your standing is under routine review" in browser(world.owner_id).get("/en/standing").text


def test_a_silent_hold_changes_what_may_be_received_and_not_one_byte_of_a_page(app, world, browser):
    from portal.incidents import services as incidents

    owner, paths = browser(world.owner_id), ("/en/standing", "/en/trainings", "/en/events")
    before = [masked(owner.get(path).html) for path in paths]
    with app.app_context(), transaction():
        company = db.session.get_one(Company, world.company_id)
        assert standings.may_receive(company)
        officer = accounts.account(Role.OFFICER)
        db.session.flush()
        incidents.open_incident(company.owner_group_id, None, by=officer)
        db.session.flush()
        assert not standings.may_receive(company)
        assert standings.is_responsible(company)
    assert [masked(owner.get(path).html) for path in paths] == before
    liaison = browser(world.liaison_id)
    assert "Responsible employer" in liaison.get(f"/en/companies/{world.company_id}/standing").text


def masked(html: str) -> str:
    return re.sub(r'name="(csrf_token|once)" value="[^"]*"|value="[^"]*" name="(csrf_token|once)"', "", html)


def test_the_incident_is_never_named(app, world, browser):
    with app.app_context(), transaction():
        db.session.get_one(Company, world.company_id).status = "suspended"
        db.session.add(Review(company_id=world.company_id, opened_at=clock.now()))
    pages = [
        browser(world.owner_id).get("/en/standing"),
        browser(world.liaison_id).get(f"/en/companies/{world.company_id}/standing"),
    ]
    for page in pages:
        assert not re.search(r"incident|hold\b|concern|placement", page.text, re.IGNORECASE)


def test_staff_see_the_same_list_without_the_steps_that_are_the_companys(app, world, browser):
    with app.app_context(), transaction():
        db.session.execute(delete(RightToAct))
    page = browser(world.liaison_id).get(f"/en/companies/{world.company_id}/standing")
    assert "One requirement is missing" in page.text
    assert "See how to show it" not in page.text
    assert "See how to show it" in browser(world.owner_id).get("/en/standing").text


def test_an_absent_company_and_a_company_to_strangers_are_not_there(browser, world):
    assert browser(world.liaison_id).get("/en/companies/6b1f0000-0000-4000-8000-000000000000/standing").status == 404
    assert browser(world.owner_id).get(f"/en/companies/{world.company_id}/standing").status == 403


def test_standing_takes_five_statements_however_many_colleagues_and_requirements_there_are(app, world):
    with app.app_context(), transaction():
        for _ in range(20):
            accounts.account(Role.RECRUITER, company_id=world.company_id)
        for _ in range(5):
            trainings.requirement(trainings.training(), trainings.training())
    statements: list[str] = []
    with app.test_request_context("/en/"):
        app.preprocess_request()
        company = db.session.get_one(Company, world.company_id)
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        standings.standing_of(company)
    assert len(statements) <= 5, statements


def test_a_company_is_told_what_is_missing_among_what_waits(app, world):
    from portal.standing import tasks

    with app.app_context(), transaction():
        db.session.execute(delete(RightToAct))
    with app.test_request_context("/en/"):
        app.preprocess_request()
        owner = db.session.get_one(Account, world.owner_id)
        (task,) = tasks.waiting(owner)
        assert (task.title, task.text) == ("One requirement is missing", "Right to act for the company")
        assert task.href == "/en/standing"
    with app.test_request_context("/en/"), clock.travel(clock.now() + timedelta(days=32)):
        app.preprocess_request()
        assert list(tasks.waiting(db.session.get_one(Account, world.liaison_id))) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_list_reads_in_every_language(browser, world, language):
    assert browser(world.owner_id).get(f"/{language}/standing").status == 200
