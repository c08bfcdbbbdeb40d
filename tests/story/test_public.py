"""What everybody may see, in Swedish: on a desk and on a phone, and as much of it without scripts."""

from __future__ import annotations

import pytest

from portal.core.pages import WEATHER
from seeds.demo import cast
from seeds.demo.companies import business_id
from seeds.demo.events import FAIR
from tests.story.conftest import Meet
from tests.story.demonstration import sign_in
from tests.story.people import Person
from tests.story.words import sv
from tests.support.server import Server

wide_and_narrow = pytest.mark.parametrize("width", [1280, 360])
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def focused(person: Person) -> str:
    return str(person.page.evaluate("document.activeElement.className"))


@wide_and_narrow
def test_the_pages_for_everybody(demo_server: Server, meet: Meet, width: int) -> None:
    visitor: Person = meet(demo_server, "sv", width=width)
    visitor.open("/")
    assert visitor.path == "/sv/"
    assert visitor.page.locator("html").get_attribute("lang") == "sv"
    visitor.sees(FAIR["title_sv"])
    for item in ("Open vacancies", "Events", "Check a certificate", "Register a company", "Sign in"):
        visitor.menu(sv(item))
    visitor.open("/sv/vacancies").go(visitor.page.locator("main h3 a, main th a").first).sees("Kuuralinna Siivous Oy")
    footer = visitor.page.get_by_role("contentinfo")
    for item in ("What Reilu is", "Accessibility statement", "Privacy"):
        visitor.follow(sv(item), footer)
    visitor.open("/sv/exploitation")


@wide_and_narrow
@with_and_without_scripts
def test_a_sign_up_says_what_is_missing_and_then_keeps_a_seat(
    demo_server: Server, meet: Meet, width: int, scripts: bool
) -> None:
    who, address = ("med" if scripts else "utan"), f"siv.{width}.{scripts}@posti.example".lower()
    siv: Person = meet(demo_server, "sv", width=width, scripts=scripts)
    siv.open("/sv/events").follow(FAIR["title_sv"]).sees(FAIR["summary_sv"])
    siv.write(sv("Name"), f"Siv {who}").press(sv("Sign up"))
    assert siv.errors == [sv("Write your e-mail address"), sv("Choose your role")], siv.errors
    assert siv.page.title().startswith(sv("Error:"))
    if scripts:
        assert focused(siv).split()[0] == "summary"
    siv.page.get_by_role("link", name=sv("Write your e-mail address")).click()
    assert siv.page.evaluate("document.activeElement.name") == "email"
    assert siv.labelled(sv("Name")).input_value() == f"Siv {who}"
    siv.write(sv("E-mail"), address).choose(sv("Your role"), sv("Other")).press(sv("Sign up"))
    siv.sees(sv("Check your mail"))
    siv.open_mail(address, FAIR["title_sv"]).press(sv("Confirm my sign-up")).sees(sv("You have a seat"))
    siv.unfold(sv("I cannot come")).press(sv("Cancel my sign-up")).sees(sv("Your sign-up is cancelled."))


@wide_and_narrow
def test_a_certificate_is_checked_by_its_code(demo_server: Server, meet: Meet, width: int) -> None:
    helmi, visitor = meet(demo_server, "sv"), meet(demo_server, "sv", width=width)
    sign_in(helmi, cast.HELMI).menu(sv("Trainings")).go(helmi.page.locator("td a").first)
    code = helmi.page.locator(".code").first.inner_text()

    visitor.open("/").menu(sv("Check a certificate"))
    visitor.write(sv("Certificate code"), "ACDEF-34679").press(sv("Check the certificate"))
    assert visitor.errors == [sv("No certificate has this code. Check the ten characters and try again.")]
    assert focused(visitor).split()[0] == "summary"
    visitor.write(sv("Certificate code"), code.lower()).press(sv("Check the certificate"))
    visitor.sees(sv("Valid"), sv("This certificate is valid"))
    assert "Helmi" not in visitor.page.content(), "no name before its holder says so"
    for shows in (True, False):
        helmi.labelled(sv("Show my name on the check page")).set_checked(shows)
        helmi.press(sv("Save"))
        visitor.page.reload()
        assert ("Helmi Koskiaho" in visitor.page.content()) is shows


@wide_and_narrow
def test_a_company_registers(demo_server: Server, meet: Meet, width: int) -> None:
    address = f"ylva.{width}@nattljus.example"
    ylva: Person = meet(demo_server, "sv", width=width)
    ylva.open("/").follow(sv("Register your company")).press(sv("Register the company"))
    assert sv("Write the Business ID") in ylva.errors
    assert focused(ylva).split()[0] == "summary"
    ylva.write(sv("Business ID"), business_id(9012345 + width)).write(sv("Name of the company"), "Nattljus Ab")
    ylva.labelled(sv("Industry")).select_option(index=5)
    ylva.choose(sv("Municipality"), "Esbo").write(sv("Contact person"), "Ylva Ljus").write(sv("E-mail"), address)
    ylva.press(sv("Register the company")).sees(sv("Check your mail"))
    ylva.open_mail(address, "").press(sv("Confirm the address")).sees(address)


def test_a_vacancy_is_written_without_scripts(demo_server: Server, meet: Meet) -> None:
    """Words are understood by the server; rows come and go by buttons; an unknown word is asked about."""
    aino: Person = meet(demo_server, "sv", scripts=False)
    sign_in(aino, cast.AINO).menu(sv("Vacancies")).follow(sv("New vacancy"))
    aino.write(sv("Title"), "Städare utan skript").write(sv("How many people you look for"), "1")
    aino.write(sv("Occupation"), "lokalvårdarre").press(sv("Save and continue"))
    assert "lokalvårdare" in aino.errors[0], aino.errors
    aino.write(sv("Occupation"), "lokalvårdare").press(sv("Save and continue"))
    essential = aino.group(sv("Essential skills"))
    rows = essential.locator(".row").count()
    aino.press(sv("Add a skill"), essential)
    assert essential.locator(".row").count() == rows + 1
    aino.press(f"{sv('Remove')} {sv('Essential skills')} {rows + 1}")
    assert essential.locator(".row").count() == rows
    aino.press(sv("Save and close")).sees("Städare utan skript", sv("Draft"))


@pytest.mark.parametrize("by", ["button", "key"])
def test_the_quick_exit_leaves_nothing_behind(demo_server: Server, meet: Meet, by: str) -> None:
    elina: Person = meet(demo_server, "sv")
    sign_in(elina, cast.ELINA).menu(sv("Candidates"))
    with elina.page.expect_navigation(url=WEATHER):
        if by == "button":
            elina.page.get_by_role("link", name=sv("Close this page")).click()
        else:
            for _ in range(3):
                elina.page.keyboard.press("Escape")
    assert elina.watch.left == [WEATHER]  # and it was answered here: nothing left the machine
    elina.watch.left.clear()
    elina.back()
    assert elina.path == "/sv/start"
