"""The whole way of a webinar: the public page, the mail, the seat, attendance, the certificate, standing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.trainings import reminders
from portal.trainings.models import Completion, Training
from tests.factories import accounts, events, trainings
from tests.standing import worlds


@pytest.fixture
def world(app):
    """A company that lacks the training alone, and a webinar that gives it."""
    with app.app_context(), transaction():
        training = trainings.training(code="fair", title_en="Fair recruitment")
        found = worlds.responsible(training)
        starts_at = clock.now() + timedelta(minutes=10)
        events.event(training_id=training.id, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=10))
    return found


def completion_of(app) -> Completion:
    with app.app_context():
        found = db.session.scalars(select(Completion)).one()
        db.session.expunge_all()
        return found


def attend(client, liaison, mailbox, email: str) -> str:
    """Sign up on the public page, confirm, be marked present; returns the path of the certificate."""
    listed = client.get("/en/events")
    page = client.get(listed.links["Fair recruitment in practice"])
    client.submit(page, name="Aino Lehtovirta", email=email, attendee_role="entrepreneur", language="en")
    link = re.search(r"http://localhost(/en/sign-ups/\w+)", mailbox.to(email)[0].text)[1]
    client.submit(link, "Confirm my sign-up")
    event_path = page.url
    with clock.travel(clock.now() + timedelta(minutes=25)):
        page = liaison.submit(f"{event_path}/attendance", "All were there")
        assert "1 present, 0 absent" in page.text
        mail = mailbox.to(email)[-1]
    assert mail.subject == "Your certificate: Fair recruitment"
    return re.search(r"http://localhost(/en/certificates/\w{64})", mail.text)[1]


def test_from_the_public_page_to_standing_by_the_holders_own_page(client, browser, world, mailbox, app):
    owner, liaison = browser(world.owner_id), browser(world.liaison_id)
    assert "One requirement is missing" in owner.get("/en/standing").text
    assert "Fair recruitment in practice" in owner.get("/en/trainings").text
    certificate = client.get(attend(client, liaison, mailbox, "aino@home.example.fi"))
    assert certificate.h1 == "Your certificate"
    for words in ("Valid", "Aino Lehtovirta", "Fair recruitment"):
        assert words in certificate.text
    assert "aino@home" not in certificate.html
    assert "One requirement is missing" in owner.get("/en/standing").text
    with clock.travel(clock.now() + timedelta(minutes=27)):
        page = owner.submit(certificate.url, "Add it to my account")
        assert "The certificate is on your account" in page.text
        standing = owner.get("/en/standing")
        assert "You are a responsible employer" in standing.text
        assert "Completed by Aino Lehtovirta" in standing.text
    assert completion_of(app).account_id == world.owner_id


def test_a_certificate_for_the_members_own_address_is_theirs_by_itself(client, browser, world, mailbox, app):
    with app.app_context():
        email = db.session.get_one(Account, world.owner_id).email
    attend(client, browser(world.liaison_id), mailbox, email)
    with clock.travel(clock.now() + timedelta(minutes=27)):
        assert "You are a responsible employer" in browser(world.owner_id).get("/en/standing").text


def test_an_address_that_becomes_a_member_later_brings_its_completion(browser, world, app):
    with app.app_context(), transaction():
        trainings.completion(db.session.get_one(Training, world.training_id), email="new@example.fi")
        accounts.account(Role.RECRUITER, company_id=world.company_id, email="new@example.fi", display_name="Uusi")
    page = browser(world.owner_id).get("/en/standing")
    assert "Completed by Uusi" in page.text


def test_who_leaves_takes_the_completion_along(browser, world, app):
    with app.app_context(), transaction():
        member = accounts.account(Role.RECRUITER, company_id=world.company_id)
        member_id = member.id
        trainings.completion(db.session.get_one(Training, world.training_id), email=member.email)
    owner = browser(world.owner_id)
    assert "You are a responsible employer" in owner.get("/en/standing").text
    with app.app_context(), transaction():
        db.session.get_one(Account, member_id).status = "deactivated"
    assert "One requirement is missing" in owner.get("/en/standing").text


def test_the_public_check_says_what_it_found(client, world, app):
    assert client.get("/en/certificates").h1 == "Check a certificate"
    page = client.get("/en/certificates?code=ACDEF-34679")
    assert "No certificate has this code" in page.text
    assert page.title.startswith("Error:")
    for odd in ("x" * 5000, "🦆", "'; drop table", "%E2%80%AE"):
        assert client.get(f"/en/certificates?code={odd}").status < 500
    assert client.get("/en/certificates?code=%00").status == 404, "control characters have no place in an address"


def test_wrong_codes_are_counted_by_network_and_pause_it(app, browser, world):
    prober = browser(None, address="192.0.2.7")
    for _ in range(20):
        assert prober.get("/en/certificates?code=ACDEF34679").status == 200
    assert prober.get("/en/certificates?code=ACDEF34679").status == 429
    assert browser(None, address="192.0.2.8").get("/en/certificates?code=ACDEF34679").status == 200


def test_a_revoked_certificate_says_so_and_no_longer_counts(client, browser, world, app):
    with app.app_context(), transaction():
        owner = db.session.get_one(Account, world.owner_id)
        made = trainings.completion(db.session.get_one(Training, world.training_id), email=owner.email)
        completion_id, code = made.id, made.certificate_code
    liaison = browser(world.liaison_id)
    assert liaison.submit(f"/en/completions/{completion_id}/revoke", reason="").status == 422
    page = liaison.submit(f"/en/completions/{completion_id}/revoke", reason="Taken by somebody else")
    assert "The certificate is revoked" in page.text
    shown = client.get(f"/en/certificates?code={code}")
    assert "This certificate was revoked" in shown.text
    assert "somebody else" not in shown.text
    assert "One requirement is missing" in browser(world.owner_id).get("/en/standing").text
    again = liaison.submit(f"/en/completions/{completion_id}/revoke", reason="Twice")
    assert any("revoked already" in error for error in again.errors)


def test_attendance_corrected_takes_the_certificate_back_and_gives_it_again(client, browser, world, mailbox, app):
    liaison = browser(world.liaison_id)
    path = attend(client, liaison, mailbox, "aino@home.example.fi")
    with app.app_context():
        event_id = completion_of(app).event_id
    with clock.travel(clock.now() + timedelta(minutes=26)):
        liaison.submit(f"/en/events/{event_id}/attendance", present=[])
        assert "revoked" in client.get(path).text
        liaison.submit(f"/en/events/{event_id}/attendance", "All were there")
        assert "revoked" not in client.get(path).text
    assert len([mail for mail in mailbox.to("aino@home.example.fi") if "certificate" in mail.subject]) == 1


def test_a_holder_hears_60_and_14_days_before_the_end_and_not_when_renewed(app, world, mailbox):
    with app.app_context(), transaction():
        owner = db.session.get_one(Account, world.owner_id)
        training = db.session.get_one(Training, world.training_id)
        today = clock.today()
        trainings.completion(training, email=owner.email, valid_until=today + timedelta(days=70))
        email = owner.email
    for days in (0, 9, 10, 55, 56, 57, 71):
        with clock.travel(clock.now() + timedelta(days=days)), app.app_context():
            reminders.remind()
            mailbox.deliver()
    assert [mail.subject for mail in mailbox.to(email)] == ["You have news in Reilu"] * 2
    with app.app_context(), transaction():
        training = db.session.get_one(Training, world.training_id)
        trainings.completion(training, email=email, valid_until=clock.today() + timedelta(days=400))
    with clock.travel(clock.now() + timedelta(days=60)), app.app_context():
        reminders.remind()
    assert len(mailbox.to(email)) == 2


def test_staff_write_renew_and_edit_a_training(browser, world, app):
    liaison = browser(world.liaison_id)
    names = {"title_fi": "Reilu", "title_sv": "Rättvis", "title_en": "Fair"}
    names |= {"teaches_fi": "Palkka\nTyöaika"}
    page = liaison.submit("/en/trainings/new", code="chain", **names)
    assert page.h1 == "Fair"
    page = liaison.submit("/en/trainings/new", code="chain", **names)
    assert any("Another training has this code" in error for error in page.errors)
    page = liaison.submit("/en/trainings/new", code="Ketju!", **names, valid_months="0")
    assert {error[:5] for error in page.errors} == {"Use s", "Write"}
    edit = f"/en/trainings/{world.training_id}/edit"
    mine = liaison.get(edit)
    liaison.submit(mine, valid_months="12")
    assert liaison.submit(mine, valid_months="36").status == 422, "stale"
    renew = f"/en/trainings/{world.training_id}/renew"
    page = liaison.submit(renew, "Begin version 2", teaches_fi="Asuminen")
    assert "Write in Finnish what changed" in page.errors
    page = liaison.submit(renew, "Begin version 2", teaches_fi="Asuminen", note_fi="Asumisesta", note_en="On housing")
    assert "Version 2 of the content holds now" in page.text
    with app.app_context():
        training = db.session.get_one(Training, world.training_id)
        assert (training.valid_months, training.content_version) == (12, 2)


def test_pages_of_staff_are_closed_to_companies(browser, world):
    owner = browser(world.owner_id)
    for path in (
        "/en/trainings/manage",
        "/en/trainings/new",
        f"/en/trainings/{world.training_id}",
        "/en/events/manage",
    ):
        assert owner.get(path).status == 403
    assert browser(world.liaison_id).get("/en/trainings").status == 403
