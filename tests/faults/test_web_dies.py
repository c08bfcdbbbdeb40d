"""The web process is killed at any act of a post: what it had taken on stands whole, or nothing of it does (P9).

Whoever sees the connection break sends the same form again: it takes effect exactly once, whichever it was.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from flask import Flask

from portal.core import clock
from portal.core.access import Role
from portal.core.db import transaction
from portal.events import letters
from portal.events.models import SignUpStatus
from tests.factories import accounts, events
from tests.faults.house import Facts, House
from tests.faults.mortal import Act, Life, live, serve_one
from tests.faults.worlds import NOON
from tests.support.browser import Browser, Page
from tests.support.html import words

FILLED = {"name": "Pirjo Kallas", "email": "pirjo@example.fi", "attendee_role": "other", "needs": "captions"}


@dataclass
class Post:
    """A form as a person left it, ready to be sent as often as need be, and what one of its answers says at last."""

    browser: Browser
    page: Page
    button: str
    filled: dict[str, str]
    says: tuple[str, ...]

    @property
    def form(self) -> Any:
        return self.page.form(button=self.button)

    @property
    def path(self) -> str:
        return str(self.form.get("action") or self.page.url)

    @property
    def values(self) -> list[tuple[str, str]]:
        values = self.page.fields(self.form)
        for name, value in self.filled.items():
            values[name] = value
        pressed = next(each for each in self.form.iter("button") if words(each) == self.button)
        if pressed.get("name"):
            values[pressed.get("name")] = pressed.get("value")
        return [*values.items(multi=True)]


# --- the forms ----------------------------------------------------------------


def with_waiting(confirmed: bool = True) -> tuple[UUID, UUID]:
    """A full event: who has its only seat, and two who wait."""
    with transaction():
        event = events.event(title_fi="Full", capacity=1)
        status = SignUpStatus.CONFIRMED if confirmed else SignUpStatus.UNCONFIRMED
        holder = events.with_status(event, status, email="holder@example.fi")
        for email in ("first@example.fi", "second@example.fi"):
            events.with_status(event, SignUpStatus.WAITING, email=email)
        return event.id, holder.id


def sign_up(app: Flask) -> Post:
    with app.app_context(), transaction():
        event_id = events.event(title_fi="Open").id
    browser = Browser(app)
    return Post(browser, browser.get(f"/en/events/{event_id}"), "Sign up", FILLED, ("Check your mail",))


def own_page(app: Flask, button: str, says: str, confirmed: bool) -> Post:
    with app.app_context():
        _, holder_id = with_waiting(confirmed)
        token = letters.token_of(holder_id)
    browser = Browser(app)
    return Post(browser, browser.get(f"/en/sign-ups/{token}"), button, {}, (says,))


def confirm(app: Flask) -> Post:
    return own_page(app, "Confirm my sign-up", "You have a seat", confirmed=False)


def cancel(app: Flask) -> Post:
    return own_page(app, "Cancel my sign-up", "This sign-up is cancelled", confirmed=True)


def call_off(app: Flask) -> Post:
    """The keeper cancels the whole event; a second time it is told that this was done."""
    with app.app_context():
        event_id, _ = with_waiting()
        with transaction():
            liaison = accounts.account(Role.LIAISON).id
    browser, says = Browser(app).sign_in(liaison), ("3 people are told by mail", "This is no longer possible")
    return Post(browser, browser.get(f"/en/events/{event_id}/manage"), "Cancel the event", {}, says)


Prepare = Callable[[Flask], Post]


# --- dying ---------------------------------------------------------------------


class Request:
    """One post, sent to a web process that may die of it."""

    def __init__(self, house: House, prepare: Prepare) -> None:
        self.house = house
        self.post = prepare(house.app)
        house.keep()
        self.before = house.facts()
        self.again()  # what a process reads once is read before it is copied
        self.after = house.facts()
        house.put_back()
        life, answer = self.send()
        assert answer == 302
        assert house.facts() == self.after
        self.acts = life.acts

    def again(self) -> None:
        """The same form from the same browser, to a web process in health."""
        page = self.post.browser.post(self.post.path, data=dict(self.post.values))
        assert any(sentence in page.text for sentence in self.post.says), page.text[:500]

    def send(self, die_at: int | None = None) -> tuple[Life, int | None]:
        """Over a real connection; the status of the answer, None when the connection broke."""
        with closing(socket.create_server(("127.0.0.1", 0))) as listening:
            answers: list[int | None] = []
            asking = threading.Thread(target=lambda: answers.append(self.ask(listening.getsockname()[1])))
            life = live(self.house.app, lambda: serve_one(self.house.app, listening), die_at, meanwhile=asking.start)
        asking.join(30)
        return life, answers[0]

    def ask(self, port: int) -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        session = self.post.browser.client.get_cookie("session")
        headers = {"Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"Cookie": f"session={session.value}"} if session else {}
        with closing(connection), contextlib.suppress(http.client.HTTPException, ConnectionError):
            connection.request("POST", self.post.path, urlencode(self.post.values), headers)
            return connection.getresponse().status
        return None

    def die_and_send_again(self, act: Act) -> None:
        self.house.put_back()
        life, answer = self.send(act.number)
        assert (life.died_before, answer) == (act, None)
        left = self.house.facts()
        taken_on = any(done.kind == "commit" for done in life.acts)
        assert left == (self.after if taken_on else self.before), f"half of it is left: {differing(left, self.after)}"
        self.again()
        assert self.house.facts() == self.after, differing(self.house.facts(), self.after)
        self.again()
        assert self.house.facts() == self.after


def differing(one: Facts, other: Facts) -> list[tuple[str, Any, Any]]:
    return [(name, one[name], other[name]) for name in other if one[name] != other[name]]


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.travel(NOON):
        yield


FORMS = [sign_up, confirm, cancel, call_off]
ON = {"sqlite": (), "postgresql": (pytest.mark.postgres,)}


def on(**forms: list[Prepare]) -> pytest.MarkDecorator:
    pairs = [pytest.param(name, form, marks=ON[name]) for name, some in forms.items() for form in some]
    return pytest.mark.parametrize(("database", "prepare"), pairs, indirect=["database"])


@on(sqlite=FORMS, postgresql=[sign_up, cancel])
def test_p9_a_post_that_was_cut_off_counts_whole_or_not_at_all_and_once(house: House, prepare: Prepare) -> None:
    request = Request(house, prepare)
    kinds = [act.kind for act in request.acts]
    assert kinds.count("commit") == 1, "all that a post does is one transaction"
    assert kinds[-2:] == ["commit", "answer"], "which is made before a byte is sent"
    for act in request.acts[-2:]:
        request.die_and_send_again(act)


@pytest.mark.prove
@on(sqlite=FORMS, postgresql=FORMS)
def test_p9_wherever_it_was_cut_off(house: House, prepare: Prepare) -> None:
    request = Request(house, prepare)
    for act in request.acts:
        request.die_and_send_again(act)
