"""At the door: found by a few letters, a code or a picture; undone; and those who came without a sign-up."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.events import letters
from portal.events.models import Event, SignUp, SignUpStatus
from tests.factories import accounts, events


@pytest.fixture
def seminar(app):
    """Today, in a place, with three seats: Äänekoski is confirmed, and Åkerlund; the third seat is free."""
    with app.app_context(), transaction():
        starts_at = clock.now() + timedelta(minutes=1)
        event = events.event(starts_at=starts_at, place="Kokeilutalo", kind="theme_seminar")
        ids = [
            events.sign_up(event, name=name, email=email).id
            for name, email in (("Aino Äänekoski", "aino@example.fi"), ("Jan-Erik Åkerlund", "janne@example.fi"))
        ]
        return event.id, *ids


@pytest.fixture
def liaison(app, browser):
    with app.app_context(), transaction():
        account_id = accounts.account(Role.LIAISON).id
    return browser(account_id)


def row(app, sign_up_id) -> SignUp:
    with app.app_context():
        found = db.session.get_one(SignUp, sign_up_id)
        db.session.expunge_all()
        return found


def test_a_few_letters_find_a_person_whatever_the_accents_and_slips(liaison, seminar):
    page = liaison.get(f"/en/events/{seminar[0]}/door")
    for written in ("aane", "Äänekoski", "Ano Aanekoski", "aino@", "AANEKOSKI aino", "äänkoski"):
        page = liaison.submit(page, "Find", who=written)
        assert "Aino Äänekoski" in page.text, written
        assert "Åkerlund" not in page.text, written


def test_a_person_is_checked_in_by_code_and_it_can_be_undone(liaison, seminar, app):
    event_id, aino, _ = seminar
    with app.app_context():
        code = letters.door_code(aino)
    page = liaison.submit(f"/en/events/{event_id}/door", "Find", who=code.lower().replace("-", " "))
    assert "Aino" not in page.url
    done = liaison.submit(page, "Check in Aino Äänekoski")
    assert "Checked in: Aino Äänekoski." in done.text
    assert "1 of 2 are here" in done.text
    assert (row(app, aino).checked_in_at is not None, row(app, aino).attended) == (True, None)
    undone = liaison.submit(done, "Undo Aino Äänekoski")
    assert "Undone" in undone.text
    assert row(app, aino).checked_in_at is None
    with app.app_context():
        verbs = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_id == str(aino))).all()
        assert verbs[-2:] == ["sign_up.checked_in", "sign_up.check_in_undone"]


def test_the_door_says_what_it_cannot_do(liaison, seminar, app):
    event_id, aino, _ = seminar
    assert "Nobody found" in liaison.submit(f"/en/events/{event_id}/door", "Find", who="zzzz").text
    empty = liaison.submit(f"/en/events/{event_id}/door", "Find", who="")
    assert (empty.status, empty.errors) == (422, ["Write a few letters of the name, or the code."])
    with app.app_context(), transaction():
        other = events.event(starts_at=clock.now() + timedelta(days=3), place="Kokeilutalo")
        early_id, early = other.id, events.sign_up(other, name="Varhainen Lintu").id
    page = liaison.submit(f"/en/events/{early_id}/door", "Find", who="Varhainen")
    assert "Check in Varhainen Lintu" not in page.text
    values = page.fields(page.form(button="Find"))
    refused = liaison.post(page.url, values | {"do": f"in:{early}"})
    assert any("on the day of the event" in error for error in refused.errors)
    assert row(app, early).checked_in_at is None
    assert liaison.post(page.url, values | {"do": f"in:{aino}"}).status == 404, "a person of another event"


def test_the_picture_leads_a_keeper_to_a_button_and_nobody_else_anywhere(liaison, client, browser, seminar, app):
    event_id, aino, _ = seminar
    with app.app_context(), transaction():
        token = letters.token_of(aino)
        owner = accounts.account(Role.OFFICER).id
    own = client.get(f"/en/sign-ups/{token}")
    assert "<svg" in own.html
    assert re.search(r"Code: \w{3}-\w{3}", own.text)
    path = f"/en/arrivals/{aino}"
    assert token not in path
    for nobody in (client, browser(owner)):
        assert nobody.get(path).status == 404
    page = liaison.get(f"/fi/arrivals/{aino}?scanned=1")
    assert page.url == path, "in the language of who holds the telephone, whatever the picture says"
    assert page.h1 == "Aino Äänekoski"
    assert row(app, aino).checked_in_at is None, "looking changes nothing"
    values = page.fields(page.form(button="Check in")) | {"do": "in"}
    assert client.post(path, values).status in (400, 404)
    assert row(app, aino).checked_in_at is None
    done = liaison.submit(page, "Check in")
    assert "Here since" in done.text
    assert "Next person" in done.links
    assert liaison.submit(done, "Undo").h1 == "Aino Äänekoski"
    assert row(app, aino).checked_in_at is None
    assert liaison.get(f"/en/events/{event_id}/door-list").text.count("Not yet") == 2


def test_the_mark_form_has_those_ticked_who_came(liaison, seminar):
    event_id, aino, _ = seminar
    liaison.submit(f"/en/arrivals/{aino}", "Check in")
    page = liaison.get(f"/en/events/{event_id}/attendance")
    assert page.fields(page.form(button="Save attendance")).getlist("present") == [str(aino)]


LATE = {"name": "Viime Tippa", "email": "viime@example.fi", "language": "sv"}


def test_somebody_without_a_sign_up_comes_in_and_a_full_house_is_asked_about(liaison, seminar, app):
    event_id = seminar[0]
    page = liaison.submit(f"/en/events/{event_id}/late", **LATE)
    assert "Added: Viime Tippa." in page.text
    assert state(app, event_id) == (3, 3, {"confirmed": 3})
    refused = liaison.submit(f"/en/events/{event_id}/late", **LATE | {"name": "Yli Määrä", "email": "yli@example.fi"})
    assert refused.status == 422
    assert any("All seats are taken" in error for error in refused.errors)
    assert state(app, event_id) == (3, 3, {"confirmed": 3})
    assert "Added" in liaison.submit(refused, over="y").text
    assert state(app, event_id) == (4, 4, {"confirmed": 4})
    again = liaison.submit(f"/en/events/{event_id}/late", **LATE)
    assert "Added: Viime Tippa." in again.text
    assert state(app, event_id) == (4, 4, {"confirmed": 4}), "the same address is one person"


def test_who_waits_is_let_in_with_the_sign_up_they_have(liaison, seminar, app):
    event_id = seminar[0]
    with app.app_context(), transaction():
        event = db.session.get_one(Event, event_id)
        waits = events.with_status(event, SignUpStatus.WAITING, name="Odottava Olga", email="olga@example.fi").id
        event.capacity = event.taken
    page = liaison.submit(f"/en/events/{event_id}/door", "Find", who="olga")
    form = liaison.get(page.links["Let Odottava Olga in"])
    with app.app_context():
        read = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "event.sign_ups_read")).all()
        assert [entry.facts["count"] for entry in read] == [1, 1], "found, and then shown with their address"
    done = liaison.submit(liaison.submit(form), over="y")
    assert "Added: Odottava Olga." in done.text
    found = row(app, waits)
    assert (found.status, found.late, found.holds_seat) == ("confirmed", True, True)
    assert found.checked_in_at is not None


def test_nobody_is_added_before_the_day(liaison, app):
    with app.app_context(), transaction():
        event_id = events.event(place="Kokeilutalo").id
    page = liaison.submit(f"/en/events/{event_id}/late", **LATE)
    assert any("Until then they sign up" in error for error in page.errors)
    assert state(app, event_id) == (3, 0, {})


def state(app, event_id):
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        people = db.session.scalars(select(SignUp.status).where(SignUp.event_id == event_id)).all()
        return event.capacity, event.taken, {status: people.count(status) for status in set(people)}
