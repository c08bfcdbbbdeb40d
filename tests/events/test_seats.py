"""Seats are never overbooked and never lost, and nobody waits while one is free."""

from __future__ import annotations

import itertools
import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import RuleBroken
from portal.events import schedule, seats, services, sign_ups
from portal.events.models import SIGN_UP_NEXT, Event, SignUp, SignUpStatus
from portal.events.sign_up_models import Subscription
from tests.factories import events
from tests.support.databases import both_databases

S = SignUpStatus
SEATED = (S.UNCONFIRMED, S.OFFERED, S.CONFIRMED)


def check(event_id) -> None:
    event = db.session.get_one(Event, event_id, populate_existing=True)
    held = db.session.scalar(select(func.count()).where(SignUp.event_id == event_id, SignUp.holds_seat))
    assert event.taken == held, "the count is the seats held"
    assert held <= event.capacity, "never overbooked"
    for row in db.session.scalars(select(SignUp).where(SignUp.event_id == event_id)):
        assert not row.holds_seat or row.status in SEATED
        assert row.holds_seat or row.status not in (S.OFFERED, S.CONFIRMED)
        assert (row.live_email is not None) == bool(SIGN_UP_NEXT[S(row.status)])
    waiting = db.session.scalar(select(func.count()).where(SignUp.event_id == event_id, SignUp.status == S.WAITING))
    if clock.now() < event.starts_at and event.status == "published":
        assert not waiting or event.taken >= event.capacity, "nobody waits while a seat is free"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.integers(0, 9)),
        st.tuples(st.sampled_from(["confirm", "accept", "cancel"]), st.integers(0, 9)),
        st.tuples(st.just("capacity"), st.integers(1, 5)),
        st.tuples(st.just("hours"), st.integers(1, 60)),
    ),
    max_size=25,
)


def do(event_id, step: str, value: int) -> None:
    if step == "ask":
        email = f"person{value}@example.fi"
        sign_ups.ask(event_id, events.details(email=email), network=email)
    elif step == "capacity":
        event = seats.lock(event_id)
        seats.settle(event)
        seats.set_capacity(event, value)
    elif step != "hours":
        live = SignUp.live_email == f"person{value}@example.fi"
        if (row := db.session.scalar(select(SignUp).where(SignUp.event_id == event_id, live))) is not None:
            getattr(sign_ups, step)(row)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, capacity=st.integers(1, 4))
def test_whatever_people_do_the_seats_add_up(app, steps, capacity):
    now = clock.now()
    with app.app_context():
        with transaction():
            event_id = events.event(capacity=capacity, starts_at=now + timedelta(days=5)).id
        for step, value in steps:
            now += timedelta(hours=value if step == "hours" else 0, seconds=1)
            with clock.travel(now):
                try:
                    with transaction():
                        do(event_id, step, value)
                        if step == "hours":
                            seats.settle(seats.lock(event_id))
                except RuleBroken:
                    continue  # said in a sentence, nothing changed
                check(event_id)
                db.session.rollback()


