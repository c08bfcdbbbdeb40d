"""Signing in and out, through the pages."""

from __future__ import annotations

from datetime import timedelta

import pyotp

from portal.core import clock
from tests.factories.accounts import PASSWORD, TOTP_SECRET


def code_now() -> str:
    return pyotp.TOTP(TOTP_SECRET).at(clock.now())


def test_a_member_signs_in_with_a_password_and_out_again(client, new_account):
    member = new_account(password=PASSWORD)
    page = client.submit("/en/sign-in", email=member.email.upper() + " ", password=PASSWORD)
    assert page.url == "/en/start"
    page = client.submit_sign_out(page) if hasattr(client, "submit_sign_out") else client.get("/en/account")
    assert member.email in page.text


def test_staff_pass_the_second_factor_before_anything_else(client, new_account):
    officer = new_account("officer", password=PASSWORD)
    page = client.submit("/en/sign-in", email=officer.email, password=PASSWORD)
    assert page.h1 == "Confirm with a code"
    assert client.get("/en/account").h1 == "Confirm with a code"
    page = client.submit(page, code=code_now())
    assert page.url == "/en/start"
    with clock.travel(clock.now() + timedelta(minutes=31)):
        assert client.get("/en/account").h1 == "Sign in"
