"""Calendar files: what an independent parser and a client that keeps to RFC 5546 make of them."""

from __future__ import annotations

import email
from datetime import UTC, timedelta
from email import policy
from typing import Any

import pytest
import vobject
from aiosmtpd.controller import Controller
from flask import Flask

from emails import calendar, transport
from portal.core import clock
from portal.core.db import transaction
from portal.events import letters, services, sign_ups
from tests.core.test_transport import free_port
from tests.events.plans import plan_of
from tests.factories import companies, events
from tests.support.calendar_client import CalendarClient, attendees

TITLE = "Työ, palkka; ja \\ muut – kysymykset " * 3
ME, OTHER = "comes@example.fi", "also@example.fi"


def files(mailbox, address=ME) -> list[str]:
    return [attachment[2] for mail in mailbox.to(address) for attachment in mail.attachments]


@pytest.fixture
def story(app, mailbox):
    """Created, moved, renamed, cancelled: each step a moment later, as its mails arrive."""
    start = clock.now() - timedelta(minutes=10)
    place = "Kokeilutalo, Testikatu 1; Tampere"
    with clock.travel(start), app.app_context(), transaction():
        event = events.event(title_en=TITLE, place=place, join_link="https://meet.example.fi/secret")
        for address in (ME, OTHER):
            events.sign_up(event, email=address)
        event_id, starts_at = event.id, event.starts_at
    mailbox.deliver()
    later = {"starts_at": starts_at + timedelta(hours=3), "ends_at": starts_at + timedelta(hours=5)}
    for number, step in enumerate((lambda each: services.edit(each, plan_of(each, **later)),
                                   lambda each: services.write(each, "en", {"title": "Another name"}),
                                   services.cancel), 1):  # fmt: skip
        with clock.travel(start + timedelta(minutes=number)), app.app_context(), transaction():
            step(services.get(event_id))
        mailbox.deliver()
    return files(mailbox), starts_at


def test_a_file_comes_whole_through_another_parser_in_utc_and_without_any_secret(story):
    texts, starts_at = story
    assert [vobject.readOne(text).method.value for text in texts] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    found = [vobject.readOne(text).vevent for text in texts]
    assert len({event.uid.value for event in found}) == 1
    assert [event.sequence.value for event in found] == ["0", "1", "2", "3"]
    assert [event.status.value for event in found] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    first, moved = found[:2]
    assert first.summary.value.strip() == TITLE.strip()
    assert first.location.value == "Kokeilutalo, Testikatu 1; Tampere, and online"
    assert first.dtstart.value == starts_at.replace(microsecond=0)
    assert moved.dtstart.value - first.dtstart.value == timedelta(hours=3)
    assert all(event.dtstart.value.tzinfo in (UTC, vobject.icalendar.utc) for event in found)
    for event, text in zip(found, texts, strict=True):
        assert attendees(event) == {ME}
        assert event.organizer.value == "MAILTO:info@reilu.example"
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
        unfolded = text.replace("\r\n ", "")
        assert "secret" not in unfolded
        assert "sign-ups" not in unfolded


def test_the_entry_of_a_private_event_names_no_page(app):
    """Who is invited has no account and would find nothing there (404)."""
    with app.app_context(), transaction():
        made = [events.event(company_id=company_id) for company_id in (None, companies.company().id)]
        texts = [calendar.calendar_text(letters.calendar_entry(each, "en"), calendar.REQUEST, ME) for each in made]
    public, private = (vobject.readOne(text).vevent for text in texts)
    assert "/en/events/" in public.url.value
    assert not hasattr(private, "url") and "http" not in texts[1]


def test_create_move_rename_cancel_leaves_one_cancelled_entry_however_late_an_old_mail_comes(story):
    texts, _starts_at = story
    for late in (*texts[:-1], None):
        client = CalendarClient(ME)
        for text in texts:
            client.take(text)
        assert len(client.live) == 0
        if late is not None:
            client.take(late)
        (entry,) = client.entries.values()
        assert (entry.status, entry.sequence, entry.title) == ("CANCELLED", 3, "Another name")
    halfway = CalendarClient(ME)
    for text in (texts[1], texts[0], texts[2]):
        halfway.take(text)
    assert [(entry.sequence, entry.title) for entry in halfway.live] == [(2, "Another name")]
    stranger = CalendarClient("stranger@example.fi")
    for text in texts:
        stranger.take(text)
    assert stranger.entries == {}


def test_who_cancels_and_signs_up_again_has_one_live_entry(app, mailbox):
    start = clock.now() - timedelta(minutes=10)
    with clock.travel(start), app.app_context(), transaction():
        event = events.event()
        event_id, first = event.id, events.sign_up(event, email=ME).id
    mailbox.deliver()
    with clock.travel(start + timedelta(minutes=1)), app.app_context(), transaction():
        sign_ups.cancel(sign_ups.find_live(event_id, ME))
    mailbox.deliver()
    with clock.travel(start + timedelta(minutes=2)), app.app_context(), transaction():
        assert events.sign_up(services.get(event_id), email=ME).id != first
    client, states = CalendarClient(ME), []
    for text in files(mailbox):
        client.take(text)
        states.append([entry.status for entry in client.entries.values()])
    assert states == [["CONFIRMED"], ["CANCELLED"], ["CONFIRMED"]]


def test_on_the_wire_the_method_of_the_part_is_the_one_in_its_body(story, app, mailbox):
    arrived: list[Any] = []

    class Inbox:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
            arrived.append(email.message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    server = Controller(Inbox(), hostname="127.0.0.1", port=free_port(), ready_timeout=20)
    server.start()
    try:
        post = Flask("post")
        mail = transport.mail_for(post, f"smtp://127.0.0.1:{server.port}", "Reilu <reilu@reilu.example>")
        with post.app_context():
            for message in mailbox.to(ME):
                if message.attachments:
                    transport.send(mail, message, "<1@reilu.example>", "info@reilu.example")
    finally:
        server.stop()
    methods = []
    for message in arrived:
        (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
        body = part.get_payload(decode=True).decode(part.get_content_charset())
        assert part.get_param("method") == vobject.readOne(body).method.value
        assert part.get_filename() == "event.ics"
        methods.append(part.get_param("method"))
    assert methods == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
