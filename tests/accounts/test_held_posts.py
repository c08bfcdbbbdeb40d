"""A session that ends while someone writes: the post is sealed, and comes back to them alone."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from portal import texts
from portal.core import clock
from tests.accounts.conftest import typed
from tests.factories.accounts import PASSWORD, TOTP_SECRET

LATER = timedelta(minutes=45)


@pytest.fixture
def writing(browser, new_account):
    """A person whose session ends while the name form is open, and what they post."""

    def start(role="owner"):
        account = new_account(role, password=PASSWORD)
        person = browser(account)
        page = person.get("/en/account/details")
        form = page.fields(page.form())
        form["display_name"] = 'Aino "Ä" <Uusi>'
        return account, person, form

    return start


def test_what_was_written_is_sent_after_signing_in(writing, now_of):
    account, person, form = writing()
    with clock.travel(clock.now() + LATER):
        page = person.post("/en/account/details", form)
        assert page.h1 == "Sign in" and "kept on this page for half an hour" in page.text
        assert "Uusi" not in page.html
        page = person.submit(page, email=account.email, password=PASSWORD)
        assert page.h1 == "You were writing something"
        assert now_of(account).display_name == account.display_name
        page = person.submit(page)
        assert page.url == "/en/account" and now_of(account).display_name == form["display_name"]


def swedish(english: str) -> str:
    return str(texts.merged("sv").get(english).string)


def test_it_is_carried_over_a_wrong_password_another_language_and_the_second_factor(writing, now_of):
    account, person, form = writing("officer")
    with clock.travel(clock.now() + LATER):
        page = person.post("/en/account/details", form)
        page = person.submit(page, email=account.email, password="wrong")
        switched = typed(page, email=account.email, switch_language="sv")
        page = person.post(page.url, switched)
        assert page.url.startswith("/sv/")
        page = person.submit(page, email=account.email, password=PASSWORD)
        assert page.h1 == swedish("Confirm with a code")
        page = person.submit(page, code="000000")
        page = person.submit(page, code=pyotp.TOTP(TOTP_SECRET).at(clock.now()))
        assert page.h1 == swedish("You were writing something")
        person.submit(page)
        assert now_of(account).display_name == form["display_name"]


def test_another_account_gets_nothing_of_it(writing, new_account, now_of):
    account, person, form = writing()
    other = new_account(password=PASSWORD)
    with clock.travel(clock.now() + LATER):
        page = person.post("/en/account/details", form)
        page = person.submit(page, email=other.email, password=PASSWORD)
        assert page.h1 == "What was written is gone"
        assert "Uusi" not in page.html and "account/details" not in page.html
        assert now_of(account).display_name == account.display_name
        assert now_of(other).display_name == other.display_name


def test_after_half_an_hour_it_is_gone(writing):
    account, person, form = writing()
    with clock.travel(clock.now() + LATER):
        page = person.post("/en/account/details", form)
    with clock.travel(clock.now() + LATER + timedelta(minutes=31)):
        assert person.submit(page, email=account.email, password=PASSWORD).h1 == "What was written is gone"


def test_a_changed_seal_opens_nothing(writing):
    account, person, form = writing()
    with clock.travel(clock.now() + LATER):
        page = person.post("/en/account/details", form)
        values = page.fields(page.form())
        values["held"] = values["held"][:-4] + "AAAA"
        values["email"], values["password"] = account.email, PASSWORD
        assert person.post("/en/sign-in", values).h1 == "What was written is gone"


def test_a_forged_post_is_never_held(writing):
    _account, person, form = writing()
    form["csrf_token"] = "forged"
    with clock.travel(clock.now() + LATER):
        page = person.post("/en/account/details", form)
        assert page.h1 == "Sign in" and "kept on this page" not in page.text


def test_a_visitor_who_posts_is_only_asked_to_sign_in(browser, writing):
    _account, _person, form = writing()
    page = browser().post("/en/account/details", form)
    assert page.h1 == "Sign in" and "kept on this page" not in page.text


def test_a_button_alone_is_not_held(browser, new_account):
    person = browser(new_account())
    page = person.get("/en/account")
    form = page.fields(page.form(action="/account/sessions/end"))
    with clock.travel(clock.now() + LATER):
        page = person.post("/en/account/sessions/end", form)
        assert page.h1 == "Sign in" and "kept on this page" not in page.text
