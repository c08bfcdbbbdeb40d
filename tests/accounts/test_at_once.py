"""Many tries at the same instant: no more of them are looked at than the limit says, on both databases."""

from __future__ import annotations

import contextvars
import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts import passwords, second_factors
from portal.accounts.models import Attempt
from portal.core import clock
from portal.core.db import db
from portal.core.jobs import Job
from tests.factories.accounts import PASSWORD
from tests.support.browser import Browser, Page
from tests.support.databases import both_databases

MANY = 20
WRONG = "The e-mail address or the password is wrong. Check both and try again."
A_MINUTE = "That was too many tries. Wait a minute and try again."
WRONG_CODE = "The code is wrong or was used already. Wait for the next one and write it."
pytestmark = both_databases


def all_at_once(sends: Sequence[Callable[[], Page]]) -> list[Page]:
    """Each in a thread of its own; all begin together."""
    start, pages, troubles = threading.Barrier(len(sends)), [], []

    def run(send: Callable[[], Page]) -> None:
        try:
            start.wait(30)
            pages.append(send())
        except Exception as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=contextvars.Context().run, args=[run, send]) for send in sends]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert troubles == []
    return pages


def filled(person: Browser, path: str, **values: str) -> Callable[[], Page]:
    """The form on a page, filled in; the button is still to be pressed."""
    page = person.get(path)
    form = page.fields(page.form())
    for name, value in values.items():
        form[name] = value
    return lambda: person.post(page.url, form)


def said(pages: Sequence[Page]) -> Counter[str]:
    return Counter(error for page in pages for error in page.errors)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was compared with a hash."""
    seen, compare = [], passwords.is_right

    def watched(password_hash: str | None, password: str) -> bool:
        seen.append(password)
        return compare(password_hash, password)

    monkeypatch.setattr(passwords, "is_right", watched)
    return seen


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_of_twenty_wrong_passwords_at_once_five_are_looked_at(browser, new_account, looked_at, known) -> None:
    email = new_account(password=PASSWORD).email if known else "nobody@example.fi"
    people = [browser(address=f"10.0.0.{number}") for number in range(MANY)]
    pages = all_at_once([filled(each, "/en/sign-in", email=email, password="wrong") for each in people])
    assert said(pages) == {WRONG: 5, A_MINUTE: MANY - 5}
    assert len(looked_at) == 5
    again = browser().submit("/en/sign-in", email=email, password=PASSWORD)
    assert again.errors == [A_MINUTE]


def test_a_network_has_twenty_an_hour_however_they_come(browser, looked_at, within) -> None:
    people = [browser(address="10.9.9.9") for _ in range(MANY + 5)]
    sends = [
        filled(each, "/en/sign-in", email=f"x{number}@example.fi", password="wrong")
        for number, each in enumerate(people)
    ]
    assert said(all_at_once(sends))[WRONG] == MANY == len(looked_at)
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Attempt))) == 2 * MANY


def test_right_passwords_at_once_let_in_and_leave_no_count(browser, new_account, within) -> None:
    member = new_account(password=PASSWORD)
    for _ in range(2):
        sends = [filled(browser(), "/en/sign-in", email=member.email, password=PASSWORD) for _ in range(4)]
        assert [page.url for page in all_at_once(sends)] == ["/en/start"] * 4
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Attempt))) == 0


def test_of_twenty_wrong_codes_at_once_five_are_looked_at(browser, new_account, monkeypatch) -> None:
    officer, seen = new_account("officer", password=PASSWORD), []
    compare = second_factors._matching_step

    def watched(secret: str, code: str) -> int | None:
        seen.append(code)
        return compare(secret, code)

    monkeypatch.setattr(second_factors, "_matching_step", watched)
    people = [Browser(browser().app).sign_in(officer, second_factor=False) for _ in range(MANY)]
    pages = all_at_once([filled(each, "/en/sign-in/code", code="000000") for each in people])
    assert said(pages) == {WRONG_CODE: 5, A_MINUTE: MANY - 5}
    assert len(seen) == 5


def test_of_many_wrong_passwords_of_the_signed_in_five_are_looked_at(browser, new_account, looked_at) -> None:
    member = new_account(password=PASSWORD)
    people = [browser(member) for _ in range(8)]
    sends = [
        filled(each, "/en/account/password", current="wrong", password="trumpet lantern meadow oyster")
        for each in people
    ]
    assert said(all_at_once(sends)) == {"The password is wrong. Write your present password.": 5, A_MINUTE: 3}
    assert len(looked_at) == 5


def test_a_right_present_password_never_counts_though_the_new_one_is_refused(browser, new_account) -> None:
    person = browser(new_account(password=PASSWORD))
    for _ in range(7):
        page = person.submit("/en/account/password", current=PASSWORD, password="short")
        assert "too short" in page.errors[0]


def test_a_network_asks_for_twenty_new_passwords_an_hour(browser, new_account, within) -> None:
    member = new_account(password=PASSWORD)
    people = [browser(address="10.9.9.9") for _ in range(MANY + 5)]
    pages = all_at_once([filled(each, "/en/password", email=member.email) for each in people])
    assert Counter(page.url for page in pages)["/en/password/sent"] == MANY
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Job))) == MANY


def test_of_thirty_wrong_certificate_codes_at_once_twenty_are_looked_at(browser) -> None:
    people: list[Any] = [browser(address="10.9.9.9") for _ in range(MANY + 5)]
    path = "/en/certificates?code=ACDEF34679"
    pages = all_at_once([lambda each=each: each.get(path) for each in people])
    assert Counter(page.status for page in pages) == {200: MANY, 429: 5}
    with clock.travel(clock.now() + timedelta(minutes=61)):
        assert people[0].get(path).status == 200


def test_a_form_of_codes_sent_twice_acts_once(browser, new_account) -> None:
    """The form's key is taken again after the try was counted in a transaction of its own."""
    member = new_account(password=PASSWORD)
    person = browser(member)
    page = person.get("/en/account/second-factor")
    secret = re.search(r'No camera.*?<span class="code">([A-Z2-7 ]+)</span>', page.html, re.DOTALL)
    assert secret
    code = second_factors._code_at(secret[1].replace(" ", ""), int(clock.now().timestamp()) // 30)
    form = page.fields(page.form())
    form["code"] = code
    assert person.post(page.url, form).h1 == "Your recovery codes"
    assert person.post(page.url, form).h1 == "Your account"
