"""Mails of events: in the person's language, each once, and never after they have become untrue."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import event as sql

from emails import event_messages
from emails.event_messages import About
from emails.messages import Site
from portal.core import clock
from portal.core.db import db, transaction
from portal.events import schedule, services, sign_ups
from portal.events.models import Event, SignUp
from tests.events.plans import plan_of
from tests.factories import events

SITE = Site("http://localhost", "localhost", "info@reilu.example", "0295 000 000")
ABOUT = About("Reilu & rekrytointi", "3.12.2026 klo 9.00", "verkossa", "/fi/sign-ups/abc")
EXTRA = {
    "sign_up_confirm": {},
    "sign_up_confirm_colleague": {},
    "sign_up_known": {},
    "sign_up_confirmed": {"join_link": "https://meet.example.fi/1", "attachments": ()},
    "sign_up_waiting": {},
    "seat_offered": {"deadline": "1.12.2026 klo 9.00"},
    "seat_lost": {"attachments": ()},
    "sign_up_cancelled": {"attachments": ()},
    "event_changed": {
        "title_before": "Reilu",
        "when_before": "2.12.2026 klo 9.00",
        "place_before": "Tampere",
        "new_link": "https://meet.example.fi/2",
        "attachments": (),
    },
    "event_cancelled": {"attachments": ()},
    "event_tomorrow": {"join_link": ""},
    "event_thanks": {"certificate": "http://localhost/fi/certificates/secret"},
    "event_soon": {"join_link": "https://meet.example.fi/1"},
}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", EXTRA)
def test_every_mail_reads_in_every_language(name, language):
    mail = getattr(event_messages, name)(SITE, "a@example.fi", language, ABOUT, **EXTRA[name])
    assert mail.language == language
    assert "Reilu & rekrytointi" in mail.subject
    assert "http://localhost/fi/sign-ups/abc" in mail.text
    assert "{{" not in mail.text + mail.html
    assert "\n\n\n" not in mail.text
    if link := EXTRA[name].get("join_link"):
        assert link in mail.text
    others = {path.name for path in Path("emails/templates").glob(f"{name}.*.txt")}
    assert others == {f"{name}.{code}.txt" for code in ("en", "fi", "sv")}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", ["newsletter_confirm", "newsletter_confirmed"])
def test_the_mails_of_the_newsletter_lead_to_its_page_in_every_language(name, language):
    mail = getattr(event_messages, name)(SITE, "a@example.fi", language, page=f"/{language}/newsletter/abc")
    assert mail.language == language
    assert f"http://localhost/{language}/newsletter/abc" in mail.text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_certificate_mail_reads_in_every_language(language):
    mail = event_messages.certificate(
        SITE, "a@example.fi", language, training="Reilu", code="ACDEF-34679", valid_until="3.12.2028",
        own_page=f"/{language}/certificates/secret",
    )  # fmt: skip
    assert f"http://localhost/{language}/certificates/secret" in mail.text
    assert "ACDEF-34679" in mail.text and "3.12.2028" in mail.text
    mail = event_messages.certificate_link(
        SITE, "a@example.fi", language, training="Reilu", own_page=f"/{language}/certificates/secret"
    )
    assert f"http://localhost/{language}/certificates/secret" in mail.text and "Reilu" in mail.subject
    mail = event_messages.certificate_ends(
        SITE, "a@example.fi", language, training="Reilu", valid_until="3.12.2028", page=f"/{language}/trainings"
    )
    assert "Reilu" in mail.subject and f"http://localhost/{language}/trainings" in mail.text and "{{" not in mail.html


def at_day_before(app, event_id):
    with app.app_context():
        return db.session.get_one(Event, event_id).starts_at - timedelta(hours=23)


def test_a_reminder_comes_the_day_before_and_an_hour_before_each_once(app, mailbox):
    with app.app_context(), transaction():
        event = events.event()
        event_id = event.id
        events.sign_up(event, email="comes@example.fi", language="fi")
    start = at_day_before(app, event_id)
    for hours in (0, 1, 22.5, 22.6):
        with clock.travel(start + timedelta(hours=hours)), app.app_context():
            schedule.remind()
            mailbox.deliver()
    subjects = [mail.subject for mail in mailbox.to("comes@example.fi")]
    assert subjects[2:] == [
        "Huomenna: Reilu rekrytointi käytännössä",
        "Pian alkaa: Reilu rekrytointi käytännössä",
    ]
    assert "https://meet.example.fi/reilu-4711" in mailbox.sent[-1].text


def test_reminders_that_a_crash_cut_short_come_to_all_and_to_each_once(app, mailbox):
    """The database fails at the second of three mails; the worker starts anew and runs again and again."""
    with app.app_context(), transaction():
        event = events.event(kind="theme_seminar")
        for number in range(3):
            events.sign_up(event, email=f"p{number}@example.fi")
        event_id = event.id
    posted = []

    def fail_at_the_second(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO outbox_message"):
            posted.append(statement)
            if len(posted) == 2:
                raise ConnectionError("the power went")

    with clock.travel(at_day_before(app, event_id)), app.app_context():
        sql.listen(db.engine, "before_cursor_execute", fail_at_the_second)
        with pytest.raises(ConnectionError):
            schedule.remind()
        for _ in range(3):
            schedule.remind()
            mailbox.deliver()
    reminded = sorted(mail.to for mail in mailbox.sent if mail.kind == "event_tomorrow")
    assert reminded == ["p0@example.fi", "p1@example.fi", "p2@example.fi"]
    with clock.travel(at_day_before(app, event_id) + timedelta(hours=22.5)), app.app_context():
        schedule.remind()
        assert mailbox.deliver() == [], "an hour before is for webinars"


def test_a_reminder_that_waits_is_not_sent_to_one_who_cancelled_meanwhile(app, mailbox):
    with app.app_context(), transaction():
        event = events.event()
        event_id, row = event.id, events.sign_up(event, email="comes@example.fi").id
    with clock.travel(at_day_before(app, event_id)):
        with app.app_context():
            schedule.remind()
            with transaction():
                sign_ups.cancel(db.session.get_one(SignUp, row))
        assert not [mail for mail in mailbox.to("comes@example.fi") if mail.subject.startswith("Tomorrow")]


def test_an_offer_that_lapsed_before_its_mail_left_is_not_sent(app, mailbox):
    with app.app_context(), transaction():
        event = events.event(capacity=1)
        holder = events.sign_up(event)
        events.sign_up(event, email="waits@example.fi")
        sign_ups.cancel(holder)
    with clock.travel(clock.now() + timedelta(days=3)):
        assert not [mail for mail in mailbox.to("waits@example.fi") if "free for you" in mail.subject]


def test_a_moved_event_tells_those_who_come_and_moves_their_calendar(app, mailbox):
    with app.app_context(), transaction():
        event = events.event()
        events.sign_up(event, email="comes@example.fi")
        events.sign_up(event, email="silent@example.fi", confirmed=False)
        services.edit(event, plan_of(event, starts_at=event.starts_at + timedelta(days=1),
                                     ends_at=event.ends_at + timedelta(days=1)))  # fmt: skip
    mail = mailbox.to("comes@example.fi")[-1]
    assert mail.subject == "Changed: Fair recruitment in practice"
    assert len(mailbox.to("silent@example.fi")) == 1
    first, moved = (Calendar.from_ical(each.attachments[0][2]) for each in mailbox.to("comes@example.fi")[1:])
    (before,), (after,) = first.walk("VEVENT"), moved.walk("VEVENT")
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=1)


def test_a_change_of_words_alone_tells_nobody(app, mailbox):
    with app.app_context(), transaction():
        event = events.event()
        events.sign_up(event, email="comes@example.fi")
        services.edit(event, plan_of(event, speakers_fi="Saana Viitaniemi"))
    assert len(mailbox.to("comes@example.fi")) == 2


def test_create_move_cancel_leaves_one_cancelled_entry_in_a_calendar(app, mailbox):
    with app.app_context(), transaction():
        event = events.event()
        events.sign_up(event, email="comes@example.fi")
        later = {"starts_at": event.starts_at + timedelta(hours=2), "ends_at": event.ends_at + timedelta(hours=2)}
        services.edit(event, plan_of(event, **later))
        services.cancel(event)
    kept: dict[str, tuple[int, str]] = {}
    for mail in mailbox.to("comes@example.fi"):
        for _name, media_type, text in mail.attachments:
            calendar = Calendar.from_ical(text)
            assert f"method={calendar['METHOD']}" in media_type
            for entry in calendar.walk("VEVENT"):
                if entry["SEQUENCE"] >= kept.get(str(entry["UID"]), (-1, ""))[0]:
                    kept[str(entry["UID"])] = (entry["SEQUENCE"], str(entry["STATUS"]))
    assert list(kept.values()) == [(2, "CANCELLED")]
