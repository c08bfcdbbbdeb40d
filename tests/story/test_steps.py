"""Seven jobs, done as people do them: each costs as many pages and controls as the README says.

Whoever has an account is signed in already, knows the way, and begins at the start page, which counts. What a job needs
beforehand was made through the services. A page that is added fails here until it is written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from portal.companies.models import CompanyStatus
from portal.core import clock
from portal.core.access import Role
from portal.core.db import transaction
from portal.home import welcome
from portal.introductions.models import IntroductionStatus
from tests.factories import candidates, companies, events, introductions, standing
from tests.factories.accounts import account
from tests.story.steps import House, Steps, Walker, written_down

START = "/en/start"
SKILLS = (
    "routine cleaning of premises", "vacuuming and mopping", "waste sorting", "keeping a kitchen clean", "dishwashing",
    "food hygiene", "laundry work", "customer service",
)  # fmt: skip
LANGUAGES = (("Finnish", "B1"), ("English", "B2"), ("Arabic", "C2"))


@pytest.fixture(scope="module")
def walker(house: House, chromium_browser: Browser) -> Iterator[Walker]:
    person = Walker(chromium_browser, house)
    yield person
    person.leave()


@pytest.fixture(scope="module")
def table() -> dict[str, Steps]:
    return written_down()


def test_an_attendee_signs_up(house: House, walker: Walker, table: dict[str, Steps]) -> None:
    with house.app.app_context(), transaction():
        event_id = events.event().id
    walker.begin(f"/en/events/{event_id}")
    walker.write("Name", "Siv Strand").write("E-mail", "siv@posti.example").choose("Your role", "Other")
    walker.press("Sign up").sees("Check your mail")
    walker.open_mail("siv@posti.example", "").press("Confirm my sign-up").sees("You have a seat")
    assert walker.steps == table["An attendee signs up"]


def test_a_company_registers(house: House, walker: Walker, table: dict[str, Steps]) -> None:
    walker.begin("/en/").follow("Register your company")
    walker.write("Business ID", "1234567-1").write("Name of the company", "Lumikello Oy")
    walker.choose("Industry", "Food and beverage service activities").choose("Municipality", "Vantaa")
    walker.write("Contact person", "Aino Lehtovirta").write("E-mail", "aino@lumikello.example")
    walker.press("Register the company").open_mail("aino@lumikello.example", "").press("Confirm the address")
    walker.write("New password", "sininen portaikko kesä rumpali").press("Set up the account")
    walker.sees("Lumikello Oy")
    assert walker.steps == table["A company registers"]


def test_a_company_posts_a_vacancy(house: House, walker: Walker, table: dict[str, Steps]) -> None:
    with house.app.app_context(), transaction():
        _company, owner = standing.responsible_company()
        cookie, name = house.cookie_of(owner), owner.display_name
    walker.begin(START, cookie).follow("New vacancy")
    walker.write("Title", "Cleaner, mornings").write("Occupation", "office cleaner")
    walker.write("What the work is", "You clean two schools.").write("How many people you look for", "2")
    walker.press("Save and continue")
    languages = walker.group("Languages")
    walker.write("Language 1", "Finnish", languages).choose("At least 1", "A2", languages).press("Save and continue")
    walker.write("Municipality", "Vantaa").write("Workplace", "Schools of Tikkurila")
    walker.tick("Weekdays, daytime", walker.group("When the work is done"))
    walker.write("Hours a week, at least", "30").write("Hours a week, at most", "37")
    walker.pick("Contract", "Until further notice")
    walker.write("First day at work", (clock.today() + timedelta(days=45)).isoformat())
    walker.write("Open until", (clock.today() + timedelta(days=75)).isoformat()).press("Save and continue")
    walker.pick("The pay is", "an hour").write("Pay, from", "13.50")
    walker.choose("Collective agreement", "Property services and cleaning")
    walker.pick("Housing", "We offer no housing")
    walker.pick("Tools, work clothes and protective equipment", "The company provides and pays it")
    walker.pick("How the work is arranged", "In our own service, under our own direction")
    walker.pick("Does the work have a client?", "No").press("Save and continue")
    walker.tick(name, walker.group("Who reads the cards")).press("Send the vacancy")
    walker.sees("We are reading it. You usually hear within two working days.")
    assert walker.steps == table["A company posts a vacancy"]


def test_a_liaison_vets_a_company(house: House, walker: Walker, table: dict[str, Steps]) -> None:
    with house.app.app_context(), transaction():
        company = companies.company(CompanyStatus.APPLIED)
        owner = companies.member(company)
        cookie, name = house.cookie_of(account(Role.LIAISON)), company.name
        who = owner.display_name
    walker.begin(START, cookie).go(walker.page.get_by_role("link", name=f"Vet {name}"))
    walker.press("Take into review").unfold(f"Record the right of {who}")
    walker.pick("How it was shown", "Signs for the company in the trade register")
    walker.write("What you saw", "Extract of the trade register, today").press("Record the right to act")
    walker.unfold("Record evidence")
    shows = walker.group("What it shows")
    for label in shows.locator("label").all_inner_texts():
        walker.tick(label, shows)
    walker.write("Day of the document", clock.today().isoformat()).press("Record evidence")
    walker.press("Approve the company").sees("Approved")
    assert walker.steps == table["A liaison vets a company"]


def test_an_officer_records_a_candidate(house: House, walker: Walker, table: dict[str, Steps]) -> None:
    """With 8 skills and 3 languages, until the consent to matching is recorded and the file is active."""
    with house.app.app_context(), transaction():
        officer = candidates.officer(candidates.programme())
        welcome.put_away(officer)
        cookie = house.cookie_of(officer)
    walker.begin(START, cookie).follow("Open a new file")
    walker.write("Name, as in the register", "Dana Esimerkki").write("Telephone", "+358400001234")
    walker.press("Save and go on").pick("How may we reach you?", "A call").write("When", "weekdays 10–14")
    walker.write("In which language", "Arabic").press("Save and go on")
    skills, languages = walker.group("Skills"), walker.group("Languages")
    for number, skill in enumerate(SKILLS, start=1):
        walker.write(f"Skill {number}", skill, skills).choose(f"Level {number}", "does alone", skills)
    for number, (language, level) in enumerate(LANGUAGES, start=1):
        walker.write(f"Language {number}", language, languages).choose(f"Level {number}", level, languages)
    walker.write("Work 1", "office cleaner", walker.group("Work wished for")).write("Lives in", "Vantaa")
    walker.tick("Weekdays, daytime", walker.group("When"))
    walker.write("Hours a week, at least", "20").write("Hours a week, at most", "38")
    walker.pick("Has the right to work in Finland", "Yes")
    walker.tick("We read the whole profile through together today").press("Save and go on")
    walker.write("Notes on safety", "No night work.").press("Save and go on")
    walker.pick("Consent to", "Looking for matches").pick("Answer", "Agreed").pick("How", "Said aloud")
    walker.write("In which language", "Arabic")
    walker.write("Until", (clock.today() + timedelta(days=365)).isoformat()).press("Record the answer")
    walker.press("Make the file active").sees("Active", "laundry")
    assert walker.steps == table["An officer records a candidate (8 skills, 3 languages)"]


def test_an_officer_proposes(house: House, walker: Walker, table: dict[str, Steps]) -> None:
    """From the list of matches to the card with the company, the consent to the card in between."""
    with house.app.app_context(), transaction():
        cookie = house.cookie_of(introductions.world().officer)
    walker.begin(START, cookie).menu("Vacancies")
    walker.go(walker.page.get_by_role("link", name="Look for matches")).follow("Draft an introduction")
    walker.tick("At least one asked skill").press("Freeze it and open the sheet for the talk")
    walker.follow("Record the answer").pick("What did the candidate answer?", "Yes")
    walker.pick("How was it given?", "On paper").choose("In which language did you talk?", "Finnish")
    walker.tick("I said it").press("Record the answer").press("Offer the card").sees("Offered")
    assert walker.steps == table["An officer proposes"]


def test_a_second_person_releases(house: House, walker: Walker, table: dict[str, Steps]) -> None:
    with house.app.app_context(), transaction():
        world = introductions.world()
        introductions.introduction(world, IntroductionStatus.CONSENTED)
        cookie = house.cookie_of(world.liaison)
    walker.begin(START, cookie).go(walker.page.get_by_role("link", name="A release waits for a second person"))
    walker.press("Release the details").sees("Released. The named recipients have news.")
    assert walker.steps == table["A second person releases"]
