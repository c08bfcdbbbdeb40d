"""Those who keep events write, publish, move, cancel, copy, and mark attendance."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.core.registry import registry
from portal.events.models import EVENT_NEXT, Event, EventStatus, SignUp
from tests.factories import accounts, events


@pytest.fixture
def liaison(app, browser):
    with app.app_context(), transaction():
        account = accounts.account(Role.LIAISON)
        account_id = account.id
    return browser(account_id)


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def written(**changes):
    return {
        "kind": "webinar",
        "title_fi": "Alihankinta ilman yllätyksiä",
        "summary_fi": "Opit valvomaan ketjua.",
        "event_language": "fi",
        "starts_on": day(30),
        "starts": "09:00",
        "ends": "10:30",
        "opens_on": day(0),
        "closes_on": day(28),
        "capacity": "40",
    } | changes


def soon() -> Event:
    """It begins in five minutes and ends ten minutes later, before any session does."""
    starts_at = clock.now() + timedelta(minutes=5)
    return events.event(starts_at=starts_at, ends_at=starts_at + timedelta(minutes=10))


def one(app) -> Event:
    with app.app_context():
        found = db.session.scalars(select(Event)).one()
        db.session.expunge_all()
        return found


def test_an_event_is_written_as_a_draft_and_published(liaison, client, app):
    page = liaison.submit("/en/events/new", join_link="https://meet.example.fi/x1", **written())
    assert "Saved as a draft" in page.text
    event = one(app)
    assert clock.local(event.starts_at).strftime("%H.%M") == "09.00"
    assert b"meet" not in event.join_link
    assert client.get(f"/en/events/{event.id}").status == 404
    page = liaison.submit(page, "Publish the event")
    assert "Published" in page.text
    shown = client.get("/fi/events")
    assert "Alihankinta ilman yllätyksiä" in shown.text
    assert "meet.example.fi" not in client.get(f"/en/events/{event.id}").html


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": "08:00"}, "The end is before the start"),
        ({"starts": "25:00"}, "Write the time as hours and minutes"),
        ({"starts_on": "tomorrow"}, "Write the day with numbers"),
        ({"starts_on": "2020-01-10"}, "This time has passed"),
        ({"starts_on": "2027-03-28", "starts": "03:30", "ends": "05:00"}, "does not exist on that day"),
        ({"starts_on": "2027-10-31", "starts": "03:30", "ends": "05:00"}, "comes twice on that day"),
        ({"closes_on": "2026-01-01"}, "Sign-up closes before it opens"),
        ({"capacity": "0"}, "Write a number from 1"),
        ({"capacity": "many"}, "Write a whole number"),
        ({"kind": ""}, "Choose the kind of event"),
        ({"title_fi": ""}, "Write the title in Finnish"),
        ({"title_fi": "x" * 100_000}, "Shorten it"),
        ({"join_link": "javascript:alert(1)"}, "begins with https://"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(liaison, app, changes, sentence):
    page = liaison.submit("/en/events/new", **({"join_link": ""} | written(contact_name="Eero Halla") | changes))
    assert page.status == 422
    assert any(sentence in error for error in page.errors), page.errors
    assert page.fields(page.form(button="Save the event"))["contact_name"] == "Eero Halla"
    with app.app_context():
        assert db.session.scalar(select(Event.id)) is None


def test_lowering_the_seats_below_those_taken_asks_first(liaison, app):
    with app.app_context(), transaction():
        event = events.event(capacity=3)
        event_id = event.id
        for _ in range(3):
            events.sign_up(event)
    page = liaison.submit(f"/en/events/{event_id}/edit", capacity="1")
    assert page.status == 422
    assert any("3 people hold a seat" in error for error in page.errors)
    assert one(app).capacity == 3
    done = liaison.submit(page, push_out="y")
    assert "The event is saved" in done.text
    assert (one(app).capacity, one(app).taken) == (1, 1)


def test_two_keepers_at_once_see_both_versions(liaison, browser, app):
    with app.app_context(), transaction():
        event_id = events.event().id
        other = accounts.account(Role.LIAISON).id
    mine = liaison.get(f"/en/events/{event_id}/edit")
    browser(other).submit(f"/en/events/{event_id}/edit", contact_name="Saana")
    page = liaison.submit(mine, contact_name="Eero")
    assert page.status == 422
    assert "Saana" in page.text
    assert page.fields(page.form(button="Save the event"))["contact_name"] == "Eero"
    assert one(app).contact_name == "Saana"


def test_the_same_again_copies_all_but_the_days_and_the_link(liaison, app):
    with app.app_context(), transaction():
        noon = clock.at(clock.today() + timedelta(days=30), time(12))  # within one day, whenever the test runs
        ends_at = noon + timedelta(hours=1)
        event = events.event(speakers_fi="Eero Halla", contact_name="Eero Halla", starts_at=noon, ends_at=ends_at)
        event_id = event.id
        events.sign_up(event)
    page = liaison.get(f"/en/events/{event_id}/copy")
    values = page.fields(page.form(button="Save the event"))
    assert (values["contact_name"], values["starts_on"], values["join_link"]) == ("Eero Halla", "", "")
    done = liaison.submit(page, starts_on=day(200), opens_on=day(1), closes_on=day(199))
    assert not done.errors, done.errors
    with app.app_context():
        copy = db.session.scalars(select(Event).where(Event.id != event_id)).one()
        assert (copy.status, copy.taken, copy.title_en) == ("draft", 0, "Fair recruitment in practice")
        assert copy.speakers_fi == "Eero Halla"
        assert copy.series_id is not None
        assert copy.series_id == db.session.get_one(Event, event_id).series_id


def test_cancelling_asks_in_place_and_says_how_many_are_told(liaison, app, mailbox):
    with app.app_context(), transaction():
        event = events.event()
        event_id = event.id
        events.sign_up(event, email="comes@example.fi")
    page = liaison.submit(f"/en/events/{event_id}/manage", "Cancel the event")
    assert "One person is told by mail" in page.text
    assert mailbox.to("comes@example.fi")[-1].subject.startswith("Cancelled: ")
    assert liaison.submit(f"/en/events/{event_id}/edit", contact_name="x").status == 422


def test_the_page_of_an_event_says_first_what_waits_and_then_how_many_came(liaison, app):
    with app.app_context(), transaction():
        event = events.event(title_sv="")
        event_id = event.id
        for name in ("Aino", "Pekka"):
            events.sign_up(event, name=name)
    manage = f"/en/events/{event_id}/manage"
    coming = liaison.get(manage)
    assert coming.links["Write the missing texts"].endswith("/texts/sv")
    assert "were there" not in coming.text
    with app.app_context(), transaction():
        moved = db.session.get_one(Event, event_id)
        moved.starts_at, moved.ends_at = (clock.now() - timedelta(hours=hours) for hours in (3, 1))
    over = liaison.get(manage)
    assert "2 people are not marked." in over.text
    assert "Write the missing texts" not in over.links
    liaison.submit(f"/en/events/{event_id}/attendance", "Save attendance", present=[])
    marked = liaison.get(manage)
    assert "not marked." not in marked.text
    assert "Change the attendance" in marked.links
    assert "Mark attendance" not in marked.links


@pytest.mark.parametrize("path", ["trainings/manage", "trainings/requests/manage", "events/manage", "requirements"])
def test_the_menu_marks_events_on_each_page_of_its_section(liaison, path):
    current = liaison.get(f"/en/{path}").html.split('aria-label="Main menu"')[1].split("</nav>")[0]
    assert current.count('aria-current="page"') == 1
    assert 'aria-current="page">Events' in current


def test_looking_at_the_sign_ups_is_one_audit_entry(liaison, app):
    with app.app_context(), transaction():
        event = events.event()
        event_id = event.id
        for _ in range(3):
            events.sign_up(event)
    page = liaison.get(f"/en/events/{event_id}/sign-ups")
    assert page.text.count("Confirmed") == 3
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "event.sign_ups_read")).all()
        assert [(entry.subject_id, entry.facts) for entry in entries] == [(str(event_id), {"count": 3})]


def test_attendance_is_marked_by_ticks_and_can_be_corrected(liaison, app):
    with app.app_context(), transaction():
        event = soon()
        event_id = event.id
        ids = [str(events.sign_up(event, name=name).id) for name in ("Aino", "Pekka")]
    assert liaison.submit(f"/en/events/{event_id}/attendance", present=ids).status == 422, "it has not begun"
    with clock.travel(clock.now() + timedelta(minutes=20)):
        waiting = [task.title for task in tasks_of(app)]
        assert len(waiting) == 1
        assert waiting[0].startswith("Mark attendance for")
        page = liaison.submit(f"/en/events/{event_id}/attendance", present=ids[:1])
        assert "1 present, 1 absent" in page.text
        assert marked(app) == {"Aino": True, "Pekka": False}
        assert tasks_of(app) == []
        page = liaison.submit(f"/en/events/{event_id}/attendance", "All were there")
        assert marked(app) == {"Aino": True, "Pekka": True}


def marked(app) -> dict[str, bool | None]:
    with app.app_context():
        return dict(db.session.execute(select(SignUp.name, SignUp.attended)).all())


def tasks_of(app):
    (events_feature,) = [feature for feature in registry if feature.name == "events"]
    with app.test_request_context("/en/"):
        app.preprocess_request()
        from portal.accounts import services

        return list(events_feature.waiting(services.staff(Role.LIAISON)[0]))


def test_a_foreign_person_in_the_attendance_form_is_refused(liaison, app):
    with app.app_context(), transaction():
        event, other = soon(), events.event()
        event_id = event.id
        events.sign_up(event, name="Aino")
        foreign = str(events.sign_up(other, name="Stranger").id)
    with clock.travel(clock.now() + timedelta(minutes=20)):
        page = liaison.submit(f"/en/events/{event_id}/attendance", present=[foreign])
    assert page.status == 422
    assert marked(app)["Stranger"] is None


def test_an_event_that_has_begun_cannot_be_cancelled(liaison, app):
    with app.app_context(), transaction():
        event_id = soon().id
    page = liaison.get(f"/en/events/{event_id}/manage")
    with clock.travel(clock.now() + timedelta(minutes=7)):
        answer = liaison.submit(page, "Cancel the event")
    assert answer.status == 409
    assert "has begun" in answer.text
    assert one(app).status == "published"


@pytest.mark.parametrize("before", list(EventStatus))
@pytest.mark.parametrize("after", list(EventStatus))
def test_an_event_moves_only_as_its_table_says(app, before, after):
    from portal.core import states
    from portal.core.errors import RuleBroken

    with app.app_context(), transaction():
        event = events.event(status=before)
        if after in EVENT_NEXT[before]:
            states.move(event, after, EVENT_NEXT)
            assert event.status == after
        else:
            with pytest.raises(RuleBroken):
                states.move(event, after, EVENT_NEXT)


def test_lists_page_and_take_few_statements(liaison, app, client):
    from sqlalchemy import event as sql

    with app.app_context(), transaction():
        for number in range(60):
            events.sign_up(events.event(title_en=f"Event {number}", starts_at=clock.now() + timedelta(days=number + 1)))
    statements: list[str] = []
    with app.app_context():
        engine = db.engine
    sql.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    for who, path in ((client, "/en/events"), (liaison, "/en/events/manage")):
        statements.clear()
        page = who.get(path)
        assert page.text.count("Fair") == 0
        assert len([each for each in statements if not each.startswith("BEGIN")]) <= 12, statements
    following = liaison.get(page.links["Next page"])
    assert "Event 0" in following.text
    assert liaison.get("/en/events/manage?after=nonsense").status == 404
