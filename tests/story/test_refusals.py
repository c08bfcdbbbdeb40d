"""What the portal refuses, in English, on the demonstration: a clear sentence, and nothing done."""

from __future__ import annotations

import pytest

from portal.accounts.signing_in import WRONG
from seeds.demo import cast
from seeds.demo.companies import business_id
from tests.story.conftest import Meet
from tests.story.demonstration import sign_in
from tests.story.people import Person
from tests.support.server import Server, link_in

NO_PAGE = "There is no such page"
SECOND_PERSON = "A second person releases this: a liaison, or a case officer who took no part in it."


def introduction_in(person: Person, status: str) -> Person:
    """The first introduction in this state, found by the filter of the list."""
    person.menu("Introductions").choose("State", status).press("Show")
    return person.go(person.page.locator("th a").first)


@pytest.mark.parametrize("email", [cast.AINO, "nobody@kuuralinna.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(
    demo_server: Server, meet: Meet, email: str
) -> None:
    person: Person = meet(demo_server, "en")
    person.open("/en/sign-in").write("E-mail", email).write("Password", "not my password at all").press("Sign in")
    assert person.errors == [WRONG]
    assert person.page.evaluate("document.activeElement.className").split()[0] == "summary"
    assert person.labelled("E-mail").input_value() == email
    assert person.labelled("Password").input_value() == ""


def test_an_officer_cannot_release_what_they_drafted_and_a_liaison_can(demo_server: Server, meet: Meet) -> None:
    elina, petri, helmi = (meet(demo_server, "en") for _ in range(3))
    introduction_in(sign_in(elina, cast.ELINA), "Waits for release").sees("You cannot do it yourself.")
    here = elina.path
    elina.open(f"{here}/release").sees(SECOND_PERSON)
    assert elina.page.get_by_role("button", name="Release the details").count() == 0
    sign_in(helmi, cast.HELMI).menu("Introductions")
    helmi.does_not_see("Details until")

    sign_in(petri, cast.PETRI).open(f"{here}/release").press("Release the details")
    petri.sees("Released. The named recipients have news.")
    petri.back()  # there is nothing to press a second time
    assert petri.page.get_by_role("button", name="Release the details").count() == 0
    helmi.menu("Introductions").sees("Details until")


def test_a_recruiter_who_is_not_named_does_not_find_the_card(demo_server: Server, meet: Meet) -> None:
    aino, joonas = meet(demo_server, "en"), meet(demo_server, "en")
    sign_in(aino, cast.AINO).menu("Introductions").go(aino.page.locator("th a").first)
    assert aino.heading.startswith("Card")
    sign_in(joonas, cast.JOONAS).menu("Introductions").sees("No cards have been offered to you")
    joonas.open(aino.path)
    assert joonas.heading == NO_PAGE
    joonas.open("/en/cards/00000000-0000-4000-8000-000000000000")
    assert joonas.heading == NO_PAGE


def test_a_company_without_standing_writes_and_cannot_send(demo_server: Server, meet: Meet) -> None:
    sampo: Person = meet(demo_server, "en")
    sign_in(sampo, cast.SAMPO).sees("One requirement is missing", "Tax debt")
    sampo.follow("New vacancy").write("Title", "Window cleaner").write("How many people you look for", "1")
    sampo.press("Save and close").follow("Check and send").press("Send the vacancy")
    assert sampo.errors == [
        "Only a responsible employer can have an open vacancy. Look at what is missing from the standing.",
        "Choose who reads the cards.",
    ], sampo.errors
    sampo.menu("Vacancies").follow("Window cleaner").sees("Draft")


def test_a_session_that_ends_in_the_middle_of_a_form_keeps_what_was_written(demo_server: Server, meet: Meet) -> None:
    timo, elsewhere = meet(demo_server, "en"), meet(demo_server, "en")
    sign_in(timo, cast.TIMO).menu("Vacancies").follow("New vacancy")
    timo.write("Title", "Night baker").write("How many people you look for", "2")
    sign_in(elsewhere, cast.TIMO).follow("Timo Tuohinen", elsewhere.page.locator(".who"))
    elsewhere.press("Sign out everywhere")

    timo.press("Save and close").sees("Your session ended while you were writing")
    timo.write("E-mail", cast.TIMO).write("Password", cast.PASSWORD).press("Sign in")
    timo.sees("You were writing something").press("Send it now")
    timo.menu("Vacancies").sees("Night baker")


def test_a_link_works_once(demo_server: Server, meet: Meet) -> None:
    kaarlo, address = meet(demo_server, "en"), "kaarlo@lumme.example"
    kaarlo.open("/en/register").write("Business ID", "1234567-8").press("Register the company")
    assert "Business ID" in kaarlo.errors[0], kaarlo.errors
    kaarlo.write("Business ID", business_id(8901234))
    kaarlo.write("Name of the company", "Lumme Oy").choose("Municipality", "Vantaa")
    kaarlo.labelled("Industry").select_option(index=3)
    kaarlo.write("Contact person", "Kaarlo Lumme").write("E-mail", address)
    kaarlo.pick("Language of our messages", "English").press("Register the company")
    kaarlo.sees("Check your mail")
    link = link_in(demo_server.post.take(address, "Confirm"), demo_server.base_url)
    kaarlo.open(link).press("Confirm the address").sees("Set up your account")
    second: Person = meet(demo_server, "en")
    second.open(link).sees("This link no longer works", "It has been used, or its time has ended.")
    assert second.page.get_by_role("main").get_by_role("button").count() == 0


def test_a_candidate_says_no_and_the_company_never_knows_there_was_a_question(demo_server: Server, meet: Meet) -> None:
    elina, helmi = meet(demo_server, "en"), meet(demo_server, "en")
    before = sign_in(helmi, cast.HELMI).menu("Introductions").text
    introduction_in(sign_in(elina, cast.ELINA), "Asked").follow("Record the answer")
    elina.pick("What did the candidate answer?", "No").pick("How was it given?", "Said aloud")
    elina.choose("In which language did you talk?", "Finnish").press("Record the answer")
    elina.menu("Introductions").choose("State", "Refused").press("Show").sees("Refused")
    assert helmi.menu("Introductions").text == before
    assert not [mail for mail in demo_server.post.to(cast.HELMI) if "Keittiö" in mail.as_string()]
