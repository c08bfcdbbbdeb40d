"""A person's own account, and what others may ask of accounts."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from portal.accounts import services
from portal.accounts.devices import device_name
from portal.accounts.models import Account
from portal.accounts.rules import check_password, safe_next
from portal.core import clock
from portal.core.db import db
from portal.core.errors import NotFound, RuleBroken
from tests.accounts.conftest import typed
from tests.factories.accounts import PASSWORD

NEW = "neljä kuivaa harppua huojuu"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def test_a_coach_has_an_own_page(browser, new_account):
    assert browser(new_account("coach")).get("/en/account").h1 == "Your account"


def test_name_and_language_change(browser, new_account, now_of):
    member = new_account()
    page = browser(member).submit("/en/account/details", display_name=" Äiti  Ö ", language="sv")
    assert page.url == "/en/account" and "Saved." in page.text
    assert (now_of(member).display_name, now_of(member).language) == ("Äiti  Ö", "sv")


@pytest.mark.parametrize("name", ["", "x" * 101, "a\x00b", "a\u202eb", "🙂" * 101])
def test_a_name_that_cannot_be_gets_a_sentence(browser, new_account, now_of, name):
    member = new_account()
    page = browser(member).submit("/en/account/details", display_name=name)
    assert page.status == 422 and page.errors
    assert now_of(member).display_name == member.display_name


def test_a_name_changed_in_two_tabs_shows_both(browser, new_account, now_of):
    member = new_account()
    person = browser(member)
    one, two = person.get("/en/account/details"), person.get("/en/account/details")
    person.submit(one, display_name="First")
    page = person.submit(two, display_name="Second")
    assert page.status == 422 and "Someone changed this while you were writing" in page.text
    assert now_of(member).display_name == "First"
    assert person.submit(page).url == "/en/account" and now_of(member).display_name == "Second"


def test_a_changed_password_ends_every_other_session(browser, new_account, mailbox):
    member = new_account(password=PASSWORD)
    person, other = browser(member), browser(member)
    page = person.submit("/en/account/password", current=PASSWORD, password=NEW)
    assert page.url == "/en/account" and "signed out everywhere else" in page.text
    assert other.get("/en/account").h1 == "Sign in"
    assert [mail.kind for mail in mailbox.to(member.email)] == ["password_changed"]
    assert browser().submit("/en/sign-in", email=member.email, password=NEW).url == "/en/start"


def test_changing_the_password_keeps_the_second_factor_passed(browser, new_account):
    officer = new_account("officer", password=PASSWORD)
    person = browser(officer)
    assert person.submit("/en/account/password", current=PASSWORD, password=NEW).url == "/en/account"


def test_the_present_password_is_asked_and_counted(browser, new_account, now_of):
    member = new_account(password=PASSWORD)
    person = browser(member)
    for _ in range(5):
        page = person.submit("/en/account/password", current="wrong", password=NEW)
        assert page.errors == ["The password is wrong. Write your present password."]
    assert "too many tries" in person.submit("/en/account/password", current=PASSWORD, password=NEW).errors[0]


def test_the_same_form_twice_asks_once(browser, new_account, mailbox):
    member = new_account(password=PASSWORD)
    person = browser(member)
    page = person.get("/en/account/email")
    form = typed(page, email="new@example.fi", current=PASSWORD)
    first, second = (person.post("/en/account/email", form) for _ in range(2))
    assert first.url == second.url == "/en/account"
    assert len(mailbox.deliver()) == 2


def test_where_i_am_signed_in_shows_devices_and_ends_one(browser, new_account):
    member = new_account(password=PASSWORD)
    here, there = browser(member), browser()
    there.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    there.submit("/en/sign-in", email=member.email, password=PASSWORD)
    page = here.get("/en/account")
    assert "Firefox, Windows" in page.text and "This device" in page.text
    row = next(row for row in page.html.split("<tr") if "Firefox" in row)
    action = re.search(r'action="(/en/account/sessions/[^"]+)"', row)[1]
    page = here.post(action, {"csrf_token": page.fields(page.form())["csrf_token"]})
    assert "That device is signed out." in page.text and "Firefox" not in page.text
    assert there.get("/en/account").h1 == "Sign in"
    assert here.get("/en/account").h1 == "Your account"


def test_one_cannot_end_somebody_elses_session(browser, new_account, within):
    from portal.accounts import sessions

    member, other = new_account(), new_account()
    person, victim = browser(member), browser(other)
    session_id = within(lambda: sessions.of_account(db.session.get_one(Account, other.id))[0].id)
    page = person.get("/en/account")
    csrf = page.fields(page.form())["csrf_token"]
    foreign = person.post(f"/en/account/sessions/{session_id}/end", {"csrf_token": csrf})
    absent = person.post(f"/en/account/sessions/{uuid4()}/end", {"csrf_token": csrf})
    assert foreign.status == absent.status == 404
    assert victim.get("/en/account").h1 == "Your account"


def test_sign_out_everywhere(browser, new_account):
    member = new_account()
    here, there = browser(member), browser(member)
    page = here.submit("/en/account", button="Sign out everywhere")
    assert "You are signed out everywhere." in page.text
    assert here.get("/en/account").h1 == there.get("/en/account").h1 == "Sign in"


def test_a_get_writes_the_touch_at_most_once_a_minute(app, browser, new_account):
    from sqlalchemy import event

    from portal.core.db import db as database

    writes = []
    with app.app_context():
        engine = database.engine

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("SELECT", "BEGIN", "PRAGMA")):
            writes.append(statement)

    person, start = browser(new_account()), clock.now()
    event.listen(engine, "before_cursor_execute", note)
    try:
        person.get("/en/account")
        assert writes == []
        with clock.travel(start + timedelta(minutes=2)):
            person.get("/en/account")
            person.get("/en/account")
        assert len(writes) == 1 and "account_session" in writes[0]
    finally:
        event.remove(engine, "before_cursor_execute", note)


# --- what other features ask ---------------------------------------------------------------


def test_look_ups(within, new_account):
    one, two = new_account("liaison", display_name="Äiti"), new_account("liaison", display_name="Zorro")
    gone = new_account("liaison")

    def look():
        db.session.get_one(Account, gone.id).status = "deactivated"
        db.session.flush()
        assert services.get(one.id).email == one.email
        with pytest.raises(NotFound):
            services.get(uuid4())
        assert services.find_by_email(f"  {one.email.upper()} ").id == one.id
        assert services.find_by_email("nobody@example.fi") is None
        assert [account.id for account in services.staff("liaison")] == [two.id, one.id]
        assert services.names([one.id, None, uuid4()]) == {one.id: "Äiti"}
        assert services.names([]) == {}

    within(look)


def test_members_of_a_company_are_the_active_ones(within, new_account):
    assert within(lambda: services.members_of(uuid4())) == []


# --- rules ---------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["/fi", "/en/start", "/sv/events/1?x=%C3%A4&y=2", "/fi/a-b_c.d"])
def test_own_pages_may_follow(target):
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "/",
        "//x",
        "/de/x",
        "https://x",
        "/fi//x\\y",
        "/fi\\x",
        "/fi/x\n",
        "/fi/<x>",
        "javascript:x",
        "/fix",
        "/fi/" + "x" * 1000,
    ],
)
def test_nothing_else_may_follow(target):
    assert safe_next(target) is None


@pytest.mark.parametrize(
    "password",
    ["neljä kuivaa harppua huojuu", "correct horse battery staple", "Xq7!mmPz04Lk", "x" * 0 + "ö€ß" * 20 + "Kd83hs"],
)
def test_good_passwords(password):
    check_password(password, ["Aino Virtanen", "aino.virtanen@example.fi"])


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "virtanenaino12",
        "AinoVirtanen99",
        "salasana salasana",
        "123456789012",
        "perkele123456",
        "qwertyuiopå",
    ],
)
def test_bad_passwords(password):
    with pytest.raises(RuleBroken):
        check_password(password, ["Aino Virtanen", "aino.virtanen@example.fi"])


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_in_two_words(agent, name):
    assert device_name(agent) == name
