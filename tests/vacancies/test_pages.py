"""The pages, as a company and a liaison use them: one whole path, the refusals, and the bad input of a bad day."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.access import Role
from portal.core.db import db
from portal.core.outbox import OutboxMessage
from portal.vacancies.models import FairnessFlag, Vacancy, VacancyStatus
from tests.factories import accounts, companies
from tests.support.browser import Browser, Page
from tests.vacancies.conftest import House, Within

V = VacancyStatus
LONG = "a" * 100_000
TYPED = {"siivoo", "many", "qqqq", "Atlantis😀", "31.2.2030", "-5", "plenty", "12.00", "2020-01-01"}
NUL, EMOJI, RTL = "a\x00b", "😀", "\u202eabc"


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def write_all(browser: Browser) -> Page:
    """From a new vacancy to the last step, as a person writes it; in three languages, and with an alternative word."""
    page = browser.submit(
        "/en/company/vacancies/new",
        button="Save and continue",
        title="Cleaner of offices",
        occupation="lokalvårdare",
        description="Offices in the evening.",
        posts="2",
    )
    assert page.h1 == "Skills and languages", page.errors
    page = browser.submit(
        page, button="Save and continue", languages__0__code="suomi", languages__0__level="2", languages__0__must="must"
    )
    assert page.h1 == "Hours and place", page.errors
    page = browser.submit(
        page,
        button="Save and continue",
        municipality="Helsingfors",
        work_site="Esimerkkikatu 1",
        bands=["weekday_evening"],
        hours_min="25",
        hours_max="30",
        contract="permanent",
        starts_on=day(30),
        last_day=day(60),
    )
    assert page.h1 == "Pay and terms", page.errors
    page = browser.submit(
        page,
        button="Save and continue",
        pay_from_cents="12,50",
        agreement="tes_property",
        housing="no",
        equipment="company",
        chain="own",
        for_client="no",
    )
    assert page.h1 == "Check and send", page.errors
    return page


def newest(within: Within) -> Vacancy:
    return within(lambda: db.session.scalar(select(Vacancy).order_by(Vacancy.place.desc())))


def test_a_vacancy_from_the_first_word_to_publishing(
    app: Flask, within: Within, house: House, as_owner: Any, as_liaison: Any
):
    page = write_all(as_owner)
    row = newest(within)
    assert (row.occupation, row.municipality, row.pay_from_cents) == ("cleaner_premises", "091", 1250)
    assert [skill["code"] for skill in row.essential_skills][:2] == ["cleaning_premises", "cleaning_sanitary"]
    assert row.languages == [{"code": "fi", "level": 2, "must": True}]

    refused = as_owner.submit(page, button="Send the vacancy")
    assert refused.status == 422 and "Choose who reads the cards." in refused.text
    page = as_owner.submit(page, button="Send the vacancy", recipients=[str(house.owner)])
    assert "We are reading it." in page.text and "Waits for a liaison" in page.text

    waiting = as_liaison.get("/en/vacancies/all?status=submitted")
    page = as_liaison.get(waiting.links["Cleaner of offices"])
    assert "The pay is checked against the agreement" in page.text and "This field gets a second look" in page.text
    publish = f"/en/vacancies/all/{row.id}/publish"
    assert "A point is undecided" in as_liaison.submit(publish).text
    assert "Nothing is decided yet" in as_liaison.submit(f"/en/vacancies/all/{row.id}/decide").text
    page = as_liaison.submit(
        f"/en/vacancies/all/{row.id}/decide",
        points__0__decision="accepted",
        points__0__reason="12.36 is the floor.",
        points__1__decision="accepted",
        points__1__reason="Read twice.",
    )
    assert page.text.count("Accepted") == 2, page.errors
    assert "must confirm at least one recipient" in as_liaison.submit(publish).text
    as_liaison.submit(f"/en/vacancies/all/{row.id}/recipients", confirmed=[str(house.owner)])
    page = as_liaison.submit(publish)
    assert "Published. It is open to our staff." in page.html

    page = as_owner.get(f"/en/company/vacancies/{row.id}")
    assert "Open to our staff. We contact you if we propose someone; silence means nothing." in page.text


def test_a_step_that_was_passed_empty_is_not_called_done(as_owner: Any):
    page = as_owner.submit("/en/company/vacancies/new", button="Save and continue", title="Cleaner", posts="1")
    assert "Done:" not in page.text  # no occupation, no description
    hours = as_owner.submit(write_all(as_owner).links["Hours and place"], button="Save and continue", bands=[])
    assert hours.h1 == "Pay and terms", hours.errors
    page = as_owner.get(hours.links["Check and send"])
    assert page.text.count("Done:") == 3
    assert "Done: Hours and place" not in page.text and "Tick when the work is done." in page.text


def test_a_returned_vacancy_is_changed_answered_and_sent_again(
    vacancy: Any, fresh: Any, as_owner: Any, as_liaison: Any
):
    made = vacancy(V.SUBMITTED, cash_pay=True)
    page = as_liaison.submit(
        f"/en/vacancies/all/{made.id}/decide", points__1__decision="must_change", points__1__reason="Pay to an account."
    )
    page = as_liaison.submit(f"/en/vacancies/all/{made.id}/return", reason="Pay to an account, please see the point.")
    assert fresh(made).status == V.RETURNED
    page = as_owner.get(f"/en/company/vacancies/{made.id}")
    assert "Pay to an account, please see the point." in page.text and "Must change" in page.text
    page = as_owner.submit(f"/en/company/vacancies/{made.id}/points", points__0__answer="The agreement says 12.36.")
    page = as_owner.submit(f"/en/company/vacancies/{made.id}/pay", button="Save and continue", cash_pay=None)
    assert "The pay is paid in cash" not in page.text
    page = as_owner.submit(f"/en/company/vacancies/{made.id}/check", button="Send the vacancy")
    assert fresh(made).status == V.SUBMITTED, page.errors
    assert "The agreement says 12.36." in as_liaison.get(f"/en/vacancies/all/{made.id}").text


def test_workflow_mail_says_only_that_there_is_news(within: Within, vacancy: Any, as_liaison: Any):
    made = vacancy(V.SUBMITTED)
    as_liaison.submit(f"/en/vacancies/all/{made.id}/return", reason="Write the pay.")
    kinds = within(lambda: list(db.session.scalars(select(OutboxMessage.kind))))
    assert kinds and set(kinds) == {"news"}


def test_only_a_responsible_employer_can_send(app: Flask, within: Within):
    def plain() -> Any:
        company = companies.company(name="Uusi Oy")
        return companies.member(company).id

    browser = Browser(app).sign_in(within(plain))
    page = write_all(browser)
    assert "Only a responsible employer can send a vacancy." in page.text
    recipients = page.form(button="Send the vacancy").findall(".//input[@name='recipients']")
    page = browser.submit(page, button="Send the vacancy", recipients=[recipients[0].get("value")])
    assert page.status == 422 and any("Only a responsible employer" in error for error in page.errors)
    assert newest(within).status == V.DRAFT


def test_a_draft_may_be_incomplete_and_says_what_is_missing_with_links(within: Within, as_owner: Any):
    page = as_owner.submit("/en/company/vacancies/new", button="Save and close", title="Cook", posts="1")
    assert page.h1 == "Cook"
    page = as_owner.get(page.links["Check and send"])
    row = newest(within)
    assert page.links["Write the municipality."] == f"/en/company/vacancies/{row.id}/hours#municipality"
    assert "things are missing" in page.text
    for link in [href for href in page.links.values() if "#" in href and "/company/" in href]:
        path, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in as_owner.get(path).html, link


def test_what_is_missing_is_said_beside_its_field_and_what_was_chosen_is_not_asked_for_again(
    as_owner: Any,
):
    page = as_owner.submit("/en/company/vacancies/new", button="Save and close", title="Cook", posts="1")
    page = as_owner.submit(page.links["Check and send"], button="Send the vacancy")
    assert page.status == 422
    assert page.links["Choose who reads the cards."] == "#recipients-0"
    assert page.html.count("Choose who reads the cards.") == 2, "in the summary and beside the field"
    first = page.form(button="Send the vacancy").find(".//input[@name='recipients']").get("value")
    page = as_owner.submit(page, button="Send the vacancy", recipients=[first, "nobody"])
    assert page.status == 422
    page = as_owner.submit(page, button="Send the vacancy", recipients=[first])
    assert page.status == 422 and "Choose who reads the cards." not in page.text
    assert "Write the municipality." in page.links


def test_a_chosen_occupation_proposes_its_usual_skills_once(within: Within, as_owner: Any):
    page = as_owner.submit(
        "/en/company/vacancies/new", button="Save and continue", title="Cook", occupation="kokki", posts="1"
    )
    proposed = newest(within).essential_skills
    assert proposed and page.fields(page.form(button="Save and continue"))["essential_skills-0-code"]
    page = as_owner.submit(
        page, button="Save and close", essential_skills__0__code="siivoustyö", essential_skills__0__level="3"
    )
    row = newest(within)
    assert row.essential_skills[0] == {"code": "cleaning", "level": 3}
    as_owner.submit(f"/en/company/vacancies/{row.id}/job", button="Save and close", occupation="toimitilahuoltaja")
    assert newest(within).essential_skills[0] == {"code": "cleaning", "level": 3}  # what was edited stays
    page = as_owner.submit(f"/en/company/vacancies/{row.id}/demands", button="Add the usual skills of the occupation")
    assert page.status == 200 and len(page.form(button="Save and close").findall(".//input[@data-look-up]")) > 6
    assert newest(within).essential_skills[0] == {"code": "cleaning", "level": 3}


@pytest.mark.parametrize(
    "bad",
    [
        ("job", "title", "", "Write the title"),
        ("job", "title", LONG, "This text has 100000 characters. Shorten it to 120."),
        ("job", "title", NUL, "hidden characters"),
        ("job", "description", RTL, "hidden characters"),
        ("job", "occupation", "siivoo", "We do not know “siivoo”. Did you mean"),
        ("job", "occupation", LONG, "We do not know “" + "a" * 40 + "…”"),
        ("job", "posts", "many", "Write a whole number"),
        ("job", "posts", "0", "Write a number from 1 to 99."),
        ("demands", "essential_skills-0-code", "qqqq", "We do not know “qqqq”. Try another word"),
        ("demands", "essential_skills-0-level", "9", "Choose one of the list."),
        ("demands", "essential_skills-0-level", "", "Choose the level."),
        ("demands", "languages-0-level", "7", "Choose one of the list."),
        ("demands", "languages-0-must", "perhaps", "Choose one of the list."),
        ("hours", "municipality", "Atlantis" + EMOJI, "“Atlantis😀” is not a Finnish municipality. Write"),
        ("hours", "starts_on", "2020-01-01", "This day has passed. Choose today or a later day."),
        ("hours", "last_day", "31.2.2030", "Write the day with numbers, for example 3.12.2026."),
        ("hours", "hours_max", "3", "The most hours are fewer than the least."),
        ("hours", "hours_min", "-5", "Write a whole number"),
        ("hours", "contract", "slavery", "Choose one of the list."),
        ("hours", "bands", "sunday", "Choose one of the list."),
        ("pay", "pay_from_cents", "plenty", "Write the sum as a number, for example 12.50"),
        ("pay", "pay_to_cents", "12.00", "The highest pay is below the lowest."),
        ("pay", "pay_from_cents", "1250", "or choose the other unit."),
        ("pay", "agreement", "tes_unknown", "Choose one of the list."),
        ("pay", "agreement", "other", "Write the name of the other agreement below."),
        ("check", "recipients", str(uuid4()), "Choose one of the list."),
    ],
)
def test_bad_input_gets_a_sentence_keeps_what_was_typed_and_saves_nothing(
    vacancy: Any, fresh: Any, as_owner: Any, bad: tuple[str, str, str, str]
):
    step, field, value, sentence = bad
    made = vacancy(V.DRAFT)
    path = f"/en/company/vacancies/{made.id}/{step}"
    form = as_owner.get(path).form(button="Save and close")
    values = as_owner.get(path).fields(form)
    values.poplist(field)
    values.add(field, value)
    page = as_owner.post(path, {**values.to_dict(flat=False), "do": "close"})
    assert page.status == 422 and sentence in page.text, (page.status, page.errors, page.text[:300])
    assert fresh(made).version == made.version
    if value in TYPED:
        assert value in page.html


def test_what_is_wrong_with_two_fields_alike_names_them_above(vacancy: Any, as_owner: Any):
    path = f"/en/company/vacancies/{vacancy(V.DRAFT).id}/hours"
    page = as_owner.submit(path, button="Save and close", starts_on="2020-01-01", last_day="2020-02-01", hours_min="-5")
    assert page.errors == [
        "Write a whole number, for example 3.",
        "First day at work: This day has passed. Choose today or a later day.",
        "Open until: This day has passed. Choose today or a later day.",
    ]


def test_a_posted_field_the_form_lacks_is_refused(vacancy: Any, fresh: Any, as_owner: Any):
    made = vacancy(V.DRAFT)
    path = f"/en/company/vacancies/{made.id}/job"
    page = as_owner.get(path)
    values = page.fields(page.form(button="Save and close"))
    refused = as_owner.post(path, {**values.to_dict(flat=False), "status": "published"})
    assert refused.status == 422 and "a field it does not have" in refused.text
    assert fresh(made).status == V.DRAFT


def test_the_same_form_twice_has_one_effect(within: Within, as_owner: Any):
    page = as_owner.get("/en/company/vacancies/new")
    values = {
        **page.fields(page.form(button="Save and close")).to_dict(),
        "title": "Only once",
        "posts": "1",
        "do": "close",
    }
    first, second = (
        as_owner.post("/en/company/vacancies/new", values),
        as_owner.post("/en/company/vacancies/new", values),
    )
    assert first.url == second.url
    assert within(lambda: len(list(db.session.scalars(select(Vacancy).where(Vacancy.title == "Only once"))))) == 1


def test_two_tabs_show_both_versions_in_words(vacancy: Any, fresh: Any, as_owner: Any):
    made = vacancy(V.DRAFT)
    path = f"/en/company/vacancies/{made.id}/demands"
    old = as_owner.get(path)
    as_owner.submit(path, button="Save and close", essential_skills__0__level="4")
    page = as_owner.submit(old, button="Save and close", essential_skills__0__level="3")
    assert page.status == 422 and "Someone changed this while you were writing" in page.text
    assert "teaches others" in page.text and "cleaning_premises" not in page.text
    assert fresh(made).essential_skills[0]["level"] == 4
    page = as_owner.submit(page, button="Save and close")
    assert fresh(made).essential_skills[0]["level"] == 3


def test_the_same_skill_twice_and_a_skill_in_both_lists_are_refused(vacancy: Any, as_owner: Any):
    path = f"/en/company/vacancies/{vacancy(V.DRAFT).id}/demands"
    page = as_owner.submit(path, button="Save and close", essential_skills__1__code="cleaning_premises")
    assert any("is here twice" in error for error in page.errors)
    page = as_owner.submit(path, button="Save and close", optional_skills__0__code="cleaning_premises")
    assert any("is essential and good to have" in error for error in page.errors)


def test_rows_are_added_and_removed_without_script_and_keep_what_was_typed(vacancy: Any, fresh: Any, as_owner: Any):
    made = vacancy(V.DRAFT)
    page = as_owner.get(f"/en/company/vacancies/{made.id}/demands")
    form = page.form(button="Save and close")
    values = {**page.fields(form).to_dict(), "essential_skills-1-code": "siivoo", "remove": "essential_skills-0"}
    page = as_owner.post(page.url, values)
    assert page.status == 200 and 'value="siivoo"' in page.html
    assert len(fresh(made).essential_skills) == 2


def test_a_licence_needs_no_level(vacancy: Any, fresh: Any, as_owner: Any):
    made = vacancy(V.DRAFT)
    page = as_owner.submit(
        f"/en/company/vacancies/{made.id}/demands",
        button="Save and close",
        essential_skills__0__code="hygieniapassi",
        essential_skills__0__level="",
    )
    assert page.h1 == made.title, page.errors
    assert fresh(made).essential_skills[0] == {"code": "hygiene_passport", "level": 1}
    assert "hygiene passport:" not in page.text.lower()


def masked(page: Page) -> str:
    """Without the id in its own address (the language links) and the token of the form."""
    html = page.html.replace(page.url.split("/")[4].split("?")[0], "")
    return re.sub(r'name="csrf_token" value="[^"]+"', "", html)


def test_another_company_and_an_absent_vacancy_look_the_same(app: Flask, within: Within, vacancy: Any):
    stranger = Browser(app).sign_in(within(lambda: companies.member(companies.company()).id))
    made = vacancy(V.DRAFT)
    for tail in ("", "/job", "/demands", "/hours", "/pay", "/check", "/recipients", "/points"):
        foreign = stranger.get(f"/en/company/vacancies/{made.id}{tail}")
        absent = stranger.get(f"/en/company/vacancies/{uuid4()}{tail}")
        assert foreign.status == absent.status == 404
        assert masked(foreign) == masked(absent)


def test_staff_never_see_a_draft(vacancy: Any, as_liaison: Any):
    made = vacancy(V.DRAFT, title="Secret draft")
    assert as_liaison.get(f"/en/vacancies/all/{made.id}").status == 404
    assert "Secret draft" not in as_liaison.get("/en/vacancies/all").text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.COACH, Role.ADMINISTRATOR])
def test_only_a_liaison_decides(app: Flask, within: Within, vacancy: Any, fresh: Any, role: Role):
    made = vacancy(V.SUBMITTED)
    browser = Browser(app).sign_in(within(lambda: accounts.account(role).id))
    for tail in ("decide", "recipients", "return", "publish", "pause"):
        assert browser.get(f"/en/vacancies/all/{made.id}/{tail}").status == 403
    assert browser.get(f"/en/vacancies/all/{made.id}").status == (200 if role == Role.OFFICER else 403)


def test_a_decision_needs_a_reason(within: Within, vacancy: Any, as_liaison: Any):
    made = vacancy(V.SUBMITTED)
    page = as_liaison.submit(f"/en/vacancies/all/{made.id}/decide", points__0__decision="accepted")
    assert page.status == 422 and any("Write the reason for the decision." in error for error in page.errors)
    assert within(lambda: db.session.scalar(select(FairnessFlag))) is None


def test_the_public_list_holds_only_what_is_open_and_ticked(app: Flask, vacancy: Any):
    shown, hidden = vacancy(public=True, title="Shown job"), vacancy(title="Hidden job")
    paused = vacancy(V.PAUSED, public=True, title="Paused job")
    visitor = Browser(app)
    page = visitor.get("/sv/vacancies")
    assert "Shown job" in page.text and "Hidden job" not in page.text and "Paused job" not in page.text
    assert "12,50" in visitor.get(f"/sv/vacancies/{shown.id}").text
    assert [visitor.get(f"/en/vacancies/{one.id}").status for one in (hidden, paused)] == [404, 404]


def test_changing_recipients_of_an_open_vacancy_waits_for_a_liaison(
    within: Within, house: House, vacancy: Any, as_owner: Any, as_liaison: Any
):
    made = vacancy()
    page = as_owner.submit(
        f"/en/company/vacancies/{made.id}/recipients", recipients=[str(house.owner), str(house.colleague)]
    )
    assert "Riku Recruiter Waits for a liaison" in page.text
    page = as_owner.submit(f"/en/company/vacancies/{made.id}/recipients", recipients=[])
    assert any("Choose at least one person." in error for error in page.errors)
    page = as_liaison.submit(
        f"/en/vacancies/all/{made.id}/recipients", confirmed=[str(house.owner), str(house.colleague)]
    )
    assert page.text.count("Confirmed") == 2


def test_a_company_pauses_opens_and_ends(vacancy: Any, fresh: Any, as_owner: Any):
    made = vacancy()
    path = f"/en/company/vacancies/{made.id}"
    assert "Paused." in as_owner.submit(path, button="Pause the vacancy").text
    assert "Open to our staff." in as_owner.submit(path, button="Open it again").text
    assert "Filled." in as_owner.submit(path, button="It is filled").text
    assert fresh(made).status == V.FILLED


@pytest.mark.parametrize("status", [str(value) for value in V])
def test_every_state_has_its_page_for_both_sides(vacancy: Any, as_owner: Any, as_liaison: Any, status: str):
    made = vacancy(status)
    assert as_owner.get(f"/fi/company/vacancies/{made.id}").status == 200
    assert as_liaison.get(f"/fi/vacancies/all/{made.id}").status == (404 if status == V.DRAFT else 200)


def test_lists_page_by_key_and_filter(vacancy: Any, as_liaison: Any, as_owner: Any):
    for number in range(55):
        vacancy(title=f"Työ {number:02d}")
    page = as_liaison.get("/en/vacancies/all")
    assert "Työ 54" in page.text and "Työ 00" not in page.text
    assert "Työ 00" in as_liaison.get(page.links["Next page"]).text
    found = as_liaison.get("/en/vacancies/all?q=TYÖ 07&status=published")
    assert "Työ 07" in found.text and "Työ 08" not in found.text
    assert "No vacancy is like that" in as_liaison.get("/en/vacancies/all?q=kirjanpitäjä").text
    assert "Työ 54" in as_owner.get("/en/company/vacancies").text
