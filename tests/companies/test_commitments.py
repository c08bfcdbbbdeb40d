"""Publishing a commitment: looked at first, signed in time, and nobody loses standing without having been told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.companies import commitments
from portal.companies.models import Commitment, CommitmentVersion, Company
from portal.core import clock
from portal.core.audit import AuditEntry
from portal.core.db import db
from portal.standing import services as standings
from tests.factories import accounts
from tests.support.browser import Browser

NEW = "/en/companies/commitment/new"
TEXTS = {
    "text_fi": "# Lupaus\n\n## Palkka\n\n- maksamme **ajallaan**",
    "text_sv": "# Löfte\n\n## Lön\n\n- vi betalar **i tid**",
    "text_en": "# Promise\n\n## Pay\n\n- we pay **on time** <script>alert(1)</script>",
}


@pytest.fixture
def signed(app, within, case):
    """A company with its signature under version 1; its owner and liaison at their browsers."""
    made = case(vetted=True)
    within(lambda: commitments.sign(company_of(made), 1, by=db.session.get_one(Account, made.owner)) and None)
    return made, Browser(app).sign_in(made.owner), Browser(app).sign_in(made.liaison)


def company_of(made):
    return db.session.get_one(Company, made.company)


def day(days):
    return (clock.today() + timedelta(days=days)).isoformat()


def promise(app, within, made):
    def inside():
        found = standings.standing_of(company_of(made)).requirements
        one = next(each for each in found if each.key == "commitment")
        return one.held, one.text, one.until_text, one.next_label

    return within(inside)


def publish(liaison, days=30, **texts):
    page = liaison.submit(NEW, button="Look at the version", in_force_from=day(days), **{**TEXTS, **texts})
    return liaison.submit(page, button="Publish version 2")


def test_the_page_is_reached_and_lists_versions_with_their_texts(app, within, signed):
    _made, _owner, liaison = signed
    page = liaison.get("/en/companies")
    assert page.links["Commitment"].endswith("/companies/commitment")
    page = liaison.get(page.links["Commitment"])
    assert "Version 1" in page.text and "In force" in page.text
    page = liaison.get(page.links["Version 1"])
    assert all(name in page.text for name in ("Suomi", "Svenska", "English"))
    officer = Browser(app).sign_in(within(lambda: accounts.account("officer").id))
    assert "Write a new version" not in officer.get("/en/companies/commitment").text
    assert officer.get(NEW).status == 403


def test_nothing_is_published_before_it_was_looked_at_as_companies_read_it(within, signed, mailbox):
    made, owner, liaison = signed
    page = liaison.get(NEW)
    assert "One company must sign again" in page.text and "## " in page.html, "it begins from the last text"
    assert "Publish version 2" not in page.text
    page = liaison.submit(page, button="Look at the version", in_force_from=day(30), **TEXTS)
    assert page.status == 200 and "<strong>on time</strong>" in page.html and "<script>alert" not in page.html
    assert within(lambda: len(commitments.versions())) == 1 and mailbox.deliver() == []
    page = liaison.submit(page, button="Publish version 2")
    assert "Version 2" in page.text
    email = within(lambda: db.session.get_one(Account, made.owner).email)
    [mail] = mailbox.to(email)
    assert mail.kind == "news" and "commitment" not in (mail.subject + mail.text).lower()
    entry = within(lambda: db.session.scalar(select(AuditEntry.facts).where(AuditEntry.verb == "commitment.published")
                                             .order_by(AuditEntry.seq.desc())))  # fmt: skip
    assert (entry["number"], entry["companies"]) == (2, 1)
    html = owner.get("/en/company/commitment").html
    assert "<strong>on time</strong>" in html


def test_a_company_keeps_its_standing_until_the_day_and_signs_before_it(app, within, signed):
    made, owner, liaison = signed
    publish(liaison)
    held, text, until, following = promise(app, within, made)
    assert held and "Sign the new version 2" in text and until.startswith("Until ")
    assert following == "Read and sign the commitment"
    assert "Read and sign the commitment" in owner.get("/en/standing").text
    assert "Comes into force on" in owner.get("/en/company").text
    with clock.travel(clock.now() + timedelta(days=29)):
        assert promise(app, within, made)[0]
    with clock.travel(clock.now() + timedelta(days=30)):
        held, text, _until, following = promise(app, within, made)
        assert not held and "Sign the new version 2" in text and following

    page = owner.get("/en/company/commitment")
    assert "You signed version 1" in page.text
    owner.submit(page, button="Sign the commitment", read="y")
    for days in (0, 30, 300):
        with clock.travel(clock.now() + timedelta(days=days)):
            held, _text, until, following = promise(app, within, made)
            assert held and until == "Until a new version" and not following
    assert within(lambda: {row.version_number for row in db.session.scalars(select(Commitment))}) == {1, 2}


def test_owners_who_have_not_signed_hear_once_more_before_the_day(app, within, signed, mailbox):
    made, _owner, liaison = signed
    publish(liaison)
    email = within(lambda: db.session.get_one(Account, made.owner).email)
    assert len(mailbox.to(email)) == 1
    for days in (22, 24, 25):
        with clock.travel(clock.now() + timedelta(days=days)):
            in_app(app, commitments.remind)
            assert len(mailbox.to(email)) == (1 if days == 22 else 2)


def test_what_is_missing_or_too_early_is_said_beside_its_field(within, signed):
    _made, _owner, liaison = signed
    page = liaison.submit(NEW, button="Look at the version", **{**TEXTS, "text_sv": ""}, in_force_from=day(-1))
    assert page.status == 422 and "Write the text in Swedish" in page.text and "This day has passed" in page.text
    publish(liaison, days=60)
    page = liaison.submit(NEW, button="Look at the version", in_force_from=day(10), **TEXTS)
    page = liaison.submit(page, button="Publish version 3")
    assert page.status == 422 and "Choose a later day" in page.text
    assert within(lambda: len(commitments.versions())) == 2


def test_two_liaisons_do_not_publish_over_each_other(app, within, signed):
    made, _owner, liaison = signed
    read = liaison.submit(NEW, button="Look at the version", in_force_from=day(30), **TEXTS)
    publish(Browser(app).sign_in(made.liaison), text_en="# Other\n\nTheirs")
    page = liaison.submit(read, button="Publish version 2")
    assert page.status == 422 and "Another version was published" in page.text
    assert within(lambda: len(commitments.versions())) == 2


def test_a_company_that_never_signed_is_not_told(app, within, case, mailbox):
    made = case(vetted=True)
    liaison = Browser(app).sign_in(made.liaison)
    assert "No company must sign again" in liaison.get(NEW).text
    publish(liaison)
    assert mailbox.deliver() == []


def test_without_any_version_the_pages_say_so(app, case, within):
    made = case()
    liaison = Browser(app).sign_in(made.liaison)
    within(lambda: [db.session.delete(row) for row in db.session.scalars(select(CommitmentVersion))] and None)
    assert "No commitment yet" in liaison.get("/en/companies/commitment").text
    assert "version 1" in liaison.get(NEW).text
    assert Browser(app).sign_in(made.owner).get("/en/company/commitment").status == 404


def in_app(app, work):
    with app.app_context():
        work()
