"""A person's own page: GET and its like change nothing, details are changed by a form, and answers asked for later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Stale
from portal.events import answers, letters, newsletter, questions, sealed, sign_ups
from portal.events.models import Event, SignUp
from portal.events.sign_up_models import Subscription
from tests.events.test_questions import wording
from tests.factories import events
from tests.support.statements import counted


@pytest.fixture
def world(app):
    """Somebody with a seat, somebody who waits for one, somebody unconfirmed, and a newsletter asked for."""
    with app.app_context(), transaction():
        event = events.event(capacity=2, place="Kokeilutalo")
        asked = questions.add(event.id, wording())
        told = {"answers": {asked.id: "Siksi"}, "diet": "Ei pähkinää", "organisation": "Kallas Oy"}
        rows = [
            events.sign_up(event, email="comes@example.fi", newsletter=True, **told),
            events.sign_up(event, confirmed=False, email="new@example.fi"),
            events.sign_up(event, email="waits@example.fi"),
        ]
        subscription = newsletter.find_live("comes@example.fi")
        return {
            "event": event.id,
            "question": asked.id,
            "own": [f"/en/sign-ups/{letters.token_of(row.id)}" for row in rows],
            "newsletter": newsletter.page_of(subscription),
        }


def everything(app) -> dict[str, list]:
    """Every row of every table."""
    with app.app_context():
        db.session.rollback()
        return {table.name: db.session.execute(select(table)).all() for table in db.metadata.sorted_tables}


def test_opening_a_link_by_any_means_changes_nothing(app, client, world, mailbox):
    """Mail scanners, previews and prefetching browsers open every link, some with HEAD, some twice."""
    mailbox.deliver()
    before = everything(app)
    pages = [*world["own"], f"{world['own'][0]}/change", f"{world['own'][1]}/change", world["newsletter"]]
    pages += [f"{world['own'][0]}/event.ics", f"/en/events/{world['event']}", f"/en/events/{world['event']}/asked"]
    scanner = {"Purpose": "prefetch", "Sec-Purpose": "prefetch", "User-Agent": "Mail scanner"}
    for path in pages:
        for address, method, headers in ((path, "GET", scanner), (path, "HEAD", {}), (f"{path}?do=cancel", "GET", {})):
            assert client.open(address, method, headers=headers).status == 200, (method, address)
    for method in ("PUT", "DELETE", "PATCH"):
        assert client.open(world["own"][0], method).status in (404, 405)
    assert client.post(world["own"][0], {"do": "cancel"}).status == 400, "a button without its page"
    assert everything(app) == before
    assert mailbox.deliver() == []


def test_pages_behind_a_link_ask_the_database_little(app, client, world):
    for path in (world["own"][0], f"{world['own'][0]}/change", world["newsletter"], f"/en/events/{world['event']}"):
        with counted(app) as statements:
            client.get(path)
        assert len(statements) <= 12, (path, statements)


def test_details_are_changed_once_and_the_seat_and_address_stay(app, client, world):
    page = client.get(world["own"][0])
    assert "Siksi" in page.text and "Kallas Oy" in page.text and "pähkinää" not in page.html
    form = client.get(page.links["Change your details"])
    values = form.fields(form.form(button="Save"))
    field = f"question_{world['question'].hex}"
    assert (values["diet"], values[field], values.get("email")) == ("Ei pähkinää", "Siksi", None)
    filled = {"name": "Pirjo K.", "language": "sv", "diet": "", "needs": "Ramppi", field: "Muusta syystä"}
    done = client.submit(form, **filled)
    assert "Saved" in done.html and "Pirjo K." in done.text and "Muusta syystä" in done.text
    again = client.submit(form, **{**filled, "name": "Twice"})
    assert "Pirjo K." in again.text, "the same form a second time acts no more"
    with app.app_context():
        row = db.session.scalars(select(SignUp).where(SignUp.email == "comes@example.fi")).one()
        assert (row.name, row.status, row.holds_seat, row.language, row.version) == (
            "Pirjo K.", "confirmed", True, "sv", 2,
        )  # fmt: skip
        assert (sealed.needs(row), sealed.diet(row)) == ("Ramppi", "")
        assert answers.of(row.id) == {world["question"]: "Muusta syystä"}


def test_two_windows_at_once_show_both_versions(app, client, world):
    mine = client.get(f"{world['own'][0]}/change")
    client.submit(f"{world['own'][0]}/change", name="From the phone")
    page = client.submit(mine, name="From the desk")
    assert page.status == 422
    with app.app_context(), transaction(), pytest.raises(Stale):
        row = db.session.scalars(select(SignUp).where(SignUp.email == "comes@example.fi")).one()
        sign_ups.change(row, events.details(), version=1)
    assert "From the phone" in page.text and "From the desk" in page.html
    assert "From the desk" in client.submit(page).text


@pytest.mark.parametrize(
    ("change", "sentence"), [({"name": ""}, "Write your name"), ({"business_id": "1"}, "Business")]
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(client, world, change, sentence):
    page = client.submit(f"{world['own'][0]}/change", **{"organisation": "Uusi Oy", **change})
    assert page.status == 422
    assert any(sentence in error for error in page.errors), page.errors
    assert page.fields(page.form(button="Save"))["organisation"] == "Uusi Oy"


def test_what_must_be_answered_is_asked_before_the_confirmation_and_one_button_does_both(app, client, world):
    with app.app_context(), transaction():
        must = questions.add(world["event"], wording(text_fi="Mikä ryhmä?", required=True)).id
    own = client.get(world["own"][1])
    assert "Confirm my sign-up" not in own.html
    pressed = client.post(own.url, {**own.fields(own.form()), "do": "confirm"})
    assert any("have not answered yet" in error for error in pressed.errors)
    form = client.get(own.links["Answer and confirm"])
    refused = client.submit(form, "Save and confirm my sign-up")
    assert any("Answer this question" in error for error in refused.errors)
    done = client.submit(refused, "Save and confirm my sign-up", **{f"question_{must.hex}": "Aamu"})
    assert "You have a seat" in done.text or "You are on the waiting list" in done.text
    with app.app_context():
        assert db.session.scalars(select(SignUp).where(SignUp.email == "new@example.fi")).one().confirmed_at


def test_a_sign_up_that_has_ended_has_nothing_to_change(app, client, world):
    form = client.get(f"{world['own'][0]}/change")
    client.submit(world["own"][0], "Cancel my sign-up")
    assert client.get(f"{world['own'][0]}/change").url == world["own"][0]
    assert client.submit(form, name="Late").url == world["own"][0]
    with app.app_context():
        later = db.session.get_one(Event, world["event"]).ends_at + timedelta(minutes=1)
    with clock.travel(later):
        assert client.get(f"{world['own'][2]}/change").url == world["own"][2]


# --- the newsletter ------------------------------------------------------------


def subscriptions(app) -> list[Subscription]:
    with app.app_context():
        found = db.session.scalars(select(Subscription).order_by(Subscription.asked_at)).all()
        db.session.expunge_all()
        return found


def test_the_newsletter_is_confirmed_and_ended_apart_with_a_record(app, client, world, mailbox):
    mails = mailbox.to("comes@example.fi")
    asked = [mail for mail in mails if mail.kind == "newsletter_confirm"]
    assert len(asked) == 1 and f"http://localhost{world['newsletter']}" in asked[0].text
    (row,) = subscriptions(app)
    assert (row.status, row.words, row.event_id) == (
        "asked", "Send me the newsletter as well, four times a year", world["event"],
    )  # fmt: skip
    assert "yet to confirm" in client.get(world["own"][0]).text
    done = client.submit(world["newsletter"], "Confirm the newsletter")
    assert "You get the newsletter" in done.text
    with app.app_context():
        assert [each.email for each in db.session.scalars(newsletter.subscribers())] == ["comes@example.fi"]
    last = mailbox.to("comes@example.fi")[-1]
    assert last.kind == "newsletter_confirmed" and f"http://localhost{world['newsletter']}" in last.text
    page = client.get(client.get(world["own"][0]).links["Open its page"])
    ended = client.submit(page, "End the newsletter")
    assert "You get no newsletter" in ended.text
    (row,) = subscriptions(app)
    assert row.status == "ended" and row.confirmed_at and row.ended_at and row.live_email is None
    late = client.post(page.url, {**page.fields(page.form()), "once": "x", "do": "confirm"})
    assert late.status == 422
    with app.app_context():
        assert db.session.scalars(newsletter.subscribers()).all() == []


def test_no_newsletter_before_the_address_is_confirmed_and_none_twice(app, mailbox):
    with app.app_context(), transaction():
        event = events.event()
        events.sign_up(event, confirmed=False, email="silent@example.fi", newsletter=True)
        events.sign_up(event, email="plain@example.fi")
        events.sign_up(event, email="eager@example.fi", newsletter=True)
        events.sign_up(events.event(), email="eager@example.fi", newsletter=True)
    assert [row.email for row in subscriptions(app)] == ["eager@example.fi"]
    mailbox.deliver()
    assert [mail.to for mail in mailbox.sent if mail.kind == "newsletter_confirm"] == ["eager@example.fi"]


def test_what_nobody_confirmed_goes_in_a_month_and_the_record_of_an_ended_one_in_a_year(app, client, world):
    client.submit(world["newsletter"], "No newsletter")
    with app.app_context(), transaction():
        events.sign_up(events.event(), email="other@example.fi", newsletter=True)
    for days, left in ((29, {"comes@example.fi", "other@example.fi"}), (31, {"comes@example.fi"}), (366, set())):
        with clock.travel(clock.now() + timedelta(days=days)), app.app_context(), transaction():
            newsletter.forget_unconfirmed()
            newsletter.forget_ended()
            assert set(db.session.scalars(select(Subscription.email))) == left
