"""Signing in and out, through the pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
from sqlalchemy import func, select

from portal.accounts.models import Attempt, Session
from portal.core import clock
from portal.core.db import db
from portal.worker import Worker
from tests.factories.accounts import PASSWORD, TOTP_SECRET

WRONG = "The e-mail address or the password is wrong. Check both and try again."


def code_now() -> str:
    return pyotp.TOTP(TOTP_SECRET).at(clock.now())


def give_password(browser, account, password=PASSWORD, path="/en/sign-in"):
    return browser.submit(path, email=account.email, password=password)


def masked(html: str) -> str:
    """Without what differs between any two pages: the form's keys."""
    return re.sub(r'name="(csrf_token|once)" value="[^"]*"', "", html.replace(' type="hidden"', ""))


def test_a_member_signs_in_with_a_password_and_out_again(client, new_account):
    member = new_account(password=PASSWORD)
    page = client.submit("/en/sign-in", email=f" {member.email.upper()} ", password=PASSWORD)
    assert page.url == "/en/start"
    account = client.get("/en/account")
    assert member.email in account.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', account.html)
    page = client.post("/en/sign-out", {"csrf_token": token[1]})
    assert "You have signed out." in page.text
    assert client.get("/en/account").h1 == "Sign in"


def test_a_known_and_an_unknown_address_get_the_same_bytes(client, browser, new_account):
    member = new_account(password=PASSWORD)
    invited = new_account(email="invited@example.fi")
    deactivated = new_account(email="gone@example.fi", password=PASSWORD)
    pages = []
    for email in (member.email, invited.email, deactivated.email, "nobody@example.fi"):
        page = browser().submit("/en/sign-in", email=email, password="not the password at all")
        assert page.status == 422 and page.errors == [WRONG]
        pages.append(masked(page.html).replace(email, "x"))
    assert len(set(pages)) == 1


def test_without_an_account_in_use_no_password_opens_anything(client, within, new_account):
    member = new_account(password=PASSWORD)
    within(lambda: setattr(db.session.get_one(type(member), member.id), "status", "deactivated"))
    assert give_password(client, member).errors == [WRONG]


def test_five_wrong_passwords_in_a_minute_close_the_account_for_a_minute(browser, new_account):
    member = new_account(password=PASSWORD)
    for number in range(5):
        assert give_password(browser(address=f"10.0.0.{number}"), member, "wrong").errors == [WRONG]
    page = give_password(browser(address="10.0.1.1"), member)
    assert page.errors == ["That was too many tries. Wait a minute and try again."]
    with clock.travel(clock.now() + timedelta(seconds=61)):
        assert give_password(browser(), member).url == "/en/start"


def test_an_address_without_an_account_is_closed_just_the_same(browser):
    for number in range(5):
        page = browser(address=f"10.0.0.{number}").submit("/en/sign-in", email="x@example.fi", password="wrong")
        assert page.errors == [WRONG]
    page = browser(address="10.0.1.1").submit("/en/sign-in", email="x@example.fi", password="wrong")
    assert page.errors == ["That was too many tries. Wait a minute and try again."]


def test_twenty_wrong_passwords_in_an_hour_close_a_network(browser, new_account, within):
    member = new_account(password=PASSWORD)
    attacker = browser(address="10.9.9.9")
    for number in range(20):
        page = attacker.submit("/en/sign-in", email=f"x{number}@example.fi", password="wrong")
        assert page.errors == [WRONG]
    page = give_password(attacker, member)
    assert page.errors == ["There were too many tries from your network. Wait an hour and try again."]
    assert give_password(browser(address="10.9.9.8"), member).url == "/en/start"
    keys = within(lambda: list(db.session.scalars(select(Attempt.key))))
    assert len(keys) == 40 and all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)
    with clock.travel(clock.now() + timedelta(minutes=61)):
        assert give_password(attacker, member).url == "/en/start"


def test_attempts_are_forgotten_after_a_day(app, browser, new_account, within):
    give_password(browser(), new_account(password=PASSWORD), "wrong")
    with clock.travel(clock.now() + timedelta(hours=25)), app.app_context():
        Worker().run_once()
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Attempt))) == 0


def test_staff_pass_the_second_factor_before_anything_else(client, new_account):
    officer = new_account("officer", password=PASSWORD)
    page = give_password(client, officer, path="/en/sign-in?next=/en/account")
    assert page.h1 == "Confirm with a code"
    assert client.get("/en/start").h1 == "Confirm with a code"
    page = client.submit("/en/sign-in/code?next=/en/account", code=code_now())
    assert page.url == "/en/account"


def test_after_signing_in_one_comes_to_the_page_one_asked_for(client, new_account):
    member = new_account(password=PASSWORD)
    asked = client.get("/en/account/password?x=1")
    assert asked.h1 == "Sign in"
    page = client.submit(asked, email=member.email, password=PASSWORD)
    assert page.url == "/en/account/password?x=1"


def test_another_sites_address_is_never_gone_to(browser, new_account):
    member = new_account(password=PASSWORD)
    for target in (
        "//evil.example/en/start",
        "https://evil.example/",
        "/en/%2e%2e//evil",
        "/\\evil",
        "/en/nowhere",
        "/",
    ):
        page = browser().submit(f"/en/sign-in?next={target}", email=member.email, password=PASSWORD)
        assert page.url == "/en/start", target


def test_the_cookie_changes_at_each_step_and_an_old_one_opens_nothing(app, browser, new_account):
    officer = new_account("officer", password=PASSWORD)
    person = browser()
    person.get("/en/sign-in")
    with person.client.session_transaction() as cookie:
        cookie["_user_id"] = planted = "planted by somebody else"
    page = give_password(person, officer)
    with person.client.session_transaction() as cookie:
        half = cookie["_user_id"]
    person.submit(page, code=code_now())
    with person.client.session_transaction() as cookie:
        full = cookie["_user_id"]
    assert len({planted, half, full}) == 3
    for token in (planted, half):
        thief = browser()
        with thief.client.session_transaction() as cookie:
            cookie["_user_id"] = token
        assert thief.get("/en/account").h1 == "Sign in"
    assert person.get("/en/account").h1 == "Your account"


def test_the_token_itself_is_not_in_the_database(within, browser, new_account):
    person = browser(new_account())
    with person.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    rows = within(lambda: db.session.scalars(select(Session.token_hash)).all())
    assert len(rows) == 1 and token not in rows[0]


def test_a_session_ends_when_nothing_happens_for_half_an_hour(browser, new_account):
    person, start = browser(new_account()), clock.now()
    for minutes in (20, 40, 60):
        with clock.travel(start + timedelta(minutes=minutes)):
            assert person.get("/en/account").h1 == "Your account"
    with clock.travel(start + timedelta(minutes=91)):
        page = person.get("/en/account")
        assert page.h1 == "Sign in" and "You have been signed out" in page.text


def test_a_session_ends_after_twelve_hours_however_busy(browser, new_account):
    person, start = browser(new_account()), clock.now()
    for quarter in range(1, 29):
        with clock.travel(start + timedelta(minutes=25 * quarter)):
            assert person.get("/en/account").h1 == "Your account"
    with clock.travel(start + timedelta(hours=12, seconds=1)):
        assert person.get("/en/account").h1 == "Sign in"


def test_a_forged_sign_out_does_nothing(browser, new_account):
    person = browser(new_account())
    assert person.post("/en/sign-out").status == 400
    assert person.get("/en/account").h1 == "Your account"
