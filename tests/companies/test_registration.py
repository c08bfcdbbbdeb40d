"""A visitor registers a company, confirms the address, and chooses a password; others learn nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from portal.accounts.models import Account
from portal.companies import registrations
from portal.companies.models import Company, CompanyStatus, OwnerPerson
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db
from tests.companies.conftest import plain
from tests.factories import accounts
from tests.factories import companies as factories
from tests.support.browser import Browser, Page

FORM = {
    "business_id": "0012345-7",
    "name": "Kuuralinna Siivous Oy",
    "industry": "81",
    "municipality": "092",
    "contact_name": "Aino Lehtovirta",
    "contact_email": "aino@kuuralinna.fi",
    "phone": "040 123 4567",
    "website": "www.kuuralinna.fi",
    "language": "en",
}


def register(client: Browser, **changes: Any) -> Page:
    return client.submit("/en/register", button="Register the company", **(FORM | changes))


def link_in(message: Any) -> str:
    found = re.search(r"http://localhost(/\S+/register/confirm/\S+)", message.text)
    assert found, message.text
    return found[1]


def test_a_company_registers_confirms_and_chooses_a_password(client, mailbox, within):
    page = register(client)
    assert "Check your mail" in page.h1
    [message] = mailbox.to("aino@kuuralinna.fi")
    assert "Kuuralinna" not in message.text + message.subject

    confirm = client.get(link_in(message))
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Company))) == 0
    page = client.submit(confirm, button="Confirm the address")
    assert "Set up your account" in page.h1
    page = client.submit(page, button="Set up the account", password=accounts.PASSWORD)
    assert client.get("/en/company").h1 == "Kuuralinna Siivous Oy"

    company = within(lambda: db.session.scalars(select(Company)).one())
    assert (company.business_id, company.phone, company.website) == (
        "0012345-7",
        "+358401234567",
        "https://www.kuuralinna.fi",
    )
    assert company.status == CompanyStatus.APPLIED
    owner = within(lambda: db.session.scalars(select(Account).where(Account.company_id == company.id)).one())
    assert owner.role == Role.OWNER
    person = within(lambda: db.session.scalars(select(OwnerPerson)).one())
    assert (person.owner_group_id, person.name) == (company.owner_group_id, "Aino Lehtovirta")


def test_every_liaison_hears_of_a_new_company_and_only_that_there_is_news(client, mailbox, within):
    within(lambda: accounts.account(Role.LIAISON, email="marja@reilu.fi"))
    register(client)
    client.submit(client.get(link_in(mailbox.to("aino@kuuralinna.fi")[0])), button="Confirm the address")
    [news] = mailbox.to("marja@reilu.fi")
    assert news.kind == "news" and "Kuuralinna" not in news.text


def test_the_answer_is_byte_for_byte_the_same_for_new_known_and_taken(within, case, app):
    known = case()
    taken = within(lambda: accounts.account(Role.OWNER, email="taken@kuuralinna.fi").email)
    known_id = within(lambda: db.session.get_one(Company, known.company).business_id)
    answers = []
    for number, changes in enumerate(({}, {"business_id": known_id}, {"contact_email": taken})):
        visitor = Browser(app, address=f"198.51.100.{number}")
        page = register(visitor, **changes)
        answers.append((page.url, page.status, plain(page)))
    assert answers[0] == answers[1] == answers[2]


def test_a_second_registration_of_a_business_id_learns_nothing_and_the_members_get_news(client, mailbox, within, case):
    known = case(name="Kuuralinna Siivous Oy")
    owner_email, business_id = within(
        lambda: (db.session.get_one(Account, known.owner).email, db.session.get_one(Company, known.company).business_id)
    )
    register(client, business_id=business_id)
    [stranger] = mailbox.to("aino@kuuralinna.fi")
    assert stranger.kind == "registration"

    with client.app.app_context():
        registrations.tell_of_repeats()
        registrations.tell_of_repeats()
    assert [message.kind for message in mailbox.to(owner_email)] == ["news"]

    page = client.submit(client.get(link_in(stranger)), button="Confirm the address")
    assert page.h1 == "Thank you, your address is confirmed"
    assert "Kuuralinna" not in page.text
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Company))) == 1
    assert within(lambda: db.session.scalar(select(Account).where(Account.email == "aino@kuuralinna.fi"))) is None

    own = Browser(client.app).sign_in(known.owner).get("/en/company")
    assert "Your Business ID was registered again" in own.text
    liaison = Browser(client.app).sign_in(known.liaison)
    page = liaison.get(f"/en/companies/{known.company}")
    assert "aino@kuuralinna.fi" in page.text
    page = liaison.submit(page, button="Mark as dealt with")
    assert "Registered again on" not in page.text


def test_of_two_registrations_under_way_the_first_confirmed_makes_the_company(client, mailbox, within):
    register(client)
    register(client, contact_email="second@kuuralinna.fi")
    first = link_in(mailbox.to("aino@kuuralinna.fi")[0])
    second = link_in(mailbox.to("second@kuuralinna.fi")[0])
    assert "Set up your account" in client.submit(client.get(second), button="Confirm the address").h1
    assert "Thank you" in client.submit(client.get(first), button="Confirm the address").h1
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Company))) == 1


def test_an_address_with_an_account_gets_a_mail_that_says_so(client, mailbox, within):
    within(lambda: accounts.account(Role.OWNER, email="aino@kuuralinna.fi"))
    register(client)
    [message] = mailbox.to("aino@kuuralinna.fi")
    assert message.kind == "registration_known" and "/register/confirm/" not in message.text


def test_a_link_works_once(client, mailbox, within):
    register(client)
    path = link_in(mailbox.to("aino@kuuralinna.fi")[0])
    confirm = client.get(path)
    client.submit(confirm, button="Confirm the address")
    again = client.submit(confirm, button="Confirm the address")  # the same button twice: the same place
    assert "Set up your account" in again.h1
    page = client.get(path)
    assert page.status == 410 and page.h1 == "This link no longer works"
    assert plain(client.get("/en/register/confirm/nobody"), "nobody") == plain(page, path.rpartition("/")[2])
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Company))) == 1


def test_a_link_ends_after_three_days(client, mailbox):
    from datetime import timedelta

    register(client)
    path = link_in(mailbox.to("aino@kuuralinna.fi")[0])
    with clock.travel(clock.now() + timedelta(days=3, minutes=1)):
        assert client.get(path).status == 410


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("business_id", "0012345-8", "does not fit the others"),
        ("business_id", "12", "seven digits"),
        ("business_id", "", "Write the Business ID"),
        ("name", "", "Write the name of the company"),
        ("industry", "ZZ", "Choose one of the list"),
        ("municipality", "", "Choose the municipality"),
        ("contact_email", "aino", "not an e-mail address"),
        ("phone", "12", "not a telephone number"),
        ("website", "kuura linna", "not a web address"),
        ("website", "javascript://x.fi", "not a web address"),
        ("website", "http://[::1", "not a web address"),
        ("language", "de", "Choose one of the list"),
        ("name", "x" * 100_000, "Shorten it to 300"),
        ("name", "x\x00y", "hidden characters"),
        ("contact_name", "\u202eoniA", "hidden characters"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(client, within, field, value, sentence):
    page = register(client, **{field: value})
    assert page.status == 422 and sentence in page.text
    kept = "name" if field != "name" else "contact_name"
    assert f'value="{FORM[kept]}"' in page.html
    assert within(lambda: db.session.scalar(select(func.count()).select_from(registrations.Registration))) == 0


def test_an_unknown_field_is_refused(client):
    page = client.get("/en/register")
    values = page.fields(page.form(button="Register the company"))
    page = client.post("/en/register", data={**values.to_dict(), **FORM, "status": "approved"})
    assert page.status == 422 and "a field it does not have: status" in page.text


def test_registrations_from_one_address_or_one_network_are_limited(app):
    for number in range(5):
        register(Browser(app, address=f"198.51.100.{number}"))
    page = register(Browser(app, address="198.51.100.9"))
    assert page.status == 422 and "too many registrations with this address" in page.text

    visitor = Browser(app, address="203.0.113.5")
    for number in range(20):
        register(visitor, contact_email=f"one{number}@kuuralinna.fi")
    page = register(visitor, contact_email="other@kuuralinna.fi")
    assert page.status == 422 and "from your network" in page.text


@pytest.mark.parametrize("text", ["00123457", " fi0012345-7", "12345-7", "FI00123457", "0012345–7"])
def test_a_business_id_is_kept_in_one_form(text):
    from portal.companies.rules import valid_business_id

    if text == "12345-7":  # too short even with a leading zero
        with pytest.raises(Exception, match="seven digits"):
            valid_business_id(text)
    else:
        assert valid_business_id(text) == "0012345-7"


def test_factories_make_sound_business_ids():
    from portal.companies.rules import valid_business_id

    made = [factories.business_id() for _ in range(50)]
    assert len(set(made)) == 50 and all(valid_business_id(each) == each for each in made)


def test_what_nobody_confirmed_goes_and_a_repeat_stays_until_it_is_dealt_with(client, within):
    register(client)
    taken = within(lambda: factories.company(business_id="1234567-1"))
    register(client, business_id="1234567-1", contact_email="other@kuuralinna.fi")
    forget = registrations.forget_unconfirmed

    def later(days: int) -> int:
        with clock.travel(clock.now() + timedelta(days=days)):
            return within(forget)

    assert later(2) == 0
    assert later(4) == 1, "the repeat waits for a liaison"
    [repeat_id] = within(lambda: [repeat.id for repeat in registrations.repeats_of(taken.id)])
    within(lambda: registrations.deal_with(db.session.get_one(Company, taken.id), repeat_id))
    assert later(4) == 1
    assert within(lambda: db.session.scalar(select(func.count()).select_from(registrations.Registration))) == 0


def test_our_messages_follow_the_language_of_the_page_unless_one_was_chosen(client):
    def switched(**chosen: str) -> MultiDict[str, Any]:
        page = client.get("/fi/register")
        values = page.fields(page.form(button="Rekisteröi yritys"))
        for name, value in {"switch_language": "sv", **chosen}.items():
            values[name] = value
        answer = client.post(page.url, values)
        assert answer.url == "/sv/register"
        return answer.fields(answer.form(button="Registrera företaget"))

    assert switched()["language"] == "sv"
    assert switched(language="en")["language"] == "en"
    assert switched(name="Kuuralinna Oy")["name"] == "Kuuralinna Oy"
