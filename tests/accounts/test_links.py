"""Links that came by mail: invitations, new passwords, new addresses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts import services
from portal.accounts.models import Account
from portal.core import clock
from portal.core.audit import AuditEntry
from portal.core.db import db
from tests.accounts.conftest import link_in
from tests.factories.accounts import PASSWORD

NEW = "neljä kuivaa harppua huojuu"


@pytest.fixture
def invited(within, work):
    """Invite an address; returns the path of the link in the mail."""

    def invite(email="uusi@example.fi", role="liaison", language="en"):
        within(lambda: services.invite(email, "Uusi Ihminen", role, language=language).id)
        return link_in(work()[-1])

    return invite


# --- invitations ----------------------------------------------------------------


def test_an_invitation_is_accepted_with_a_name_and_a_password(browser, invited, within):
    path, person = invited(), browser()
    page = person.get(path)
    assert page.h1 == "Set up your account" and "uusi@example.fi" in page.text
    page = person.submit(page, display_name="Aino Uusi", password=NEW)
    assert page.h1 == "Set up the second factor"
    account = within(lambda: db.session.scalars(select(Account.display_name, Account.status)).all())
    assert account == ["Aino Uusi"]
    again = browser().get(path)
    assert again.status == 410 and again.h1 == "This link no longer works"


def test_opening_the_link_changes_nothing(browser, invited, now_of):
    path = invited()
    for _ in range(3):
        assert browser().get(path).status == 200


def test_a_link_has_its_end_and_a_newer_one_ends_it(browser, invited):
    first, second = invited(), invited()
    assert browser().get(first).status == 410
    assert browser().get(second).status == 200
    with clock.travel(clock.now() + timedelta(days=7, minutes=1)):
        assert browser().get(second).status == 410


def test_two_who_accept_at_the_same_time_from_two_tabs(browser, invited, within):
    path, one, two = invited(), browser(), browser()
    page_one, page_two = one.get(path), two.get(path)
    assert one.submit(page_one, password=NEW).h1 == "Set up the second factor"
    assert two.submit(page_two, password="toinen salasana kokonaan muu").status == 410
    assert one.get("/en/start").h1 == "Set up the second factor"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("lyhyt", "too short"),
        ("salasana1234", "easy to guess"),
        ("Helsinki2024!", "easy to guess"),
        ("uusiihminen1", "easy to guess"),
        ("aaaaaaaaaaaaaaaaaaaaaa", "easy to guess"),
        ("x" * 301, "Shorten it to 300"),
        ("", "Write a new password"),
    ],
)
def test_a_weak_password_is_refused_in_words_and_the_link_still_works(browser, invited, password, sentence):
    path, person = invited(), browser()
    page = person.submit(path, password=password)
    assert page.status == 422 and sentence in " ".join(page.errors)
    assert person.submit(page, password=NEW).h1 == "Set up the second factor"


def test_a_very_long_password_is_taken_whole(browser, invited):
    path, person = invited(role="owner"), browser()
    long = NEW + " ja " + "pitkä lause jatkuu vielä vähän " * 6
    assert person.submit(path, password=long).url == "/en/start"
    assert browser().submit("/en/sign-in", email="uusi@example.fi", password=long[:100]).status == 422
    assert browser().submit("/en/sign-in", email="uusi@example.fi", password=long).url == "/en/start"


def test_inviting_a_taken_address_tells_only_its_owner(within, work, new_account, now_of):
    member = new_account(password=PASSWORD)
    returned = within(lambda: services.invite(member.email, "Other Name", "administrator").id)
    assert returned == member.id
    (mail,) = work()
    assert mail.kind == "account_known" and mail.to == member.email
    assert (now_of(member).role, now_of(member).display_name) == (member.role, member.display_name)


def test_an_address_is_not_flooded_with_invitations(within, work):
    for _ in range(8):
        within(lambda: services.invite("uusi@example.fi", "Uusi", "owner").id)
    assert len(work()) == 5


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_mails_say_neither_name_nor_role(invited, mailbox, language):
    invited(language=language)
    mail = mailbox.sent[-1]
    words = f"{mail.subject} {mail.text} {mail.html}".lower()
    for secret in ("uusi ihminen", "ihminen", "liaison", "officer", "administrator"):
        assert secret not in words
    assert mail.language == language


# --- a forgotten password --------------------------------------------------------


def test_a_forgotten_password_is_replaced_and_every_session_ends(browser, new_account, work):
    member = new_account(password=PASSWORD)
    signed_in, person = browser(member), browser()
    page = person.submit("/en/password", email=member.email)
    assert page.h1 == "Check your mail"
    (mail,) = work()
    assert mail.kind == "password_reset" and mail.to == member.email
    path = link_in(mail)
    page = person.submit(path, password=NEW)
    assert page.url == "/en/sign-in" and "Your password has been changed." in page.text
    assert signed_in.get("/en/account").h1 == "Sign in"
    assert person.submit(page, email=member.email, password=PASSWORD).status == 422
    assert person.submit("/en/sign-in", email=member.email, password=NEW).url == "/en/start"
    assert [mail.kind for mail in work()] == ["password_changed"]
    assert browser().get(path).status == 410


def test_known_and_unknown_addresses_get_the_same_words_and_the_same_work(browser, new_account, work, within):
    from portal.core.jobs import Job

    member = new_account(password=PASSWORD)
    gone = new_account(password=PASSWORD)
    within(lambda: setattr(db.session.get_one(Account, gone.id), "status", "deactivated"))
    pages = {}
    for email in (member.email, gone.email, "nobody@example.fi"):
        page = browser().submit("/en/password", email=email)
        pages[email] = (page.url, page.text, page.status)
    assert len(set(pages.values())) == 1
    jobs = within(lambda: [(job.kind, sorted(job.args), job.created_by_id) for job in db.session.scalars(select(Job))])
    assert len(jobs) == 3 and len(set(map(str, jobs))) == 1
    assert [mail.to for mail in work()] == [member.email]


def test_what_is_no_address_is_refused_beside_its_field_and_counts_for_nothing(browser, work):
    person = browser()
    page = person.submit("/en/password", email="abc")
    assert (page.status, page.errors) == (
        422, ["This is not an e-mail address. Write it in the form name@company.fi."]
    )  # fmt: skip
    assert 'value="abc"' in page.html and 'aria-invalid="true"' in page.html
    assert not work()


def test_a_second_factor_is_still_asked_after_a_new_password(browser, new_account, work):
    officer, person = new_account("officer", password=PASSWORD), browser()
    person.submit("/en/password", email=officer.email)
    person.submit(link_in(work()[0]), password=NEW)
    assert person.submit("/en/sign-in", email=officer.email, password=NEW).h1 == "Confirm with a code"


def test_an_invited_person_who_asks_gets_the_invitation_again(browser, invited, work):
    invited()
    browser().submit("/en/password", email="uusi@example.fi")
    assert [mail.kind for mail in work()] == ["account_invitation"]


def test_three_links_an_hour_are_enough(browser, new_account, work):
    member = new_account(password=PASSWORD)
    for _ in range(5):
        browser().submit("/en/password", email=member.email)
    assert len(work()) == 3


def test_a_network_asks_twenty_times_an_hour(browser):
    person = browser(address="10.7.7.7")
    for number in range(20):
        assert person.submit("/en/password", email=f"x{number}@example.fi").h1 == "Check your mail"
    assert "too many tries" in person.submit("/en/password", email="x@example.fi").errors[0]


def test_a_repeated_job_sends_one_link_that_works(app, browser, new_account, work, within):
    from portal.accounts import password_changes
    from portal.core.jobs import Job

    member = new_account(password=PASSWORD)
    browser().submit("/en/password", email=member.email)
    (mail,) = work()

    with app.app_context():
        password_changes.send_reset(db.session.scalars(select(Job)).one(), lambda percent: None)
    assert work() == []
    assert browser().get(link_in(mail)).status == 200


# --- a new address ------------------------------------------------------------------


def ask(browser, account, email="new@example.fi"):
    person = browser(account)
    return person, person.submit("/en/account/email", email=email, current=PASSWORD)


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_a_new_address_holds_when_both_have_confirmed(browser, new_account, work, now_of, order):
    member = new_account(password=PASSWORD)
    person, page = ask(browser, member)
    assert page.url == "/en/account" and "new@example.fi is in use when both" in page.text
    mails = {mail.kind.removeprefix("email_change_"): mail for mail in work()}
    assert (mails["old"].to, mails["new"].to) == (member.email, "new@example.fi")
    assert "new@example.fi" not in mails["old"].text and member.email not in mails["new"].text
    first, second = (link_in(mails[side]) for side in order)
    browser().get(first)
    assert "Confirmed." in browser().submit(first).text
    assert now_of(member).email == member.email
    assert browser().get(first).status == 410
    assert "The new e-mail address is in use." in person.submit(second).text
    assert now_of(member).email == "new@example.fi"
    assert browser().submit("/en/sign-in", email="new@example.fi", password=PASSWORD).url == "/en/start"


def test_a_taken_address_is_never_taken_over_and_nobody_learns_of_it(browser, new_account, work, now_of):
    member, other = new_account(password=PASSWORD), new_account()
    _, page = ask(browser, member, other.email)
    assert "We have sent a link to both addresses." in page.text
    mails = work()
    assert [mail.to for mail in mails] == [member.email]
    browser().submit(link_in(mails[0]))
    assert now_of(member).email == member.email


def test_an_address_taken_meanwhile_is_refused_in_words(browser, new_account, work, now_of):
    member = new_account(password=PASSWORD)
    ask(browser, member)
    paths = [link_in(mail) for mail in work()]
    new_account(email="new@example.fi")
    browser().submit(paths[0])
    page = browser().submit(paths[1])
    assert page.errors == ["This address cannot be taken into use. Choose another one in your account."]
    assert now_of(member).email == member.email


def test_a_change_can_be_taken_back(browser, new_account, work):
    person, page = ask(browser, new_account(password=PASSWORD))
    page = person.submit(page, button="Take the change back")
    assert "new@example.fi" not in page.text
    assert all(browser().get(link_in(mail)).status == 410 for mail in work())


def test_asking_twice_leaves_one_change(browser, new_account, work):
    member = new_account(password=PASSWORD)
    ask(browser, member)
    first = [link_in(mail) for mail in work()]
    ask(browser, member, "newer@example.fi")
    assert all(browser().get(path).status == 410 for path in first)


@pytest.mark.parametrize("email", ["not an address", "a@b", "x@example..fi", "ä" * 100, "a@example.fi\u202e"])
def test_what_is_no_address_gets_a_sentence(browser, new_account, email):
    _, page = ask(browser, new_account(password=PASSWORD), email)
    assert page.status == 422 and page.errors


def test_what_is_done_is_in_the_audit_trail(browser, new_account, work, within):
    member = new_account(password=PASSWORD)
    ask(browser, member)
    for mail in work():
        browser().submit(link_in(mail))
    verbs = within(lambda: set(db.session.scalars(select(AuditEntry.verb))))
    assert {"account.created", "account.email_change_asked", "account.email_changed"} <= verbs
