"""A liaison vets a company: review, right to act, evidence, approval; and what stands in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.accounts.models import Account
from portal.companies import evidence, vetting
from portal.companies import services as companies
from portal.companies.models import Company, CompanyStatus, EvidenceKind
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import RuleBroken
from tests.factories import accounts
from tests.factories import companies as factories
from tests.support.browser import Browser

EVIDENCE = [str(kind) for kind in EvidenceKind]


def test_from_application_to_signature_through_pages(app, within, case, status_of, mailbox):
    within(lambda: factories.commitment_version() and None)
    made = case(CompanyStatus.APPLIED)
    owner_email = within(lambda: db.session.get_one(Account, made.owner).email)
    liaison, owner = Browser(app).sign_in(made.liaison), Browser(app).sign_in(made.owner)
    show = f"/en/companies/{made.company}"

    page = liaison.submit(show, button="Take into review")
    assert "In review" in page.text

    page = liaison.submit(f"{show}/approve", button="Approve the company")
    assert page.status == 422 and "right to act has not been shown" in page.text
    right = f"{show}/owners/{made.owner}/right"
    page = liaison.submit(right, button="Record the right to act", kind="call_back", note="Number from the register")
    assert "Confirmed by a call back" in page.text
    page = liaison.submit(f"{show}/approve", button="Approve the company")
    assert "Evidence is missing or has ended: Prepayment register" in page.text

    page = liaison.submit(f"{show}/evidence", button="Record evidence", kinds=EVIDENCE, note="One report")
    assert page.text.count("In order") >= 9
    page = liaison.submit(f"{show}/approve", button="Approve the company")
    assert status_of(made.company) == CompanyStatus.APPROVED
    assert "Evidence recorded" in page.text and "Approved" in page.text
    assert {message.kind for message in mailbox.to(owner_email)} == {"news"}

    assert "Not signed yet" in owner.get("/en/company").text
    page = owner.submit("/en/company/commitment", button="Sign the commitment")
    assert page.status == 422 and "Tick the box" in page.text
    page = owner.submit("/en/company/commitment", button="Sign the commitment", read="y")
    assert "Signed on" in page.text
    page = owner.get("/en/company/commitment")
    assert "We pay wages on time" in page.text and "<strong>on time</strong>" in page.html
    assert "Vi betalar lönen" in owner.get("/sv/company/commitment").text


@pytest.mark.parametrize(
    ("kind", "months"), [(kind, 3 if kind in (EvidenceKind.TAX, EvidenceKind.PENSION) else 12) for kind in EvidenceKind]
)
def test_each_kind_holds_its_months_and_its_last_day_counts(within, case, kind, months):
    made = case(CompanyStatus.IN_REVIEW)

    def check():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        [row] = evidence.record(company, [kind], clock.today(), by=liaison)
        db.session.flush()
        state = {each.kind: each for each in companies.evidence_status(company, row.valid_until)}[kind]
        after = {each.kind: each for each in companies.evidence_status(company, row.valid_until + timedelta(days=1))}
        return row.valid_until, state.held, after[kind].held

    until, held, held_after = within(check)
    expected = (clock.today().month - 1 + months) % 12 + 1
    assert until.month == expected and held and not held_after


def test_the_last_day_of_a_month_stays_inside_the_month():
    from datetime import date

    from portal.companies.rules import months_after

    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 12, 31), 12) == date(2028, 12, 31)
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)


def test_a_later_document_counts_even_where_an_earlier_one_reached_further(within, case):
    made = case(CompanyStatus.APPROVED)

    def check():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        today = clock.today()
        far, near = today + timedelta(days=300), today + timedelta(days=5)
        evidence.record(company, [EvidenceKind.TAX], today, by=liaison, valid_until=near)
        evidence.record(company, [EvidenceKind.TAX], today - timedelta(days=9), by=liaison, valid_until=far)
        db.session.flush()
        return {state.kind: state.valid_until for state in companies.evidence_status(company)}[EvidenceKind.TAX] == near

    assert within(check)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kinds": []}, "Choose what the document shows"),
        ({"kinds": ["gold"]}, "Choose one of the list"),
        ({"seen_on": "2200-01-01"}, "still to come"),
        ({"seen_on": "yesterday"}, "Write the day with numbers"),
        ({"seen_on": "2026-01-02", "valid_until": "2026-01-01"}, "before the day of the document"),
        ({"seen_on": "2020-01-02"}, "has ended already"),
    ],
)
def test_evidence_that_cannot_be_is_refused(app, case, within, changes, sentence):
    made = case(CompanyStatus.IN_REVIEW)
    liaison = Browser(app).sign_in(made.liaison)
    filled = {"kinds": EVIDENCE[:1], "note": "kept"} | changes
    page = liaison.submit(f"/en/companies/{made.company}/evidence", button="Record evidence", **filled)
    assert page.status == 422 and sentence in page.text and 'value="kept"' in page.html
    assert not within(lambda: evidence.latest_of(made.company))


def test_approval_needs_the_right_of_every_owner(within, case):
    made = case(CompanyStatus.IN_REVIEW, vetted=True)

    def second_owner():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        newcomer = factories.member(company)
        db.session.flush()
        with pytest.raises(RuleBroken, match="right to act"):
            vetting.approve(company, by=liaison)
        factories.right(company, newcomer, liaison)
        db.session.flush()
        vetting.approve(company, by=liaison)
        return company.status

    assert within(second_owner) == CompanyStatus.APPROVED


def test_a_new_owner_is_a_task_and_may_not_sign_yet(app, within, case):
    within(lambda: factories.commitment_version() and None)
    made = case(vetted=True)
    newcomer = within(lambda: factories.member(db.session.get_one(Company, made.company)).id)
    assert "Right to act" in Browser(app).sign_in(made.liaison).get("/en/start").text
    browser = Browser(app).sign_in(newcomer)
    page = browser.get("/en/company/commitment")
    assert "Who signs" in page.text and "Sign the commitment" not in page.text
    signing = Browser(app).sign_in(made.owner).get("/en/company/commitment")
    values = signing.fields(signing.form(button="Sign the commitment")).to_dict() | {"read": "y"}
    own = browser.get("/en/company/edit")
    values["csrf_token"] = own.fields(own.form(button="Save the details"))["csrf_token"]
    page = browser.post("/en/company/commitment", data=values)
    assert page.status == 422 and "not yet recorded your right to act" in page.text


def test_approving_twice_has_no_second_effect(app, within, case, status_of):
    made = case(CompanyStatus.IN_REVIEW, vetted=True)
    liaison = Browser(app).sign_in(made.liaison)
    page = liaison.get(f"/en/companies/{made.company}/approve")
    other_tab = liaison.get(f"/en/companies/{made.company}/approve")
    assert liaison.submit(page, button="Approve the company").status == 200
    assert liaison.submit(page, button="Approve the company").status == 200  # the same form: the same place
    again = liaison.submit(other_tab, button="Approve the company")
    assert again.status == 422 and "the state has changed" in again.text
    assert status_of(made.company) == CompanyStatus.APPROVED
    assert liaison.get(f"/en/companies/{made.company}").text.count("Approved") == 2  # the tag and one line of the story


def test_taking_into_review_twice_is_said(app, case):
    made = case(CompanyStatus.APPLIED)
    liaison = Browser(app).sign_in(made.liaison)
    page = liaison.get(f"/en/companies/{made.company}")
    liaison.submit(page, button="Take into review")
    again = liaison.submit(page, button="Take into review")
    assert again.status == 409 and "the state has changed" in again.text


def test_suspended_is_reinstated_and_any_company_closes(app, case, status_of):
    made = case(CompanyStatus.SUSPENDED)
    liaison = Browser(app).sign_in(made.liaison)
    liaison.submit(f"/en/companies/{made.company}/reinstate", button="Reinstate the company", reason="It was put right")
    assert status_of(made.company) == CompanyStatus.APPROVED
    page = liaison.submit(f"/en/companies/{made.company}/close", button="Close the company", reason="It asked to leave")
    assert status_of(made.company) == CompanyStatus.CLOSED
    assert "It asked to leave" in page.text
    page = liaison.submit(f"/en/companies/{made.company}/close", button="Close the company", reason="Again")
    assert page.status == 422 and "the state has changed" in page.text


def test_a_liaison_hands_a_company_over_before_leaving(app, within, case):
    from portal.companies.reminders import deactivation_blockers

    made = case(CompanyStatus.IN_REVIEW)
    other = within(lambda: accounts.account(Role.LIAISON, display_name="Other Liaison").id)
    blockers = within(lambda: list(deactivation_blockers(db.session.get_one(Account, made.liaison))))
    assert len(blockers) == 1 and "Hand it over" in blockers[0]
    liaison = Browser(app).sign_in(made.liaison)
    page = liaison.submit(f"/en/companies/{made.company}/hand-over", button="Hand over", liaison=str(other))
    assert "Liaison: Other Liaison" in page.text
    assert not within(lambda: list(deactivation_blockers(db.session.get_one(Account, made.liaison))))


def test_an_officer_reads_but_does_not_vet(app, within, case):
    made = case(CompanyStatus.IN_REVIEW)
    officer = Browser(app).sign_in(within(lambda: accounts.account(Role.OFFICER).id))
    page = officer.get(f"/en/companies/{made.company}")
    assert page.status == 200 and "Record evidence" not in page.text and "Close the company" not in page.text
    for path in ("approve", "evidence", "close", "group", "hear/reject"):
        assert officer.get(f"/en/companies/{made.company}/{path}").status == 403


def test_foreign_and_absent_companies_look_the_same(app, within, case):
    from uuid import uuid4

    made = case()
    liaison = Browser(app).sign_in(made.liaison)
    document = uuid4()
    own, foreign = (
        liaison.get(f"/en/companies/{made.company}/documents/{document}"),
        liaison.get(f"/en/companies/{uuid4()}/documents/{document}"),
    )
    assert own.status == foreign.status == 404
    assert liaison.get(f"/en/companies/{made.company}/group/join/{uuid4()}").status == 404
    assert liaison.get(f"/en/companies/{made.company}/owners/{uuid4()}/right").status == 404


def test_the_list_filters_by_state_and_by_part_of_a_name_and_pages_by_key(app, within, case):
    made = case(name="Äänekosken Ääkköset Oy")
    within(lambda: [factories.company(name=f"Firma {number:02d} Oy") for number in range(55)] and None)
    liaison = Browser(app).sign_in(made.liaison)
    page = liaison.get("/en/companies?text=ääkk")
    assert "Äänekosken" in page.text and "Firma" not in page.text
    first = liaison.get("/en/companies?status=approved")
    assert "Firma 00 Oy" in first.text and "Äänekosken" not in first.text and "Next page" in first.text
    href = next(link.get("href") for link in first.tree.iter("a") if link.get("rel") == "next")
    second = liaison.get(href)
    assert "Äänekosken" in second.text and "Firma 00 Oy" not in second.text
    assert "No company is like that" in liaison.get("/en/companies?text=%25").text
    assert "No company is like that" in liaison.get("/en/companies?status=rejected").text
