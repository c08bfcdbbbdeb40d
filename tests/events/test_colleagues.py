"""A member signs up colleagues; each confirms alone, and the member learns nothing but how their own requests stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock, settings
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.events import colleagues, limits, schedule, sign_ups
from portal.events.models import Event, SignUp
from portal.events.sign_up_models import Colleague
from tests.events.test_sign_up_pages import link_in
from tests.factories import events
from tests.standing import worlds


@pytest.fixture
def world(app):
    with app.app_context(), transaction():
        return worlds.responsible()


@pytest.fixture
def event_id(app):
    with app.app_context(), transaction():
        return events.event(capacity=5).id


@pytest.fixture
def member(browser, world):
    return browser(world.owner_id)


def name(member, event_id, *people, follow=None):
    """Fill in a row for each (name, address, language) and send."""
    page = follow or member.get(f"/en/events/{event_id}/colleagues")
    for _ in people[1:]:
        page = member.submit(page, "Add a colleague")
    filled = {
        f"colleagues__{at}__{part}": value
        for at, person in enumerate(people)
        for part, value in zip(("name", "email", "language"), person, strict=True)
    }
    return member.submit(page, "Sign them up", **filled)


def states(page) -> dict[str, str]:
    """The table of those who were signed up: name → state."""
    rows = [row for row in page.tree.iter("tr") if row.get("role") == "row"][1:]
    cells = [["".join(cell.itertext()).strip() for cell in row] for row in rows]
    return {first.split("\n")[0]: last for first, last in cells}


def test_several_at_once_each_get_their_own_mail_and_confirm_alone(app, client, member, event_id, mailbox):
    page = member.get(f"/en/events/{event_id}")
    page = member.get(page.links["Sign up colleagues"])
    done = name(member, event_id, ("Buy pills", "eka@example.fi", "fi"), ("Toka", "toka@example.fi", "sv"), follow=page)
    assert "We have written to 2 colleagues" in done.html
    assert done.text.count("Not confirmed") == 2
    first, second = mailbox.to("eka@example.fi")[0], mailbox.to("toka@example.fi")[0]
    assert first.subject.startswith("Vahvista ilmoittautumisesi") and second.subject.startswith("Bekräfta din anmälan")
    assert "Kollegasi" in first.text
    for typed in ("pills", "Aino", "Kuuralinna"):
        assert typed not in first.text + first.html + first.subject
    own = client.get(link_in(first))
    assert "Aino Lehtovirta, Kuuralinna Siivous Oy" in own.text
    client.submit(own, "Vahvista ilmoittautumiseni")
    assert states(member.get(f"/en/events/{event_id}/colleagues"))["Buy pillseka@example.fi"] == "Confirmed"
    with app.app_context():
        rows = {row.email: row for row in db.session.scalars(select(SignUp))}
        assert {row.organisation for row in rows.values()} == {"Kuuralinna Siivous Oy"}
        assert [rows[f"{each}@example.fi"].status for each in ("eka", "toka")] == ["confirmed", "unconfirmed"]
        assert "event.colleagues_asked" in db.session.scalars(select(AuditEntry.verb)).all()


def test_a_member_cannot_tell_a_known_address_from_another(app, world, member, event_id, mailbox):
    with app.app_context(), transaction():
        event = db.session.get_one(Event, event_id)
        known = events.sign_up(event, email="known@example.fi", name="Own Name").id
    page = name(member, event_id, ("Known", "known@example.fi", "en"), ("Fresh", "fresh@example.fi", "en"))
    assert page.text.count("Not confirmed") == 2 and "Own Name" not in page.text
    assert mailbox.to("known@example.fi")[-1].kind == "sign_up_known"
    with app.app_context(), transaction():
        row = db.session.get_one(SignUp, known)
        assert (row.name, row.status) == ("Own Name", "confirmed"), "nothing has changed for them"
        sign_ups.cancel(row)
    assert states(member.get(page.url)) == states(page)
    with clock.travel(clock.now() + timedelta(hours=2, minutes=1)), app.app_context():
        seen = colleagues.of_member(event_id, world.owner_id)
        assert {each.name: each.state for each in seen} == {"Fresh": "expired", "Known": "expired"}


def test_another_member_sees_none_of_them(app, browser, member, event_id):
    name(member, event_id, ("Eka", "eka@example.fi", "fi"))
    with app.app_context(), transaction():
        company = db.session.scalars(select(Colleague)).one().company_id
        from portal.companies.models import Company
        from tests.factories import companies

        other = companies.member(db.session.get_one(Company, company)).id
    assert "Eka" not in browser(other).get(f"/en/events/{event_id}/colleagues").text


def test_the_same_again_gets_the_link_again_and_stays_theirs(app, client, member, event_id, mailbox):
    for _ in range(2):
        page = name(member, event_id, ("Eka", "eka@example.fi", "fi"))
    assert len({link_in(mail) for mail in mailbox.to("eka@example.fi")}) == 1
    client.submit(link_in(mailbox.to("eka@example.fi")[0]), "Vahvista ilmoittautumiseni")
    assert "Confirmed" in member.get(page.url).text
    with app.app_context():
        assert len(db.session.scalars(select(Colleague)).all()) == 1


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([("", "a@example.fi", "fi")], "Write the name"),
        ([("A", "nonsense", "fi")], "not an e-mail address"),
        ([("A", "", "fi")], "Write the e-mail address"),
        ([("A", "a@example.fi", "fi"), ("B", "A@example.fi", "fi")], "stands here twice"),
        ([("A\x00", "a@example.fi", "fi")], "hidden characters"),
    ],
)
def test_bad_rows_get_a_sentence_and_nobody_is_signed_up(app, member, event_id, people, sentence):
    page = name(member, event_id, ("Sound", "sound@example.fi", "fi"), *people)
    assert page.status == 422
    assert any(sentence in error for error in page.errors), page.errors
    assert page.fields(page.form(button="Sign them up"))["colleagues-0-name"] == "Sound"
    with app.app_context():
        assert db.session.scalar(select(SignUp.id)) is None


@pytest.mark.parametrize(
    ("limit", "sentence"), [(colleagues.COMPANY, "very many colleagues today"), (limits.NETWORK, "from your network")]
)
def test_limits_refuse_all_of_them_with_a_sentence(app, member, event_id, limit, sentence):
    with app.app_context(), transaction():
        settings.change(limit, 1)
    page = name(member, event_id, ("A", "a@example.fi", "fi"), ("B", "b@example.fi", "fi"))
    assert page.status == 422
    assert any(sentence in error for error in page.errors), page.errors
    with app.app_context():
        assert db.session.scalar(select(SignUp.id)) is None


def test_a_colleague_who_never_confirmed_is_forgotten_here_and_there(app, member, event_id):
    name(member, event_id, ("Eka", "eka@example.fi", "fi"))
    with app.app_context():
        with clock.travel(clock.now() + timedelta(hours=3)):
            schedule.settle_seats()
        with clock.travel(clock.now() + timedelta(days=31)), transaction():
            assert schedule.forget_unconfirmed() == 1
        assert db.session.scalars(select(Colleague)).all() == []


def test_what_a_member_wrote_of_colleagues_goes_a_month_after_the_event(app, member, event_id):
    name(member, event_id, ("Eka", "eka@example.fi", "fi"))
    with app.app_context():
        ends_at = db.session.get_one(Event, event_id).ends_at
        for days, left in ((29, 1), (31, 0)):
            with clock.travel(ends_at + timedelta(days=days)), transaction():
                colleagues.forget_old()
                assert len(db.session.scalars(select(Colleague)).all()) == left
