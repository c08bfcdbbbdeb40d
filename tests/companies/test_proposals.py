"""A company's own edits after vetting: they wait for a liaison, and until then the old and the proposed both count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.companies import former, likenesses, proposals
from portal.companies import services as companies
from portal.companies.models import Company, CompanyStatus, FormerDetail, ProposedChange
from portal.core import clock
from portal.core.audit import AuditEntry
from portal.core.db import db
from tests.factories import candidates as candidates_of
from tests.factories import companies as factories
from tests.support.browser import Browser

EDIT, SAVE = "/en/company/edit", "Save the details"


def company_of(made):
    return db.session.get_one(Company, made.company)


def verbs(within, made):
    query = select(AuditEntry.verb).where(AuditEntry.subject_id == str(made.company)).order_by(AuditEntry.seq)
    return [verb for verb in within(lambda: list(db.session.scalars(query))) if verb.startswith("company.change")]


@pytest.fixture
def people(app, case):
    made = case(name="Vanha Oy", contact_name="Vanha Kontakti", phone="+358401111111")
    return made, Browser(app).sign_in(made.owner), Browser(app).sign_in(made.liaison)


@pytest.mark.parametrize("status", [CompanyStatus.IN_REVIEW, CompanyStatus.APPROVED, CompanyStatus.SUSPENDED])
def test_what_identifies_waits_and_the_rest_is_saved_at_once(app, within, case, status):
    made = case(status, name="Vanha Oy")
    owner = Browser(app).sign_in(made.owner)
    page = owner.submit(EDIT, button=SAVE, name="Uusi Oy", website="www.uusi.fi", municipality="049", language="sv")
    assert page.h1 == "Vanha Oy" and "Waiting for our check" in page.text and "Uusi Oy" in page.text
    company = within(lambda: company_of(made))
    assert (company.name, company.website, company.municipality, company.language) == (
        "Vanha Oy", "https://www.uusi.fi", "049", "sv",
    )  # fmt: skip
    assert 'value="Uusi Oy"' in owner.get(EDIT).html, "the form shows what was last written"


def test_while_it_is_applied_everything_is_saved_at_once(app, within, case):
    made = case(CompanyStatus.APPLIED, name="Vanha Oy")
    page = Browser(app).sign_in(made.owner).submit(EDIT, button=SAVE, name="Uusi Oy", contact_name="Uusi Kontakti")
    assert page.h1 == "Uusi Oy" and "Waiting for our check" not in page.text
    assert within(lambda: company_of(made)).contact_name == "Uusi Kontakti"


def test_until_it_is_decided_old_and_proposed_both_count(within, people):
    made, owner, liaison = people
    owner.submit(EDIT, button=SAVE, contact_name="Uusi Kontakti", industry="56", name="Uusi Oy")
    behind = within(lambda: companies.people_behind(made.company))
    assert {"Vanha Kontakti", "Uusi Kontakti", "Vanha Oy", "Uusi Oy"} <= set(behind)
    assert {"I", "56"} <= within(lambda: companies.sectors_of(company_of(made)))
    liaison.submit(f"/en/companies/{made.company}/change", button="Confirm the change")
    assert within(lambda: company_of(made).industries) == ("56",)
    assert "Vanha Kontakti" in within(lambda: companies.people_behind(made.company)), "it stays as a former contact"


@pytest.mark.parametrize(
    ("limit", "change"),
    [
        ({"blocked_persons": ("Rauno Raittila",)}, {"contact_name": "Raittila Rauno"}),
        ({"blocked_persons": ("Vanha Kontakti",)}, {"contact_name": "Uusi Kontakti"}),
        ({"blocked_outside": ("Pimeä Siivous",)}, {"name": "Pimeä Siivous Oy"}),
        ({"blocked_outside": ("Vanha",)}, {"name": "Uusi Oy"}),
        ({"excluded_sectors": frozenset({"56"})}, {"industry": "56"}),
    ],
)
@pytest.mark.parametrize("decision", ["waits", "confirmed"])
def test_p4_no_edit_is_a_way_out_of_a_limit(within, people, limit, change, decision):
    made, owner, liaison = people
    candidate = within(lambda: candidates_of.candidate(candidates_of.officer(candidates_of.programme()), safety=limit))
    owner.submit(EDIT, button=SAVE, **change)
    if decision == "confirmed":
        liaison.submit(f"/en/companies/{made.company}/change", button="Confirm the change")

    def blocked():
        behind = candidates.behind({1: ([company_of(made)], [])})[1]
        return candidates.blocked_among([candidate], behind)

    assert within(blocked) == {candidate}


def test_a_liaison_is_told_and_confirms_what_stands_side_by_side(within, people, mailbox):
    made, owner, liaison = people
    owner.submit(EDIT, button=SAVE, name="Uusi Oy", phone="040 222 2222")
    emails = within(lambda: [db.session.get_one(Account, one).email for one in (made.liaison, made.owner)])
    assert [one.kind for one in mailbox.to(emails[0])] == ["news"]
    assert "Look at a change: Vanha Oy" in liaison.get("/en/start").text
    page = liaison.get(f"/en/companies/{made.company}")
    assert page.h1 == "Vanha Oy" and "proposes other details" in page.text
    page = liaison.get(f"/en/companies/{made.company}/change")
    for part in ("Vanha Oy", "Uusi Oy", "+358 40 1111111", "+358 40 2222222"):
        assert part in page.text
    assert "Industry" not in page.text, "only what differs"
    page = liaison.submit(page, button="Confirm the change")
    assert page.h1 == "Uusi Oy" and "Proposed change confirmed" in page.text
    assert "Look at a change" not in liaison.get("/en/start").text
    [mail] = mailbox.to(emails[1])
    assert mail.kind == "news" and "Uusi" not in mail.text and "Vanha" not in mail.subject
    assert "We confirmed your change" in owner.get("/en/company").text
    assert verbs(within, made) == ["company.change_proposed", "company.change_confirmed"]
    assert within(lambda: company_of(made).sort_key).startswith("uusi oy")


def test_it_is_turned_back_with_a_reason_that_the_company_reads(within, people):
    made, owner, liaison = people
    owner.submit(EDIT, button=SAVE, name="Uusi Oy")
    path = f"/en/companies/{made.company}/change"
    page = liaison.submit(path, button="Turn the change back")
    assert page.status == 422 and "Write what is wrong with the change" in page.text
    liaison.submit(path, button="Turn the change back", reason="The trade register has another name.")
    page = owner.get("/en/company")
    assert page.h1 == "Vanha Oy" and "The trade register has another name." in page.text
    assert "Waiting for our check" not in page.text
    assert within(lambda: company_of(made).change_waits_since) is None
    assert verbs(within, made)[-1] == "company.change_turned_back"
    assert "No change is waiting" in liaison.get(path).text


def test_a_second_proposal_replaces_the_first_and_both_contacts_count(within, people):
    made, owner, _liaison = people
    owner.submit(EDIT, button=SAVE, contact_name="Ensin Ehdotettu")
    owner.submit(EDIT, button=SAVE, contact_name="Sitten Ehdotettu")
    owner.submit(EDIT, button=SAVE, website="www.muu.fi")
    rows = within(lambda: [(row.contact_name, row.outcome) for row in db.session.scalars(select(ProposedChange))])
    assert sorted(rows) == [("Ensin Ehdotettu", "replaced"), ("Sitten Ehdotettu", "")]
    assert {"Ensin Ehdotettu", "Sitten Ehdotettu"} <= set(within(lambda: companies.people_behind(made.company)))
    assert verbs(within, made) == ["company.change_proposed", "company.change_replaced", "company.change_proposed"]


def test_the_company_takes_it_back_on_a_page_or_by_writing_what_holds(within, people):
    made, owner, liaison = people
    owner.submit(EDIT, button=SAVE, name="Uusi Oy")
    page = owner.submit("/en/company/change", button="Take the change back")
    assert page.h1 == "Vanha Oy" and "Waiting for our check" not in page.text
    owner.submit(EDIT, button=SAVE, name="Uusi Oy")
    page = owner.submit(EDIT, button=SAVE, name="Vanha Oy")
    assert "Waiting for our check" not in page.text
    assert "Look at a change" not in liaison.get("/en/start").text
    assert "No change is waiting" in owner.get("/en/company/change").text
    assert [verb for verb in verbs(within, made) if verb.endswith("taken_back")] == ["company.change_taken_back"] * 2


def test_a_stale_decision_is_not_taken(within, people):
    made, owner, liaison = people
    owner.submit(EDIT, button=SAVE, name="Uusi Oy")
    read = liaison.get(f"/en/companies/{made.company}/change")
    owner.submit(EDIT, button=SAVE, name="Salakavala Oy")
    page = liaison.submit(read, button="Confirm the change")
    assert page.status == 422 and "Salakavala Oy" in page.text
    assert within(lambda: company_of(made).name) == "Vanha Oy"
    assert liaison.submit(page, button="Confirm the change").h1 == "Salakavala Oy"


def test_a_stale_edit_shows_what_a_colleague_proposed(app, within, people):
    made, owner, _liaison = people
    mine = owner.get(EDIT)
    Browser(app).sign_in(made.owner).submit(EDIT, button=SAVE, name="Kollega Oy")
    page = owner.submit(mine, button=SAVE, name="Oma Oy")
    assert page.status == 422 and "Kollega Oy" in page.text and 'value="Oma Oy"' in page.html
    owner.submit(page, button=SAVE)
    assert within(lambda: proposals.waiting(company_of(made)).name) == "Oma Oy"


def test_the_same_form_twice_has_one_effect(app, within, people):
    _made, owner, _liaison = people
    page = owner.get(EDIT)
    for _time in range(2):
        owner.submit(page, button=SAVE, name="Uusi Oy", follow=False)
    assert len(within(lambda: list(db.session.scalars(select(ProposedChange.id))))) == 1


def test_a_recruiter_neither_proposes_nor_takes_back(app, within, people):
    made, owner, _liaison = people
    owner.submit(EDIT, button=SAVE, name="Uusi Oy")
    recruiter = Browser(app).sign_in(within(lambda: factories.member(company_of(made), "recruiter").id))
    assert recruiter.get("/en/company/change").status == 403
    page = recruiter.get("/en/company")
    assert "Waiting for our check" in page.text and "Take the change back" not in page.text


def test_nothing_is_approved_while_a_change_waits(app, within, case):
    made = case(CompanyStatus.IN_REVIEW, vetted=True)
    owner, liaison = Browser(app).sign_in(made.owner), Browser(app).sign_in(made.liaison)
    owner.submit(EDIT, button=SAVE, contact_name="Uusi Kontakti")
    path = f"/en/companies/{made.company}/approve"
    page = liaison.submit(path, button="Approve the company")
    assert page.status == 422 and "proposed other details" in page.text
    liaison.submit(f"/en/companies/{made.company}/change", button="Confirm the change")
    assert liaison.submit(path, button="Approve the company").status == 200
    assert within(lambda: company_of(made).status) == CompanyStatus.APPROVED


def test_a_proposed_and_a_former_number_suggest_one_group(within, case, people):
    _made, owner, _liaison = people
    other = case(phone="+358402222222")

    def shared():
        return within(lambda: [one.phones for one in likenesses.suggestions(company_of(other))])

    assert shared() == []
    owner.submit(EDIT, button=SAVE, phone="040 222 2222")
    assert shared() == [("+358402222222",)]
    owner.submit("/en/company/change", button="Take the change back")
    assert shared() == [("+358402222222",)], "a number once written down is not forgotten by taking it back"


@pytest.mark.parametrize("how", ["renamed", "deactivated", "contact", "company"])
def test_former_names_count_for_the_period_and_no_longer(app, within, case, how):
    made = case(CompanyStatus.APPLIED, name="Entinen Nimi Oy", contact_name="Entinen Kontakti")
    member = within(lambda: factories.member(company_of(made), display_name="Entinen Jäsen").id)
    owner = Browser(app).sign_in(made.owner)
    if how == "renamed":
        Browser(app).sign_in(member).submit("/en/account/details", button="Save", display_name="Toinen Nimi")
    elif how == "deactivated":
        owner.submit(f"/en/company/colleagues/{member}/remove", button="Remove the colleague")
    else:
        field = {"contact": "contact_name", "company": "name"}[how]
        owner.submit(EDIT, button=SAVE, **{field: "Toinen Nimi"})
    gone = {"contact": "Entinen Kontakti", "company": "Entinen Nimi Oy"}.get(how, "Entinen Jäsen")
    assert gone in within(lambda: companies.people_behind(made.company))
    rows = 0 if how == "deactivated" else 1
    assert len(within(lambda: former.details_of([made.company]))) == rows

    with clock.travel(clock.now() + timedelta(days=5 * 365 + 1)):
        assert gone not in within(lambda: companies.people_behind(made.company))
        assert within(former.forget_old) == rows
    assert within(lambda: list(db.session.scalars(select(FormerDetail.value)))) == []
