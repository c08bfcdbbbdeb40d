"""A crowd at the last ten seats, while others cancel, holds run out, offers lapse and the capacity changes.

The short form is eighty people through the services. With `PROVE=1` (the target `make prove`) they are two hundred, and
once more two hundred through the pages.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core import clock, settings
from portal.core.db import db, transaction
from portal.core.errors import RuleBroken
from portal.events import letters, limits, schedule, services, sign_ups
from portal.events.models import Event, SignUp, SignUpStatus
from tests.events.plans import plan_of
from tests.events.test_seats import check
from tests.factories import events
from tests.support.browser import Browser
from tests.support.databases import both_databases

PROVING = bool(os.environ.get("PROVE"))
PEOPLE, SEATS, THREADS = 200 if PROVING else 80, 10, 8
PATIENCE = 300


class Crowd:
    """Threads that all run until the last of the people is through; what goes wrong in one of them is kept."""

    def __init__(self, app: Flask, event_id: Any, through_pages: bool) -> None:
        self.app, self.event_id, self.through_pages = app, event_id, through_pages
        self.numbers, self.faults = iter(range(PEOPLE)), []
        self.lock, self.done = threading.Lock(), threading.Event()

    def run(self) -> None:
        visitors = [threading.Thread(target=self.guarded, args=(self.visitors,)) for _ in range(THREADS)]
        others = [threading.Thread(target=self.guarded, args=(each,)) for each in (self.keeper, self.worker)]
        for thread in [*visitors, *others]:
            thread.start()
        for thread in visitors:
            thread.join(PATIENCE)
        self.done.set()
        for thread in others:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in [*visitors, *others])
        assert self.faults == []

    def guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as fault:
            self.faults.append(repr(fault))

    def visitors(self) -> None:
        while True:
            with self.lock:
                number = next(self.numbers, None)
            if number is None:
                return
            (self.by_pages if self.through_pages else self.by_services)(number)

    def by_services(self, number: int) -> None:
        email, chance = f"crowd{number}@example.fi", random.Random(number)
        self.act(lambda: sign_ups.ask(self.event_id, events.details(email=email), network=email))
        for verb in plan_for(chance):
            self.act(lambda verb=verb: verb(self.row(email)))

    def by_pages(self, number: int) -> None:
        email, chance = f"crowd{number}@example.fi", random.Random(number)
        browser = Browser(self.app, address=f"198.51.100.{number}")
        filled = {"name": "Crowd", "email": email, "attendee_role": "other", "language": "en"}
        assert browser.submit(f"/en/events/{self.event_id}", **filled).status in (200, 422)
        with self.app.app_context():
            link = f"/en/sign-ups/{letters.token_of(self.row(email).id)}"
            db.session.remove()
        for verb in plan_for(chance):
            word = {"confirm": "Confirm my sign-up", "accept": "Take the seat", "cancel": "Cancel my sign-up"}
            page = browser.get(link)
            if word[verb.__name__] in re.sub(r"\s+", " ", page.html):
                assert browser.submit(page, word[verb.__name__]).status in (200, 422)

    def keeper(self) -> None:
        """Fewer seats and more again, and at the end as many as there were."""
        for capacity in itertools.cycle((SEATS - 4, SEATS + 5, SEATS)):
            self.act(lambda capacity=capacity: self.edit(capacity))
            if self.done.wait(0.2) and capacity == SEATS:
                return

    def edit(self, capacity: int) -> None:
        event = db.session.get_one(Event, self.event_id)
        services.edit(event, plan_of(event, capacity=capacity), may_push_out=True)

    def worker(self) -> None:
        """Time runs fast for everyone, so that holds run out and offers lapse in the middle of it all."""
        with ExitStack() as stack:
            while not self.done.wait(0.3):
                stack.enter_context(clock.travel(clock.now() + timedelta(minutes=40)))
                with self.app.app_context():
                    schedule.settle_seats()
                    db.session.remove()

    def row(self, email: str) -> SignUp:
        return db.session.scalars(select(SignUp).where(SignUp.email == email)).one()

    def act(self, step: Callable[[], Any]) -> None:
        with self.app.app_context():
            try:
                with transaction():
                    step()
            except RuleBroken:
                pass  # said in a sentence: too late, or over
            db.session.remove()


def plan_for(chance: random.Random) -> list[Callable[[SignUp], Any]]:
    """What one person does after asking: most confirm, some never, some give the seat away again."""
    kind = chance.random()
    if kind < 0.2:
        return []
    if kind < 0.5:
        return [sign_ups.confirm, sign_ups.cancel]
    return [sign_ups.confirm, sign_ups.accept]


def crowd(app: Flask, through_pages: bool) -> None:
    with app.app_context(), transaction():
        for limit in (limits.NETWORK, limits.EVENT):
            settings.change(limit, 10_000)
        event_id = events.event(capacity=SEATS, starts_at=clock.now() + timedelta(days=30)).id
    Crowd(app, event_id, through_pages).run()
    with clock.travel(clock.now() + timedelta(days=2)), app.app_context():
        schedule.settle_seats()
        check(event_id)
        event = db.session.get_one(Event, event_id, populate_existing=True)
        states = dict(db.session.execute(select(SignUp.status, func.count()).group_by(SignUp.status)).all())
        assert sum(states.values()) == PEOPLE, "nobody is lost"
        assert event.capacity == SEATS
        assert states.get(SignUpStatus.WAITING, 0) == 0 or event.taken == SEATS
        assert states.get(SignUpStatus.CONFIRMED, 0) <= SEATS
        assert {SignUpStatus.CONFIRMED, SignUpStatus.CANCELLED, SignUpStatus.EXPIRED} <= set(states), states


@both_databases
def test_p9_a_crowd_at_the_last_seats_books_them_all_and_none_twice(app: Flask, database: str) -> None:
    crowd(app, through_pages=False)


@pytest.mark.skipif(not PROVING, reason="the long form: make prove")
@both_databases
def test_p9_the_same_crowd_through_the_pages(app: Flask, database: str) -> None:
    crowd(app, through_pages=True)
