"""Feedback: once for each person who was there, and nothing that leads back to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import inspect, select

from portal.accounts import services as account_services
from portal.core import clock, exports
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.core.edge import OnceKey
from portal.events import attendance, letters, schedule
from portal.events.feedback_models import FeedbackAnswer
from portal.events.models import Event, SignUp
from portal.trainings import certificates
from portal.trainings.models import Completion
from tests.factories import accounts, events, trainings


@pytest.fixture
def over(app):
    """An event of two hours ago that gives a training; five people were there, a sixth was not."""
    with app.app_context(), transaction():
        training_id = trainings.training().id
        event = events.event(starts_at=clock.now() + timedelta(minutes=1), capacity=9, training_id=training_id)
        event_id, liaison_id = event.id, accounts.account(Role.LIAISON).id
        for number in range(6):
            events.sign_up(event, name=f"Attendee {number}", email=f"a{number}@example.fi", language="en")
    with clock.travel(clock.now() + timedelta(hours=4)):
        with app.app_context(), transaction():
            there = {each.id for each in attendance.expected(event_id)[:5]}
            attendance.mark_attendance(db.session.get_one(Event, event_id), there, account_services.get(liaison_id))
        yield event_id, liaison_id


def tokens(app):
    with app.app_context():
        ids = db.session.scalars(select(SignUp.id).order_by(SignUp.name)).all()
        return [letters.token_of(each) for each in ids]


def thank(app):
    with app.app_context():
        schedule.thank()
        db.session.remove()


def test_thanks_go_once_to_those_who_were_there_with_form_and_certificate(app, over, client, mailbox):
    for _ in range(2):
        thank(app)
    mailbox.deliver()
    mails = [mail for mail in mailbox.sent if mail.kind == "event_thanks"]
    assert sorted(mail.to for mail in mails) == [f"a{number}@example.fi" for number in range(5)]
    with app.app_context():
        completion_id = db.session.scalar(select(Completion.id).where(Completion.email == "a0@example.fi"))
        certificate = certificates.own_path(completion_id, "en")
    (mail,) = [mail for mail in mails if mail.to == "a0@example.fi"]
    assert f"/en/sign-ups/{tokens(app)[0]}/feedback" in mail.text
    assert f"http://localhost{certificate}" in mail.text
    own = client.get(f"/en/sign-ups/{tokens(app)[0]}")
    assert own.links["Open your certificate"] == certificate
    assert client.get(certificate).h1 == "Your certificate"
    absent = client.get(f"/en/sign-ups/{tokens(app)[-1]}")
    assert "Open your certificate" not in absent.links, "who was not there has none"
    assert mail.subject == "Thank you for coming: Fair recruitment in practice"


def test_the_form_opens_once_and_its_answers_lead_to_nobody(app, over, client, browser):
    event_id, liaison_id = over
    all_tokens = tokens(app)
    liaison = browser(liaison_id)
    assert "No answers yet" in liaison.get(f"/en/events/{event_id}/feedback").text
    empty = client.submit(f"/en/sign-ups/{all_tokens[0]}/feedback", "Send the answers")
    assert any("Answer at least one question" in error for error in empty.errors)
    texts = ["=HYPERLINK(0)", "Clear", "", "", ""]
    for number, token in enumerate(all_tokens[:4]):
        done = client.submit(f"/en/sign-ups/{token}/feedback", useful=str(number + 1), change="yes", best=texts[number])
        assert done.h1 == "Thank you for your answers"
        assert token not in done.url
    assert "You have answered" in client.get(f"/en/sign-ups/{all_tokens[0]}/feedback").text
    few = liaison.get(f"/en/events/{event_id}/feedback")
    assert "The answers are shown when there are at least 5" in few.text
    assert '<svg class="chart"' not in few.html
    assert "Clear" not in few.text, "the first to write would be known by when they wrote"
    assert client.submit(f"/en/sign-ups/{all_tokens[4]}/feedback", useful="5", change="no").status == 200
    page = liaison.get(f"/en/events/{event_id}/feedback")
    assert page.html.count('<svg class="chart"') == 2
    assert "on average 3 of 5" in page.text
    assert "Clear" in page.text
    assert client.get(f"/en/sign-ups/{all_tokens[5]}/feedback").text.count("The form is closed") == 1, "was not there"
    with app.app_context():
        columns = {column.key for column in inspect(FeedbackAnswer).columns}
        assert columns == {"id", "event_id", "question", "value", "answered_on"}
        assert db.session.scalars(select(FeedbackAnswer)).all().__len__() == 12
        assert {day.day for day in db.session.scalars(select(FeedbackAnswer.answered_on))} == {1}, "no day ties them"
        people = {str(each) for each in db.session.scalars(select(SignUp.id))}
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.verb.like("%feedback%"))).all()
        assert not people & {entry.subject_id for entry in entries}
        assert db.session.scalars(select(OnceKey.location)).all()


def test_an_old_page_answers_only_once(app, over, client):
    token = tokens(app)[0]
    first, second = (client.get(f"/en/sign-ups/{token}/feedback") for _ in range(2))
    client.submit(first, useful="1")
    refused = client.submit(second, useful="5")
    assert any("you have answered already" in error for error in refused.errors)
    with app.app_context():
        assert db.session.scalars(select(FeedbackAnswer.value)).all() == ["1"]


def test_lists_leave_as_files_with_every_cell_disarmed(app, over, browser, client):
    event_id, liaison_id = over
    with app.app_context(), transaction():
        evil = db.session.scalar(select(SignUp).where(SignUp.email == "a0@example.fi"))
        evil.name, evil.organisation = "=cmd|' /C calc'!A0", "+358 1"
    all_tokens = tokens(app)
    client.submit(f"/en/sign-ups/{all_tokens[1]}/feedback", useful="3", best="@SUM(1)")
    liaison = browser(liaison_id)
    page = liaison.get(f"/en/events/{event_id}/files")
    assert page.text.count("6 rows") == 2
    sheet = liaison.get(f"/en/events/{event_id}/files/sign_ups.csv")
    assert sheet.html.startswith("\ufeffName;E-mail;Organisation;")
    assert ";'+358 1;" in sheet.html
    assert "\n'=cmd" in sheet.html
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    assert sheet.headers["X-Content-Type-Options"] == "nosniff"
    plain = liaison.get(f"/en/events/{event_id}/files/attendance.plain")
    assert plain.html.startswith("Name,E-mail,Organisation,Attended,")
    assert liaison.get(f"/en/events/{event_id}/files/completions.csv").html.count("\r\n") == 6
    alone = liaison.get(f"/en/events/{event_id}/files/feedback.csv").html
    assert "SUM" not in alone, "what one person says alone is not shown"
    assert "How useful" not in alone
    for token in [all_tokens[0], *all_tokens[2:5]]:
        client.submit(f"/en/sign-ups/{token}/feedback", change="no")
    given = liaison.get(f"/en/events/{event_id}/files/feedback.csv").html
    assert "'@SUM(1)" in given
    assert given.splitlines()[0] == "\ufeffQuestion;Answer", "no day, which would tie together what one person said"
    assert "How useful" not in given, "one answer alone is not shown"
    raw = liaison.client.get(f"/en/events/{event_id}/files/sign_ups.xlsx")
    assert raw.mimetype.endswith("spreadsheetml.sheet")
    with app.app_context():
        facts = [e.facts for e in db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "export.made"))]
        assert {"kind": "sign_ups", "count": 6, "form": "csv"} in facts


def test_a_long_list_is_written_by_a_job_and_only_its_asker_fetches_it(app, over, browser, monkeypatch):
    from portal.core import jobs
    from portal.core.registry import registry

    event_id, liaison_id = over
    monkeypatch.setattr(exports, "AT_ONCE", 5)
    with app.app_context(), transaction():
        other = accounts.account(Role.LIAISON).id
    liaison = browser(liaison_id)
    assert liaison.get(f"/en/events/{event_id}/files/sign_ups.csv").status == 409
    page = liaison.submit(f"/en/events/{event_id}/files", "CSV for Excel Sign-ups")
    assert "being written: 0 per cent" in page.text
    assert browser(other).get(page.url).status == 404
    assert liaison.get(f"{page.url}/content").status == 404
    with app.app_context():
        handlers = {kind: handler for feature in registry for kind, handler in feature.jobs.items()}
        assert jobs.run_due(handlers) == 1
        db.session.remove()
    ready = liaison.get(page.url)
    assert "The file is ready" in ready.text
    got = liaison.get(ready.links["Fetch the file"])
    assert got.html.count("\r\n") == 7
    with clock.travel(clock.now() + timedelta(days=8)), app.app_context(), transaction():
        assert exports.forget_old() == 1
