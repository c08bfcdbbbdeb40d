"""No company is rejected or suspended without reasons, time to answer, and a decision that tells how to contest it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.accounts.models import Account
from portal.companies import hearings
from portal.companies.models import Company, CompanyStatus, HearingKind
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import RuleBroken
from tests.companies.conftest import plain
from tests.factories import companies as factories
from tests.support.browser import Browser


@pytest.fixture
def heard(within):
    """Open a hearing of a case; its id."""

    def open_one(made, kind=HearingKind.REJECT, days=7):
        def inside():
            company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
            last = clock.today() + timedelta(days=days)
            return hearings.open_hearing(company, kind, "The pay slips do not match.", last, by=liaison).id

        return within(inside)

    return open_one


@pytest.mark.parametrize(
    "walk",
    [
        ("reject", CompanyStatus.IN_REVIEW, CompanyStatus.REJECTED, "The application is rejected."),
        ("suspend", CompanyStatus.APPROVED, CompanyStatus.SUSPENDED, "The company is suspended."),
    ],
)
def test_a_hearing_from_reasons_to_contest(app, within, case, mailbox, walk):
    kind, status, after, words = walk
    made = case(status)
    email = within(lambda: db.session.get_one(Account, made.owner).email)
    liaison, owner = Browser(app).sign_in(made.liaison), Browser(app).sign_in(made.owner)
    show = f"/en/companies/{made.company}"
    last = (clock.today() + timedelta(days=7)).isoformat()
    reasons = "The pay slips do not match.\nWe saw three of them."
    page = liaison.submit(f"{show}/hear/{kind}", button="Send the hearing", reasons=reasons, answer_by=last)
    assert "Read the hearing" in page.text
    [news] = mailbox.to(email)
    assert news.kind == "news" and "pay slips" not in news.text

    assert "We ask for your answer before we decide" in owner.get("/en/start").text
    page = owner.get("/en/company")
    assert "You have a hearing to answer" in page.text
    href = next(link.get("href") for link in page.tree.iter("a") if "Read the hearing" in "".join(link.itertext()))
    page = owner.get(href)
    assert "We saw three of them." in page.text

    deciding = next(
        link.get("href") for link in liaison.get(show).tree.iter("a") if "Read the hearing" in "".join(link.itertext())
    )
    assert "after the last day" in liaison.get(deciding).text  # not yet
    page = owner.submit(href, button="Send the answer", answer="They were corrected in May.")
    assert "They were corrected in May." in page.text
    assert "Decide a hearing" in liaison.get("/en/start").text

    page = liaison.submit(deciding, button="Decide", decision="carried_out", reasons="The correction was not paid.")
    assert within(lambda: db.session.get_one(Company, made.company).status) == after
    page = owner.get(href)
    assert words in page.text and "The correction was not paid." in page.text
    assert "If you do not agree, write to us by" in page.text
    assert {message.kind for message in mailbox.to(email)} == {"news"}


def test_the_company_has_at_least_seven_days(app, case, status_of):
    made = case(CompanyStatus.IN_REVIEW)
    liaison = Browser(app).sign_in(made.liaison)
    early = (clock.today() + timedelta(days=6)).isoformat()
    path = f"/en/companies/{made.company}/hear/reject"
    page = liaison.submit(path, button="Send the hearing", reasons="Reasons", answer_by=early)
    assert page.status == 422 and "at least 7 days to answer" in page.text and "Reasons" in page.html
    page = liaison.submit(path, button="Send the hearing", reasons="Reasons", answer_by="2020-01-01")
    assert page.status == 422 and "This day has passed" in page.text


def test_silence_is_decided_after_the_last_day_and_not_before(within, case, heard):
    made = case(CompanyStatus.IN_REVIEW)
    hearing_id = heard(made)

    def decide():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        hearings.decide(company, hearings.hearing(company, hearing_id), True, "No answer came.", by=liaison)
        return company.status

    with pytest.raises(RuleBroken, match="may still answer"):
        within(decide)
    with clock.travel(clock.now() + timedelta(days=7)), pytest.raises(RuleBroken, match="may still answer"):
        within(decide)
    with clock.travel(clock.now() + timedelta(days=8)):
        assert within(decide) == CompanyStatus.REJECTED
        with pytest.raises(RuleBroken, match="decided already"):
            within(decide)


def test_after_the_last_day_no_answer_is_taken(app, case, heard):
    made = case(CompanyStatus.IN_REVIEW)
    hearing_id = heard(made)
    owner = Browser(app).sign_in(made.owner)
    page = owner.get(f"/en/company/hearings/{hearing_id}")
    with clock.travel(clock.now() + timedelta(minutes=1)):
        values = page.fields(page.form(button="Send the answer")).to_dict() | {"answer": "Late"}
    with clock.travel(clock.now() + timedelta(days=8)):
        owner = Browser(app).sign_in(made.owner)
        fresh = owner.get("/en/company/edit")
        values["csrf_token"] = fresh.fields(fresh.form(button="Save the details"))["csrf_token"]
        page = owner.post(f"/en/company/hearings/{hearing_id}", data=values)
    assert page.status == 422 and "The time to answer has ended" in page.text


def test_only_an_owner_answers(app, within, case, heard):
    made = case(CompanyStatus.IN_REVIEW)
    hearing_id = heard(made)
    recruiter = within(lambda: factories.member(db.session.get_one(Company, made.company), Role.RECRUITER).id)
    page = Browser(app).sign_in(recruiter).get(f"/en/company/hearings/{hearing_id}")
    assert "The pay slips do not match." in page.text and "Send the answer" not in page.text


def test_dropping_it_leaves_the_company_as_it_was(within, case, heard, status_of):
    made = case(CompanyStatus.APPROVED)
    hearing_id = heard(made, HearingKind.SUSPEND)

    def drop():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        hearings.answer(company, hearings.hearing(company, hearing_id), "It was put right.", by=liaison)
        hearings.decide(company, hearings.hearing(company, hearing_id), False, "It was.", by=liaison)

    within(drop)
    assert status_of(made.company) == CompanyStatus.APPROVED


def test_one_hearing_at_a_time_and_none_in_the_wrong_state(within, case, heard):
    made = case(CompanyStatus.IN_REVIEW)
    heard(made)
    with pytest.raises(RuleBroken, match="under way already"):
        heard(made)
    for status in set(CompanyStatus) - {CompanyStatus.APPROVED}:
        with pytest.raises(RuleBroken, match="state has changed"):
            heard(case(status), HearingKind.SUSPEND)


def test_approval_waits_for_the_hearing_and_closing_ends_it(within, case, heard):
    from portal.companies import vetting

    made = case(CompanyStatus.IN_REVIEW, vetted=True)
    hearing_id = heard(made)

    def approve():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        vetting.approve(company, by=liaison)

    with pytest.raises(RuleBroken, match="hearing is under way"):
        within(approve)

    def close():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        vetting.close(company, "It asked to leave", by=liaison)
        return hearings.hearing(company, hearing_id).decision

    assert within(close) == "ended"


def test_a_foreign_hearing_is_not_there(app, case, heard):
    from uuid import uuid4

    mine, theirs = case(CompanyStatus.IN_REVIEW), case(CompanyStatus.IN_REVIEW)
    hearing_id = heard(theirs)
    owner = Browser(app).sign_in(mine.owner)
    nobody = uuid4()
    foreign, absent = (owner.get(f"/en/company/hearings/{each}") for each in (hearing_id, nobody))
    assert foreign.status == absent.status == 404 and plain(foreign, hearing_id) == plain(absent, nobody)
