"""A person signs up on the web, confirms from their mail, and has a page of their own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock, settings
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.events import limits, schedule
from portal.events.models import Event, SignUp, SignUpStatus
from tests.factories import accounts, events

FILLED = {"name": "Pirjo Kallas", "email": "Pirjo.Kallas@Example.FI", "attendee_role": "personnel", "language": "en"}


@pytest.fixture
def event_id(app):
    with app.app_context(), transaction():
        return events.event().id


@pytest.fixture
def rows(app):
    def read():
        with app.app_context():
            found = db.session.scalars(select(SignUp).order_by(SignUp.asked_at)).all()
            db.session.expunge_all()
            return found

    return read


def link_in(message) -> str:
    return re.search(r"http://localhost(/\w\w/sign-ups/\w+)", message.text)[1]


def taken(app, event_id) -> int:
    with app.app_context():
        return db.session.get_one(Event, event_id).taken


def test_signing_up_holds_a_seat_and_a_button_behind_the_mailed_link_confirms_it(client, event_id, rows, mailbox, app):
    page = client.submit(f"/en/events/{event_id}", **FILLED)
    assert page.h1 == "Check your mail"
    assert [row.status for row in rows()] == ["unconfirmed"]
    assert taken(app, event_id) == 1
    (mail,) = mailbox.to("pirjo.kallas@example.fi")
    link = link_in(mail)
    own = client.get(link)
    assert "Confirm that this address is yours" in own.text
    assert rows()[0].status == "unconfirmed", "opening the link changes nothing"
    assert "meet.example.fi" not in own.html
    done = client.submit(own, "Confirm my sign-up")
    assert "You have a seat" in done.text
    assert "https://meet.example.fi/reilu-4711" in done.text
    assert rows()[0].status == "confirmed"
    assert taken(app, event_id) == 1


def test_the_first_mail_holds_no_word_that_was_typed(client, event_id, mailbox):
    client.submit(f"/en/events/{event_id}", **{**FILLED, "name": "Buy cheap pills", "organisation": "pills.example"})
    (mail,) = mailbox.to("pirjo.kallas@example.fi")
    assert "pills" not in mail.text + mail.subject + mail.html


def test_the_confirmed_mail_has_the_join_link_and_a_calendar_file_without_it(client, event_id, mailbox):
    client.submit(f"/en/events/{event_id}", **FILLED)
    client.submit(link_in(mailbox.to("pirjo.kallas@example.fi")[0]), "Confirm my sign-up")
    mail = mailbox.to("pirjo.kallas@example.fi")[1]
    assert mail.subject == "You have a seat: Fair recruitment in practice"
    assert "https://meet.example.fi/reilu-4711" in mail.text
    name, media_type, text = mail.attachments[0]
    assert (name, media_type) == ("event.ics", "text/calendar; charset=utf-8; method=REQUEST")
    assert "METHOD:REQUEST" in text
    assert "meet.example.fi" not in text
    assert "/sign-ups/" not in text


def test_the_same_address_again_gets_the_same_page_and_its_existing_link(client, event_id, rows, mailbox, app):
    first = client.submit(f"/en/events/{event_id}", **FILLED)
    again = client.submit(f"/en/events/{event_id}", **{**FILLED, "name": "Somebody Else"})
    assert again.text == first.text
    mails = mailbox.to("pirjo.kallas@example.fi")
    assert [link_in(mail) for mail in mails] == [link_in(mails[0])] * 2
    assert [row.name for row in rows()] == ["Pirjo Kallas"]
    assert taken(app, event_id) == 1
    client.submit(link_in(mails[0]), "Confirm my sign-up")
    client.submit(f"/en/events/{event_id}", **FILLED)
    last = mailbox.to("pirjo.kallas@example.fi")[-1]
    assert last.subject == "Your sign-up: Fair recruitment in practice"


def test_one_address_gets_at_most_three_mails_a_day_for_an_event(client, event_id, mailbox):
    for _ in range(5):
        assert client.submit(f"/en/events/{event_id}", **FILLED).h1 == "Check your mail"
    assert len(mailbox.to("pirjo.kallas@example.fi")) == 3


def test_an_address_that_is_signed_up_all_around_gets_no_more_mails_that_day(app, client, mailbox):
    with app.app_context(), transaction():
        settings.change(limits.ADDRESS, 2)
        all_around = [events.event().id for _ in range(4)]
    for event_id in all_around:
        assert client.submit(f"/en/events/{event_id}", **FILLED).h1 == "Check your mail"
    assert len(mailbox.to("pirjo.kallas@example.fi")) == 2


@pytest.mark.parametrize(
    ("limit", "sentence"), [(limits.NETWORK, "came from your network"), (limits.EVENT, "Very many people are signing")]
)
def test_very_many_sign_ups_of_one_network_or_event_are_refused(client, event_id, app, rows, limit, sentence):
    with app.app_context(), transaction():
        settings.change(limit, 2)
    for number in range(2):
        client.submit(f"/en/events/{event_id}", **{**FILLED, "email": f"a{number}@example.fi"})
    page = client.submit(f"/en/events/{event_id}", **{**FILLED, "email": "b@example.fi"})
    assert page.status == 422
    assert any(sentence in error for error in page.errors)
    assert len(rows()) == 2


def test_the_number_of_seats_does_not_tell_whether_an_address_is_signed_up(client, event_id, mailbox):
    client.submit(f"/en/events/{event_id}", **FILLED)
    confirm = client.get(link_in(mailbox.to("pirjo.kallas@example.fi")[0]))
    client.submit(confirm, "Confirm my sign-up")
    shown = []
    for address in ("pirjo.kallas@example.fi", "nobody@example.fi"):
        client.submit(f"/en/events/{event_id}", **{**FILLED, "email": address})
        shown.append(re.search(r"\d seats left", client.get(f"/en/events/{event_id}").text)[0])
    assert shown == ["2 seats left", "2 seats left"]


def test_a_hold_ends_after_two_hours_and_the_seat_is_free(client, event_id, rows, mailbox, app):
    client.submit(f"/en/events/{event_id}", **FILLED)
    link = link_in(mailbox.to("pirjo.kallas@example.fi")[0])
    assert taken(app, event_id) == 1
    with clock.travel(clock.now() + timedelta(hours=2, minutes=1)):
        assert "3 seats left" in client.get(f"/en/events/{event_id}").text, "right while the worker stands still"
        own = client.get(link)
        assert "was not confirmed within two hours" in own.text
        assert rows()[0].status == "unconfirmed"
        with app.app_context():
            schedule.settle_seats()
        assert rows()[0].status == "expired"
        assert taken(app, event_id) == 0
        assert client.submit(f"/en/events/{event_id}", **FILLED).h1 == "Check your mail", "it may sign up again"


def test_confirming_too_late_says_so_and_holds_nothing(client, event_id, rows, mailbox):
    client.submit(f"/en/events/{event_id}", **FILLED)
    own = client.get(link_in(mailbox.to("pirjo.kallas@example.fi")[0]))
    with clock.travel(clock.now() + timedelta(hours=3)):
        late = client.submit(own, "Confirm my sign-up")
    assert late.status == 422
    assert any("free again" in error for error in late.errors)
    assert rows()[0].status != "confirmed"


def test_pressing_confirm_twice_is_one_confirmation(client, event_id, mailbox):
    client.submit(f"/en/events/{event_id}", **FILLED)
    own = client.get(link_in(mailbox.to("pirjo.kallas@example.fi")[0]))
    client.submit(own, "Confirm my sign-up")
    again = client.submit(own, "Confirm my sign-up")
    assert "You have a seat" in again.text
    assert len(mailbox.to("pirjo.kallas@example.fi")) == 2


def test_cancelling_frees_the_seat_and_leaves_the_calendar(client, event_id, rows, mailbox, app):
    client.submit(f"/en/events/{event_id}", **FILLED)
    link = link_in(mailbox.to("pirjo.kallas@example.fi")[0])
    client.submit(link, "Confirm my sign-up")
    assert "BEGIN:VEVENT" in client.get(f"{link}/event.ics").html
    page = client.submit(link, "Cancel my sign-up")
    assert "This sign-up is cancelled" in page.text
    assert taken(app, event_id) == 0
    mail = mailbox.to("pirjo.kallas@example.fi")[-1]
    assert "METHOD:CANCEL" in mail.attachments[0][2]
    assert client.get(f"{link}/event.ics").status == 404
    assert rows()[0].needs is None


def test_a_full_event_gives_a_place_in_line_and_a_freed_seat_is_offered(client, app, mailbox):
    with app.app_context(), transaction():
        event = events.event(capacity=1)
        event_id, holder = event.id, events.sign_up(event, email="first@example.fi").id
    page = client.get(f"/en/events/{event_id}")
    assert "Full, with a waiting list" in page.text
    client.submit(page, **FILLED)
    link = link_in(mailbox.to("pirjo.kallas@example.fi")[0])
    assert "You are on the waiting list" in client.submit(link, "Confirm my sign-up").text
    assert mailbox.to("pirjo.kallas@example.fi")[-1].subject.startswith("You are on the waiting list")
    with app.app_context(), transaction():
        from portal.events import sign_ups

        sign_ups.cancel(db.session.get_one(SignUp, holder))
    offer = mailbox.to("pirjo.kallas@example.fi")[-1]
    assert offer.subject == "A seat is free for you: Fair recruitment in practice"
    page = client.submit(link, "Take the seat")
    assert "You have a seat" in page.text
    assert taken(app, event_id) == 1


def test_a_declined_offer_goes_to_the_next_and_a_lapsed_one_too(client, app, mailbox):
    with app.app_context(), transaction():
        event = events.event(capacity=1)
        event_id, holder = event.id, events.sign_up(event).id
        line = [events.sign_up(event, email=f"line{number}@example.fi").id for number in range(3)]

    def states():
        with app.app_context():
            return [db.session.get_one(SignUp, each).status for each in line]

    assert states() == ["waiting"] * 3
    with app.app_context(), transaction():
        from portal.events import sign_ups

        sign_ups.cancel(db.session.get_one(SignUp, holder))
    assert states() == ["offered", "waiting", "waiting"]
    page = client.submit(link_in(mailbox.to("line0@example.fi")[-1]), "Decline the seat")
    assert "cancelled" in page.text
    assert states() == ["cancelled", "offered", "waiting"]
    with clock.travel(clock.now() + timedelta(days=3)), app.app_context():
        schedule.settle_seats()
        assert states() == ["cancelled", "lapsed", "offered"]
    assert taken(app, event_id) == 1


def test_a_member_finds_the_form_filled_in(browser, app, event_id):
    from tests.standing import worlds

    with app.app_context(), transaction():
        world = worlds.responsible()
    page = browser(world.owner_id).get(f"/en/events/{event_id}")
    values = page.fields(page.form(button="Sign up"))
    assert values["name"] == "Aino Lehtovirta"
    assert values["organisation"] == "Kuuralinna Siivous Oy"
    assert values["business_id"]
    assert "newsletter" not in values, "unticked"


def test_access_and_diet_are_sealed_seen_by_few_with_each_look_recorded_and_gone_after_a_week(client, browser, app):
    with app.app_context(), transaction():
        event_id = events.event(place="Kokeilutalo").id
        liaison, manager = accounts.account(Role.LIAISON).id, accounts.account(Role.MANAGER).id
    filled = {**FILLED, "needs": "Viittomakielen tulkki", "diet": "Ei pähkinää"}
    client.submit(f"/en/events/{event_id}", **filled)
    keeper = browser(liaison)
    people = keeper.get(f"/en/events/{event_id}/sign-ups")
    assert "tulkki" not in people.html and "pähkinää" not in people.html
    page = keeper.get(people.links["See access and diet"])
    assert "Viittomakielen tulkki" in page.text and "Ei pähkinää" in page.text
    assert browser(manager).get(f"/en/events/{event_id}/needs").status == 403
    with app.app_context():
        row = db.session.scalar(select(SignUp))
        assert b"tulkki" not in row.needs and b"nut" not in row.diet
        looks = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "event.needs_read")).all()
        assert [(each.account_id, each.facts) for each in looks] == [(liaison, {"count": 1})]
    with clock.travel(clock.now() + timedelta(days=18)), app.app_context():
        with transaction():
            assert schedule.forget_needs() == 1
        row = db.session.scalar(select(SignUp))
        assert (row.needs, row.diet) == (None, None)


def test_a_webinar_asks_for_no_diet(client, event_id):
    page = client.get(f"/en/events/{event_id}")
    assert "diet" not in page.fields(page.form(button="Sign up"))


# --- bad input ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Write your name"),
        ({"email": "pirjo.kallas@"}, "This is not an e-mail address"),
        ({"business_id": "0012345-8"}, "Business ID"),
        ({"attendee_role": ""}, "Choose your role"),
        ({"attendee_role": "king"}, "Choose one of the list"),
        ({"name": "x" * 100_000}, "Shorten it"),
        ({"name": "Pirjo\x00Kallas"}, "hidden characters"),
        ({"name": "Pirjo \u202eKallas"}, "hidden characters"),
        ({"needs": "y" * 100_000}, "Shorten it"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(client, event_id, rows, change, sentence):
    page = client.submit(f"/en/events/{event_id}", **{**FILLED, "organisation": "Kallas & pojat 🦆", **change})
    assert page.status == 422
    assert any(sentence in error for error in page.errors), page.errors
    assert page.fields(page.form(button="Sign up"))["organisation"] == "Kallas & pojat 🦆"
    assert not rows()


def test_a_field_the_form_lacks_is_refused(client, event_id, rows):
    page = client.get(f"/en/events/{event_id}")
    values = page.fields(page.form(button="Sign up"))
    for name, value in {**FILLED, "status": "confirmed"}.items():
        values[name] = value
    answer = client.post(page.url, values)
    assert answer.status == 422
    assert not rows()


def test_the_same_form_twice_is_one_sign_up_and_one_mail(client, event_id, rows, mailbox):
    page = client.get(f"/en/events/{event_id}")
    client.submit(page, **FILLED)
    assert client.submit(page, **FILLED).h1 == "Check your mail"
    assert len(rows()) == 1
    assert len(mailbox.to("pirjo.kallas@example.fi")) == 1


@pytest.mark.parametrize("path", ["/en/events/6b1f0000-0000-4000-8000-000000000000", "/en/sign-ups/nothing"])
def test_an_unknown_address_is_not_found(client, path):
    assert client.get(path).status == 404


def test_drafts_and_private_events_are_not_found_by_strangers(client, browser, app):
    from tests.standing import worlds

    with app.app_context(), transaction():
        draft = events.event(status="draft").id
        world = worlds.responsible()
        private = events.event(company_id=world.company_id, title_en="Only for Kuuralinna").id
        liaison = accounts.account(Role.LIAISON).id
    for event_id in (draft, private):
        assert client.get(f"/en/events/{event_id}").status == 404
        assert client.get(f"/en/events/{event_id}/asked").status == 404
    assert "Kuuralinna" not in client.get("/en/events").text
    assert browser(world.owner_id).get(f"/en/events/{private}").status == 200
    assert "This is a draft" in browser(liaison).get(f"/en/events/{draft}").text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_public_pages_stand_in_three_languages_with_a_mark_where_a_text_falls_back(client, app, language):
    with app.app_context(), transaction():
        event_id = events.event(title_sv="", title_en="").id
    page = client.get(f"/{language}/events/{event_id}")
    assert "Reilu rekrytointi käytännössä" in page.h1
    assert {"fi": "suomi", "sv": "finska", "en": "Finnish"}[language] in page.text
    assert ('<span lang="fi">Reilu rekrytointi' in page.html) == (language != "fi")


def test_a_language_switch_keeps_what_was_typed(client, event_id, rows):
    page = client.get(f"/en/events/{event_id}")
    values = page.fields(page.form(button="Sign up"))
    values["name"] = "Pirjo Kallas"
    values["switch_language"] = "sv"
    answer = client.post(page.url, values)
    assert answer.url.startswith("/sv/")
    assert 'value="Pirjo Kallas"' in answer.html
    assert not rows()


def test_status_values_are_those_of_the_design():
    assert {str(status) for status in SignUpStatus} == {
        "unconfirmed", "confirmed", "waiting", "offered", "lapsed", "expired", "cancelled",
    }  # fmt: skip
