"""P7: to a candidate a call is the rule; a message leaves only inside the safe-contact plan, and names nobody."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from portal.candidates import rules
from portal.candidates.models import ContactMessage
from portal.candidates.values import Channel, SafeContact
from portal.core import clock, outbox, vault
from portal.core.db import db
from portal.core.mailbox import unseal
from portal.core.outbox import OutboxMessage
from portal.core.vault import KeyGone
from portal.programmes import services as programmes
from tests.candidates.conftest import House
from tests.core.test_transport import Inbox, Posts

ADDRESS, NAME = "piilossa@posti.example", "Salainen Henkilö"
IN_HOURS = clock.at(date(2027, 3, 3), time(11))  # a Wednesday
PLAN = {
    "channel": Channel.EMAIL, "hours": "weekdays 10–14", "language": "fi", "words": "Say you are Elina",
    "days": frozenset({0, 2}), "opens": time(10), "closes": time(14),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _wednesday():
    with clock.travel(IN_HOURS):
        yield


def agreed(house: House, **plan: object) -> SimpleNamespace:
    return house.candidate(
        identity={"legal_name": NAME, "email": ADDRESS}, contact=PLAN | plan, status=plan.pop("status", "active")
    )


def send(house: House, made: SimpleNamespace, text: str = "call_me"):
    return house.browser("officer").submit(f"{made.url}/message", "Send the message", text=text)


def due(house: House, who: str = "officer") -> str:
    return house.browser(who).get("/en/candidates").text


def test_p7_inside_the_plan_one_neutral_mail_leaves_with_the_words_that_were_shown(house: House, mailbox) -> None:
    made = agreed(house)
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/message")
    assert "Hei. Soita minulle, kun sinulle sopii." in page.text and "Toimisto" in page.text
    assert ADDRESS not in page.html and NAME not in page.html and house.entries("identity.read") == []
    page = officer.submit(page, "Send the message", text="call_me")
    assert "The message leaves on 3 March 2027 at 11.0" in page.text
    mailbox.deliver(), mailbox.deliver()
    (mail,) = mailbox.sent
    assert (mail.to, mail.subject, mail.text, mail.html) == (
        ADDRESS, "Hei", "Hei. Soita minulle, kun sinulle sopii.\n", ""
    )  # fmt: skip
    assert mail.sender == "Toimisto <toimisto@posti.example>"
    assert "Sent on 3 March 2027" in officer.get(made.url).text
    posted = house.entries("message.posted")
    assert [(each.candidate_ids, each.facts["text"]) for each in posted] == [([made.id], "call_me")]
    assert house.trail_is_sound()


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fi", "as_agreed", "Hei. Tapaamme niin kuin sovimme."),
        ("sv", "call_again", "Hej. Jag försökte ringa dig. Jag ringer igen."),
        ("en", "not_as_agreed", "Hello. We cannot meet as agreed. I will call you."),
    ],
)
def test_p7_the_message_speaks_the_language_of_the_plan(house: House, mailbox, language, text, words) -> None:
    made = agreed(house, language=language)
    send(house, made, text)
    mailbox.deliver()
    assert [mail.text.strip() for mail in mailbox.sent] == [words]


def test_p7_where_words_were_agreed_no_others_are_sent(house: House, mailbox) -> None:
    made = agreed(house, message_words="Kirja on palautettu.")
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/message")
    assert "Soita minulle" not in page.text
    forged = {**page.fields(page.form()), "text": "call_me"}
    assert officer.post(f"{made.url}/message", data=forged).status == 422
    officer.submit(page, "Send the message")
    mailbox.deliver()
    assert [(mail.subject, mail.text) for mail in mailbox.sent] == [("Hei", "Kirja on palautettu.\n")]


def test_p7_the_mail_on_the_wire_says_nowhere_where_it_comes_from(house: House, make_app) -> None:
    inbox = Inbox()
    server = Posts(inbox)
    server.start()
    try:
        house.app = make_app(smtp_url=f"smtp://127.0.0.1:{server.port}")
        send(house, agreed(house))
        with house.app.app_context():
            assert outbox.send_due() == 1
            db.session.remove()
    finally:
        server.stop()
    (mail,) = inbox.mails
    assert inbox.envelopes == [("toimisto@posti.example", [ADDRESS])]
    assert mail["From"] == "Toimisto <toimisto@posti.example>" and not mail.is_multipart()
    assert inbox.greetings == ["posti.example"], "the mail server writes our machine's name into the headers"
    whole = mail.as_string().casefold()
    names = house.do(lambda: [name for each in programmes.all_programmes() for name in (each.name_fi, each.name_en)])
    for word in ("reilu", "localhost", "http", NAME.casefold(), *(name.casefold() for name in names)):
        assert word not in whole, word


def test_p7_outside_the_hours_the_message_waits_until_they_begin(house: House, mailbox) -> None:
    made = agreed(house)
    with clock.travel(clock.at(date(2027, 3, 3), time(14))):
        page = send(house, made)
        assert "The message leaves on 8 March 2027 at 10.00." in page.text
        assert "Waits, leaves on 8 March 2027 at 10.00" in page.text
        assert mailbox.deliver() == []
    with clock.travel(clock.at(date(2027, 3, 8), time(9, 59))):
        assert mailbox.deliver() == []
    with clock.travel(clock.at(date(2027, 3, 8), time(10, 1))):
        assert len(mailbox.deliver()) == 1


def test_p7_a_worker_that_comes_too_late_sends_nothing(house: House, mailbox) -> None:
    made = agreed(house)
    send(house, made)
    with clock.travel(clock.at(date(2027, 3, 3), time(14))):
        assert mailbox.deliver() == []
        assert "The message was not sent: call instead" in due(house)
        assert "call instead. The hours of the plan were over." in house.browser("officer").get(made.url).text
    with clock.travel(clock.at(date(2027, 3, 8), time(11))):
        assert mailbox.deliver() == []


@pytest.mark.parametrize(
    ("part", "change", "why"),
    [
        ("contact", {"channel": "call"}, "The contact plan changed."),
        ("contact", {"message_words": "Muut sanat."}, "The contact plan changed."),
        ("identity", {"email": "uusi@posti.example"}, "Name and contact changed."),
    ],
)
def test_p7_a_plan_that_changed_in_between_stops_the_message_and_makes_a_task(
    house: House, mailbox, part: str, change: dict, why: str
) -> None:
    made = agreed(house)
    send(house, made)
    officer = house.browser("officer")
    officer.submit(f"{made.url}/{part}", "Save", **change)
    assert mailbox.deliver() == []
    assert why in officer.get(made.url).text
    assert "The message was not sent: call instead" in due(house)
    officer.submit(f"{made.url}/call", "Record it", outcome="spoke", call_on="")
    assert "not sent" not in due(house) and mailbox.deliver() == []


def test_p7_a_closed_file_sends_nothing(house: House, mailbox) -> None:
    made = agreed(house)
    send(house, made)
    house.browser("officer").submit(f"{made.url}/status", "Change the state", to="closed", reason="asked")
    assert mailbox.deliver() == []
    assert "The file is closed, so nothing is sent." in house.browser("officer").get(f"{made.url}/message").text


def test_p7_a_mail_server_that_refuses_makes_a_task_too(house: House, mailbox) -> None:
    made = agreed(house)
    send(house, made)

    def fail() -> None:
        db.session.scalars(select(OutboxMessage)).one().status = "failed"

    house.do(fail)
    assert "The message was not sent: call instead" in due(house)
    assert "The mail server did not take it." in house.browser("officer").get(made.url).text


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({"channel": Channel.CALL}, "The plan allows calls only"),
        ({"channel": Channel.TEXT}, "the system cannot send one. Call instead."),
        ({"channel": Channel.MEETING}, "only face to face: do not call"),
        ({"channel": None}, "No contact plan was agreed"),
        ({"language": "ar"}, "the plan names another language"),
        ({"days": frozenset()}, "does not say when a message may leave"),
    ],
)
def test_p7_outside_the_plan_the_system_refuses_and_says_why(house: House, mailbox, plan: dict, sentence: str) -> None:
    made = agreed(house, **plan)
    officer = house.browser("officer")
    page = officer.get(made.url)
    assert sentence in page.text and "Send a message" not in page.links
    page = officer.get(f"{made.url}/message")
    assert sentence in page.text and page.forms() == []
    token = officer.get(f"{made.url}/call")
    data = {**token.fields(token.form()), "text": "call_me"}
    officer.post(f"{made.url}/message", data=data)
    assert mailbox.deliver() == [] and house.entries("message.posted") == []


def test_p7_without_an_address_or_a_neutral_sender_nothing_is_sent(house: House, make_app) -> None:
    made = house.candidate(contact=PLAN)
    assert "There is no e-mail address in the file." in house.browser("officer").get(f"{made.url}/message").text
    agreed_one = agreed(house)
    house.app = make_app(neutral_sender="")
    assert "No neutral sender is set up" in house.browser("officer").get(f"{agreed_one.url}/message").text


def test_p7_a_second_message_waits_for_the_first_and_the_first_can_be_taken_back(house: House, mailbox) -> None:
    made = agreed(house)
    with clock.travel(clock.at(date(2027, 3, 4), time(9))):
        send(house, made)
        officer = house.browser("officer")
        page = officer.get(f"{made.url}/message")
        assert page.h1.startswith("A message waits")
        officer.submit(page, "Take it back")
        assert "Taken back" in officer.get(made.url).text and "not sent" not in due(house)
    with clock.travel(clock.at(date(2027, 3, 8), time(11))):
        assert mailbox.deliver() == []


def test_p7_nobody_is_told_that_nothing_is_sent_while_a_message_is_leaving(house: House, mailbox) -> None:
    """The worker has handed it to the mail server; until the server answers it may have left or not."""
    made = agreed(house)
    send(house, made)
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/message")
    held = house.do(outbox.take_one)
    refused = officer.submit(page, "Take it back")
    assert refused.status == 422 and "too late to take it back" in refused.text
    assert house.entries("message.taken_back") == []
    assert house.do(lambda: outbox.deliver(held)) == 1
    assert "Sent on 3 March 2027" in officer.get(made.url).text


def test_p7_only_who_keeps_the_file_reaches_the_person(house: House) -> None:
    made = agreed(house)
    for who in ("colleague", "stranger"):
        browser = house.browser(who)
        for part in ("/call", "/message"):
            assert browser.get(made.url + part).status == 404
        page = browser.get("/en/candidates/search")
        token = {"csrf_token": page.fields(page.form())["csrf_token"]}
        for part in ("/call", "/message", "/message/take-back"):
            assert browser.post(made.url + part, data={**token, "text": "call_me", "outcome": "met"}).status == 404
    assert house.do(lambda: db.session.scalars(select(ContactMessage)).all()) == []


def test_p8_the_message_is_sealed_with_the_candidates_key_and_goes_with_the_person(house: House, mailbox) -> None:
    made = agreed(house)
    with clock.travel(clock.at(date(2027, 3, 4), time(9))):
        send(house, made)
        kept = house.do(lambda: db.session.scalars(select(OutboxMessage.sealed)).one())
        officer = house.browser("officer")
        officer.submit(f"{made.url}/erase", "Record the request")
        officer.submit(f"{made.url}/status", "Change the state", to="closed", reason="asked")
        page = officer.submit(f"{made.url}/erase", "Erase for good", case_number=made.number)
        assert page.h1.startswith("Proof of erasing")
    left = house.do(
        lambda: [*db.session.scalars(select(OutboxMessage.id)), *db.session.scalars(select(ContactMessage.id))]
    )
    assert left == []
    with pytest.raises(KeyGone):  # as from an old backup
        house.do(lambda: unseal(kept, made.id))
    with pytest.raises(vault.Tampered):
        house.do(lambda: unseal(kept))
    with clock.travel(clock.at(date(2027, 3, 8), time(11))):
        assert mailbox.deliver() == []


def test_p7_neither_address_nor_words_stand_in_logs_trail_or_table(house: House, mailbox, caplog) -> None:
    made = agreed(house, message_words="Kirja on palautettu.")
    with caplog.at_level(logging.DEBUG):
        page = house.browser("officer").submit(f"{made.url}/message", "Send the message")
        mailbox.deliver()
        house.browser("officer").submit(f"{made.url}/call", "Record it", outcome="not_reached", text="Puhui sisko")
    assert ADDRESS not in page.url
    logged = " ".join(str(vars(record)) for record in caplog.records if not record.name.startswith("sqlalchemy"))
    trail = repr(house.entries())
    rows = house.do(lambda: repr([_values(row) for row in db.session.scalars(select(ContactMessage))]))
    posted = house.do(lambda: repr([_values(row) for row in db.session.scalars(select(OutboxMessage))]))
    for place in (logged, trail, rows, posted):
        for word in (ADDRESS, NAME, "palautettu", "sisko"):
            assert word not in place


def _values(row: object) -> dict:
    return {column.key: getattr(row, column.key) for column in type(row).__table__.columns}


def test_p7_a_call_leaves_a_sealed_note_and_comes_back_on_its_day(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/call")
    assert "weekdays 10–14" in page.text
    refused = officer.submit(page, "Record it", outcome="not_reached", call_on="")
    assert refused.errors == ["Choose the day when you call again."]
    page = officer.submit(page, "Record it", outcome="not_reached", text="Puhelin kiinni", call_on="2027-03-05")
    assert "Next call" in page.text and "5 March 2027" in page.text and "did not reach the person" in page.text
    assert "Call, as the contact plan says" not in due(house)
    notes = officer.get(f"{made.url}/notes")
    assert "I called, and did not reach the person" in notes.text and "Puhelin kiinni" in notes.text
    with clock.travel(clock.at(date(2027, 3, 5), time(8))):
        assert "Call, as the contact plan says" in due(house)
        house.browser("officer").submit(f"{made.url}/call", "Record it", outcome="spoke", call_on="")
        assert "Call, as the contact plan says" not in due(house)


def test_p7_the_officer_agrees_on_a_plan_for_messages_on_the_page(house: House, mailbox) -> None:
    made = house.candidate(identity={"email": ADDRESS})
    officer = house.browser("officer")
    page = officer.submit(f"{made.url}/contact", "Save", channel="email", language="Finnish")
    assert page.status == 422 and "Choose the days when a message may come." in page.errors
    assert [f"{field}: Write the time, for example 9.30." for field in ("From", "Until")] == page.errors[1:]
    page = officer.submit(page, "Save", days=["2", "3"], opens="14:00", closes="9.30")
    assert page.errors == ["The end is before the beginning. Write a later time."]
    page = officer.submit(page, "Save", closes="15:30", message_words="Reilu odottaa: www.reilu.example")
    assert page.errors == ["These words name the service or a programme. Write them without."]
    page = officer.submit(page, "Save", message_words="Kirja on https://posti.example")
    assert page.errors == ["A link tells where the message comes from. Take it away."]
    page = officer.submit(page, "Save", message_words="Kirja on palautettu.")
    assert "Wednesday, Thursday 14.00–15.30" in page.text and "Kirja on palautettu." in page.text
    again = officer.get(f"{made.url}/contact")
    values = again.fields(again.form())
    assert values.getlist("days") == ["2", "3"] and (values["opens"], values["closes"]) == ("14:00", "15:30")
    page = officer.submit(f"{made.url}/message", "Send the message")
    assert "The message leaves on 3 March 2027 at 14.00." in page.text


def test_p7_the_candidate_sees_what_was_sent(house: House, mailbox) -> None:
    made = agreed(house)
    send(house, made, "as_agreed")
    page = house.browser("officer").submit(f"{made.url}/whole-file", "Open everything")
    assert "We meet as agreed" in page.text and "Monday, Wednesday 10.00–14.00" in page.text


def test_hours_of_a_plan_keep_to_finnish_time_and_leave_holidays_out() -> None:
    plan = SafeContact(Channel.EMAIL, days=frozenset({0, 6}), opens=time(10), closes=time(14))
    before = clock.at(date(2027, 3, 27), time(23))  # the clock moves forward in the night to Sunday
    assert rules.leaves_at(plan, before) == clock.at(date(2027, 3, 28), time(10))
    after_sunday = clock.at(date(2027, 3, 28), time(14))  # Easter Sunday; then Easter Monday
    assert rules.leaves_at(plan, after_sunday) == clock.at(date(2027, 4, 4), time(10))
    assert rules.is_within_hours(plan, clock.at(date(2027, 4, 5), time(13, 59)))
    assert not rules.is_within_hours(plan, clock.at(date(2027, 4, 5), time(14)))
    assert not rules.is_within_hours(plan, clock.at(date(2027, 3, 29), time(11)))


def test_every_instant_at_which_a_message_leaves_is_inside_the_plan() -> None:
    plan = SafeContact(Channel.EMAIL, days=frozenset({4}), opens=time(0), closes=time(0, 30))
    now = datetime(2026, 12, 20, 5, tzinfo=clock.FINLAND)
    for hours in range(0, 24 * 40, 7):
        leaves = rules.leaves_at(plan, now + timedelta(hours=hours))
        assert rules.is_within_hours(plan, leaves) and leaves >= now + timedelta(hours=hours)