@both_databases
def test_one_address_from_many_tabs_at_once_is_one_sign_up(app, database):
    with app.app_context(), transaction():
        event_id = events.event(capacity=5).id
    wanted, errors = events.details(), []

    def tab() -> None:
        try:
            with app.app_context(), transaction():
                sign_ups.ask(event_id, wanted, network="one")
        except Exception as error:
            errors.append(error)

    tabs = [threading.Thread(target=tab) for _ in range(6)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join(timeout=60)
    assert errors == []
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1
        assert db.session.get_one(Event, event_id).taken == 1


@both_databases
def test_who_confirms_two_events_at_once_is_asked_about_the_newsletter_once(app, database):
    address, errors = "twice@example.fi", []
    with app.app_context(), transaction():
        ids = [events.sign_up(events.event(), confirmed=False, email=address, newsletter=True).id for _ in range(2)]

    def confirm(sign_up_id) -> None:
        try:
            with app.app_context(), transaction():
                sign_ups.confirm(db.session.get_one(SignUp, sign_up_id))
        except Exception as error:
            errors.append(error)

    second = threading.Thread(target=confirm, args=[ids[1]])
    with app.app_context(), transaction():
        sign_ups.confirm(db.session.get_one(SignUp, ids[0]))
        db.session.flush()
        second.start()
        second.join(timeout=1)  # it comes as far as it can while the first is not committed
    second.join(timeout=60)
    assert errors == []
    with app.app_context():
        assert {each.status for each in db.session.scalars(select(SignUp))} == {S.CONFIRMED}
        assert db.session.scalar(select(func.count()).select_from(Subscription)) == 1


@pytest.mark.parametrize(("before", "after"), list(itertools.product(S, S)))
def test_a_sign_up_moves_only_as_its_table_says(app, before, after):
    with app.app_context(), transaction():
        event = events.event()
        row = events.with_status(event, before)
        if after in SIGN_UP_NEXT[before]:
            seats.states.move(row, after, SIGN_UP_NEXT)
            assert row.status == after
        else:
            with pytest.raises(RuleBroken, match="no longer possible"):
                seats.states.move(row, after, SIGN_UP_NEXT)
            assert row.status == before


def test_the_table_is_the_design():
    assert {
        S.UNCONFIRMED: {S.CONFIRMED, S.WAITING, S.EXPIRED, S.CANCELLED},
        S.WAITING: {S.OFFERED, S.CANCELLED},
        S.OFFERED: {S.CONFIRMED, S.LAPSED, S.CANCELLED},
        S.CONFIRMED: {S.CANCELLED},
        S.LAPSED: set(),
        S.EXPIRED: set(),
        S.CANCELLED: set(),
    } == SIGN_UP_NEXT


def test_lowering_capacity_takes_the_latest_seats_and_tells_those_people(app, mailbox):
    with app.app_context(), transaction():
        event = events.event(capacity=3)
        for number in range(3):
            with clock.travel(clock.now() + timedelta(minutes=number)):
                events.sign_up(event, email=f"p{number}@example.fi")
        seats.push_out(seats.lock(event.id), 1)
        event.capacity = 1
        event_id = event.id
    with app.app_context():
        rows = db.session.scalars(select(SignUp).order_by(SignUp.email)).all()
        assert [row.status for row in rows] == ["confirmed", "cancelled", "cancelled"]
        check(event_id)
    assert [mail.subject for mail in mailbox.to("p2@example.fi")][
        -1
    ] == "Your seat is gone: Fair recruitment in practice"


def test_a_cancelled_event_tells_all_who_confirmed_and_ends_every_sign_up(app, mailbox):
    with app.app_context(), transaction():
        event = events.event(capacity=1)
        events.sign_up(event, email="comes@example.fi")
        events.sign_up(event, email="waits@example.fi")
        events.sign_up(event, confirmed=False, email="silent@example.fi")
        assert services.cancel(event) == 2
    with app.app_context():
        assert set(db.session.scalars(select(SignUp.status))) == {"cancelled"}
    assert mailbox.to("silent@example.fi") == [], "its first mail had not left, and is no longer true"
    last = [mailbox.to(f"{who}@example.fi")[-1] for who in ("comes", "waits")]
    assert [mail.subject.split(":")[0] for mail in last] == ["Cancelled", "Cancelled"]
    assert "METHOD:CANCEL" in last[0].attachments[0][2]
    assert last[1].attachments == ()


def test_who_never_confirmed_is_forgotten_a_month_later_and_nobody_else(app):
    with app.app_context():
        with transaction():
            event = events.event(starts_at=clock.now() + timedelta(days=90))
            events.sign_up(event, confirmed=False, email="late@example.fi")
            events.sign_up(event, email="sure@example.fi")
        with clock.travel(clock.now() + timedelta(hours=3)):
            schedule.settle_seats()
        for days, left in ((29, {"late@example.fi", "sure@example.fi"}), (31, {"sure@example.fi"})):
            with clock.travel(clock.now() + timedelta(days=days)), transaction():
                schedule.forget_unconfirmed()
                assert set(db.session.scalars(select(SignUp.email))) == left
