"""The second factor: taking it into use, each code once, recovery codes, and giving it up."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pyotp
from sqlalchemy import select

from portal.accounts import second_factors
from portal.accounts.models import Account, RecoveryCode
from portal.core import clock, vault
from portal.core.db import db, transaction
from portal.core.errors import RuleBroken
from tests.factories.accounts import PASSWORD, TOTP_SECRET
from tests.support.databases import both_databases

WRONG = "The code is wrong or was used already. Wait for the next one and write it."


def code_at(shift_seconds: int = 0, secret: str = TOTP_SECRET) -> str:
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=shift_seconds))


def half_signed_in(browser, account, **kwargs):
    person = browser(**kwargs)
    page = person.submit("/en/sign-in", email=account.email, password=PASSWORD)
    return person, page


def secret_on(page) -> str:
    return re.search(r'No camera.*?<span class="code">([A-Z2-7 ]+)</span>', page.html, re.DOTALL)[1].replace(" ", "")


def codes_on(page) -> list[str]:
    return re.findall(r'<span class="code">([A-Z0-9]{5}-[A-Z0-9]{5})</span>', page.html)


def test_staff_set_up_a_phone_at_their_first_sign_in(browser, new_account, now_of):
    officer = new_account("officer", password=PASSWORD, totp_secret=None)
    person, page = half_signed_in(browser, officer)
    assert page.h1 == "Set up the second factor"
    assert person.get("/en/start").h1 == "Set up the second factor"
    assert "<svg" in page.html and "style=" not in page.html
    secret = secret_on(page)
    refused = person.submit(page, code="000000")
    assert refused.status == 422 and secret_on(refused) == secret
    assert now_of(officer).second_factor_since is None
    shown = person.submit(refused, code=code_at(secret=secret))
    assert shown.h1 == "Your recovery codes" and len(set(codes_on(shown))) == 10
    assert person.get("/en/account").h1 == "Your account"
    assert person.get(shown.links["I have kept them, go on"]).url == "/en/start"


def test_the_secret_and_the_codes_stand_nowhere_in_clear(browser, new_account, within):
    officer = new_account("officer", password=PASSWORD, totp_secret=None)
    person, page = half_signed_in(browser, officer)
    secret = secret_on(page)
    codes = codes_on(person.submit(page, code=code_at(secret=secret)))

    def check():
        row = db.session.get_one(Account, officer.id)
        assert secret.encode() not in row.totp_secret
        hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
        assert not {code.replace("-", "") for code in codes} & set(hashes)
        assert "account.totp_secret" in vault.sealed_columns

    within(check)


def test_the_recovery_codes_are_shown_once(browser, new_account):
    officer = new_account("officer", password=PASSWORD, totp_secret=None)
    person, page = half_signed_in(browser, officer)
    form = page.fields(page.form())
    form["code"] = code_at(secret=secret_on(page))
    assert codes_on(person.post(page.url, form))
    again = person.post(page.url, form)
    assert not codes_on(again) and again.h1 == "Your account"


def test_an_offer_made_to_another_account_is_not_taken(browser, new_account):
    one, two = (new_account("officer", password=PASSWORD, totp_secret=None) for _ in range(2))
    _, page_one = half_signed_in(browser, one)
    person, page = half_signed_in(browser, two)
    form = page.fields(page.form())
    form["offer"], form["code"] = page_one.fields(page_one.form())["offer"], code_at(secret=secret_on(page_one))
    assert person.post(page.url, form).h1 == "Set up the second factor"


def test_a_code_is_good_for_its_step_and_one_beside_it(browser, new_account):
    for shift, good in ((0, True), (-30, True), (30, True), (-90, False), (90, False)):
        officer = new_account("officer", password=PASSWORD)
        person, page = half_signed_in(browser, officer, address=f"10.1.0.{shift + 100}")
        page = person.submit(page, code=code_at(shift))
        assert (page.url == "/en/start") is good, shift


def test_a_code_works_once(browser, new_account):
    officer = new_account("officer", password=PASSWORD)
    code = code_at()
    person, page = half_signed_in(browser, officer)
    assert person.submit(page, code=f" {code[:3]} {code[3:]} ").url == "/en/start"
    thief, page = half_signed_in(browser, officer)
    assert thief.submit(page, code=code).errors == [WRONG]
    assert thief.submit(page, code=code_at(-30)).errors == [WRONG]
    assert thief.get("/en/account").h1 == "Confirm with a code"
    assert thief.submit(page, code=code_at(30)).url == "/en/start"


def test_five_wrong_codes_a_minute_and_twenty_an_hour(browser, new_account):
    officer, start = new_account("officer", password=PASSWORD), clock.now()
    person, page = half_signed_in(browser, officer)
    for minute in range(4):
        with clock.travel(start + timedelta(minutes=2 * minute)):
            for _ in range(5):
                assert person.submit("/en/sign-in/code", code="12345").errors == [WRONG]
            page = person.submit("/en/sign-in/code", code=code_at())
            assert page.status == 422 and "too many tries" in page.errors[0]
    with clock.travel(start + timedelta(minutes=15)):
        assert "Wait an hour" in person.submit("/en/sign-in/code", code=code_at()).errors[0]


def test_odd_codes_are_only_wrong(browser, new_account):
    officer = new_account("officer", password=PASSWORD)
    person, page = half_signed_in(browser, officer)
    for code in ("٣٣٣٣٣٣", "🙂🙂🙂🙂🙂🙂", "x" * 299):
        assert person.submit(page, code=code).errors == [WRONG]
    member = browser(new_account(password=PASSWORD))
    assert "does not fit" in member.submit("/en/account/second-factor", code="٣٣٣٣٣٣").errors[0]


def test_a_recovery_code_lets_in_once(browser, new_account, within):
    officer = new_account("officer", password=PASSWORD)
    codes = within(lambda: second_factors.new_recovery_codes(db.session.get_one(Account, officer.id)))
    person, page = half_signed_in(browser, officer)
    assert person.submit(page, code=codes[0].lower()).url == "/en/start"
    assert "You have 9 recovery codes left." in person.get("/en/account").text
    thief, page = half_signed_in(browser, officer)
    assert thief.submit(page, code=codes[0]).errors == [WRONG]


@both_databases
def test_of_two_at_once_only_one_uses_a_recovery_code_or_a_step(app, new_account, within):
    officer = new_account("officer")
    codes = within(lambda: second_factors.new_recovery_codes(db.session.get_one(Account, officer.id)))
    for code in (codes[0], code_at()):
        barrier, outcomes = threading.Barrier(4), []

        def use(code=code, barrier=barrier, outcomes=outcomes):
            with app.app_context():
                barrier.wait()
                try:
                    with transaction():
                        second_factors.check_code(db.session.get_one(Account, officer.id), code)
                    outcomes.append("in")
                except RuleBroken:
                    outcomes.append("refused")

        threads = [threading.Thread(target=use) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(outcomes) == ["in", "refused", "refused", "refused"]


def test_a_member_may_take_it_into_use_and_give_it_up(browser, new_account):
    member = new_account(password=PASSWORD)
    person = browser(member)
    page = person.get("/en/account/second-factor")
    secret = secret_on(page)
    person.submit(page, code=code_at(secret=secret))
    assert "Second factor on" in person.get("/en/account").text
    other, page = half_signed_in(browser, member)
    assert page.h1 == "Confirm with a code"
    assert person.submit("/en/account/second-factor/off", current="wrong").status == 422
    assert "The second factor is off." in person.submit("/en/account/second-factor/off", current=PASSWORD).text
    assert other.submit("/en/sign-in", email=member.email, password=PASSWORD).url == "/en/start"


def test_staff_may_not_give_it_up(browser, new_account):
    person = browser(new_account("liaison", password=PASSWORD))
    assert "Turn off" not in person.get("/en/account").text
    assert person.get("/en/account/second-factor/off").status == 403


def test_a_new_phone_needs_the_password_and_ends_the_other_sessions(browser, new_account):
    officer = new_account("officer", password=PASSWORD)
    person, other = browser(officer), browser(officer)
    page = person.get("/en/account/second-factor")
    secret = secret_on(page)
    assert person.submit(page, code=code_at(secret=secret), current="wrong").errors == [
        "The password is wrong. Write your present password."
    ]
    assert person.submit(page, code=code_at(secret=secret), current=PASSWORD).h1 == "Your recovery codes"
    assert other.get("/en/account").h1 == "Sign in"
    assert person.get("/en/account").h1 == "Your account"
    third, page = half_signed_in(browser, officer)
    assert third.submit(page, code=code_at(30)).errors == [WRONG]
    assert third.submit(page, code=code_at(30, secret)).url == "/en/start"


def test_half_signed_in_nobody_can_put_another_phone_in_place(browser, new_account):
    officer = new_account("officer", password=PASSWORD)
    thief, _ = half_signed_in(browser, officer)
    for path in ("/en/account/second-factor", "/en/account/recovery-codes", "/en/account/second-factor/off"):
        assert thief.get(path).h1 == "Confirm with a code"


def test_new_recovery_codes_end_the_earlier_ones(browser, new_account, within):
    officer = new_account("officer", password=PASSWORD)
    old = within(lambda: second_factors.new_recovery_codes(db.session.get_one(Account, officer.id)))
    person = browser(officer)
    new = codes_on(person.submit("/en/account/recovery-codes", current=PASSWORD))
    assert len(new) == 10
    other, page = half_signed_in(browser, officer)
    assert other.submit(page, code=old[1]).errors == [WRONG]
    assert other.submit(page, code=new[1]).url == "/en/start"


def test_with_demo_data_the_page_shows_the_code_and_else_never(make_app, new_account):
    from tests.support.browser import Browser

    officer = new_account("officer", password=PASSWORD)
    for demo in (False, True):
        page = Browser(make_app(demo=demo)).submit("/en/sign-in", email=officer.email, password=PASSWORD)
        assert (code_at() in page.html) is demo
