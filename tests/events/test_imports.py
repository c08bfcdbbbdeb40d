"""Attendance of a webinar from a file: looked at first, every row decided about, then recorded, once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.events import forgetting
from portal.events.import_models import AttendanceImport, ImportedRow
from portal.events.models import Event, SignUp
from tests.factories import accounts, events

FILE = """Name;E-mail;Minutes
Aino Lehto;AINO@example.fi;60
Aino Lehto;aino@example.fi;20
Pekka Lyhyt;pekka@example.fi;15
Kaisa Kuovi;kaisa.koti@posti.example;85
Vieras;;40
Uusi Ulla;ulla@example.fi;90
"""


@pytest.fixture
def webinar(app):
    """Begun 100 minutes ago, over for ten: 90 minutes, three seats, all confirmed."""
    with app.app_context(), transaction():
        event = events.event(starts_at=clock.now() + timedelta(minutes=1))
        event_id = event.id
        for name, email in (("Aino Lehto", "aino"), ("Pekka Lyhyt", "pekka"), ("Kaisa Kuovi", "kaisa")):
            events.sign_up(event, name=name, email=f"{email}@example.fi")
    with clock.travel(clock.now() + timedelta(minutes=101)):
        yield event_id


@pytest.fixture
def liaison(app, browser, webinar):
    with app.app_context(), transaction():
        account_id = accounts.account(Role.LIAISON).id
    return browser(account_id)


def send(liaison, event_id, text=FILE, name="list.csv", **values):
    upload = (io.BytesIO(text.encode() if isinstance(text, str) else text), name)
    return liaison.submit(f"/en/events/{event_id}/attendance-file", "Read the file", files={"file": upload}, **values)


def marked(app):
    with app.app_context():
        return {row.name: (row.attended, row.minutes) for row in db.session.scalars(select(SignUp))}


def test_a_file_is_looked_at_decided_about_and_recorded(liaison, webinar, app, mailbox):
    page = send(liaison, webinar)
    assert "Not recorded yet" in page.text
    assert "68 minutes of the event count" in page.text
    assert marked(app)["Aino Lehto"] == (None, None), "a preview records nothing"
    assert "Record the attendance" not in page.text
    for words in ("kaisa.koti@posti.example", "Vieras", "Uusi Ulla"):
        assert words in page.text, words
    values = {control.get("name"): control for control in page.form(button="Save the decisions").iter("input")}
    kaisa = next(
        control.get("value")
        for control in page.form(button="Save the decisions").iter("input")
        if control.get("name") == "what_2" and control.get("id") == "what_2-0"
    )
    assert {"what_2", "what_3", "what_4"} <= set(values)
    refused = liaison.submit(page, "Save the decisions", what_2=kaisa, what_3="aside", what_4="late")
    assert any("Write why this row is set aside" in error for error in refused.errors)
    done = liaison.submit(refused, "Save the decisions", reason_3="A guest of the speaker")
    assert "Set aside: A guest of the speaker" in done.text
    assert "Counted for Kaisa Kuovi" in done.text
    with app.app_context():
        event = db.session.get_one(Event, webinar)
        assert (event.capacity, event.taken) == (4, 4), "the late one got a seat of their own"
    recorded = liaison.submit(liaison.submit(done, "Count anew", threshold="70"), "Record the attendance")
    assert "Recorded: 3 present, 1 absent." in recorded.text
    assert marked(app) == {
        "Aino Lehto": (True, 80), "Pekka Lyhyt": (False, 15), "Kaisa Kuovi": (True, 85), "Uusi Ulla": (True, 90),
    }  # fmt: skip
    again = send(liaison, webinar)
    assert any("recorded already" in error for error in again.errors)
    shown = liaison.get(done.url)
    assert "Record the attendance" not in shown.text and "Recorded" in shown.text
    with app.app_context(), transaction():
        assert forgetting.forget_imports() == 0
    with clock.travel(clock.now() + timedelta(days=31)), app.app_context(), transaction():
        assert forgetting.forget_imports() == 5
        assert db.session.scalar(select(AttendanceImport.id)) is None


def test_what_hands_marked_stays_and_a_decision_can_be_taken_anew(liaison, webinar, app):
    with app.app_context():
        pekka = db.session.scalar(select(SignUp.id).where(SignUp.email == "pekka@example.fi"))
    liaison.submit(f"/en/events/{webinar}/attendance", present=[str(pekka)])
    page = send(
        liaison, webinar, "E-mail;Minutes\npekka@example.fi;1\nx@example.fi;2\n", threshold="10", unit="minutes"
    )
    assert "Marked or checked in by hand before" in page.text
    wrong = liaison.submit(page, "Save the decisions", what_1="address", email_1="nobody@example.fi")
    assert any("Nobody with a confirmed seat has this" in error for error in wrong.errors)
    page = liaison.submit(wrong, "Save the decisions", what_1="address", email_1="aino@example.fi")
    assert "Counted for Aino Lehto" in page.text
    page = liaison.submit(page, "Decide anew x@example.fi")
    page = liaison.submit(page, "Save the decisions", what_1="aside", reason_1="A robot that records")
    liaison.submit(page, "Record the attendance")
    assert {name: there for name, (there, _) in marked(app).items()} == {
        "Aino Lehto": False, "Pekka Lyhyt": True, "Kaisa Kuovi": False,
    }  # fmt: skip


def test_a_wrong_file_is_refused_beside_its_field_and_a_read_one_can_be_put_away(liaison, webinar, app):
    wrong = send(liaison, webinar, "Name;Phone\nAino;040\n", threshold="50")
    assert wrong.status == 422
    assert any("no line with the headings" in error for error in wrong.errors)
    assert wrong.fields(wrong.form(button="Read the file"))["threshold"] == "50"
    assert any("Choose the file" in e for e in liaison.submit(wrong, "Read the file").errors)
    assert any("from 1 to 100" in error for error in send(liaison, webinar, threshold="101").errors)
    page = send(liaison, webinar)
    old_tab = liaison.get(page.url)
    waits = liaison.get(f"/en/events/{webinar}/attendance-file")
    assert "A file waits to be recorded" in waits.text
    assert "Put away" in liaison.submit(page, "Put the file away").text
    assert liaison.submit(old_tab, "Save the decisions").status == 422
    assert {there for there, _ in marked(app).values()} == {None}
    with app.app_context():
        assert len(db.session.scalars(select(ImportedRow)).all()) == 5
