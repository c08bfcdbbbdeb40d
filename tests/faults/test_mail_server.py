"""A real mail server in trouble: mail leaves later, the outbox page says what is wrong, and nothing waits for it."""

from __future__ import annotations

import asyncio
import email
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from flask import Flask
from sqlalchemy import select

from emails import messages, transport
from portal.core import clock, outbox
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage
from portal.events.models import Event, SignUp, SignUpStatus
from portal.worker import Worker
from tests.factories import accounts, events
from tests.support.browser import Browser
from tests.support.server import HOST, free_port

TROUBLED, FINE = "a.troubled@example.fi", "b.fine@example.fi"
PATIENCE_SECONDS = 1.0
ROW = "News for you"


class Door(SMTP):
    """In the mood 421 it closes before anybody has said a word."""

    async def push(self, status: str) -> None:
        if status.startswith("220 ") and self.event_handler.moods["*"]:
            await super().push(f"{self.event_handler.moods['*'].pop()} closing")
            self.transport.close()
        else:
            await super().push(status)


class Doors(Controller):
    def factory(self) -> SMTP:
        return Door(self.handler, hostname="localhost")


class Moody:
    """A mail server with a mood for each try to reach a recipient; out of moods it takes everything."""

    def __init__(self) -> None:
        self.moods: dict[str, list[str]] = defaultdict(list)
        self.mails: list[tuple[str, str]] = []
        self.controller: Controller | None = None
        self.port = free_port()

    def start(self) -> None:
        self.controller = Doors(self, hostname=HOST, port=self.port, ready_timeout=20)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()

    def mood(self, recipient: str) -> str:
        return self.moods[recipient].pop(0) if self.moods[recipient] else "250 OK"

    async def handle_RCPT(self, server: SMTP, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        envelope.mood = self.mood(address)
        if envelope.mood.startswith("RCPT"):
            return str(envelope.mood.removeprefix("RCPT "))
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        if not envelope.mood.startswith("DATA"):
            message = email.message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append((str(message["To"]), str(message["Message-ID"])))
        if envelope.mood in ("slow", "silent"):
            await asyncio.sleep(0.2 if envelope.mood == "slow" else 2 * PATIENCE_SECONDS)
        if envelope.mood == "drops":
            server.transport.abort()
        return envelope.mood.removeprefix("DATA ") if envelope.mood.startswith("DATA") else "250 OK"

    def to(self, address: str) -> list[str]:
        return [message_id for to, message_id in self.mails if to == address]


@pytest.fixture
def server() -> Iterator[Moody]:
    made = Moody()
    yield made
    made.stop()


@pytest.fixture
def portal(make_app: Callable[..., Flask], server: Moody) -> Flask:
    return make_app(smtp_url=f"smtp://{HOST}:{server.port}")


@pytest.fixture
def administrator(portal: Flask) -> Browser:
    with portal.app_context(), transaction():
        account_id = accounts.account(Role.ADMINISTRATOR).id
    return Browser(portal).sign_in(account_id)


def post(portal: Flask, *addresses: str) -> None:
    with portal.app_context(), transaction():
        for number, address in enumerate(addresses):
            due_at = clock.now() - timedelta(seconds=60 - number)
            outbox.post(messages.news(outbox.site(), address, "en"), once=address, due_at=due_at)


def send(portal: Flask) -> int:
    with portal.app_context():
        sent = outbox.send_due()
        db.session.remove()
    return sent


def row(portal: Flask, address: str) -> OutboxMessage:
    with portal.app_context():
        found = db.session.scalars(select(OutboxMessage).where(OutboxMessage.once == address)).one()
        db.session.expunge_all()
    return found


TROUBLES = {
    "421": ("server answered 421", 0),
    "RCPT 450 greylisted": ("recipient refused", 0),
    "RCPT 421 too many": ("recipient refused", 0),
    "DATA 451 try later": ("server answered 451", 0),
    "DATA 552 too big": ("server answered 552", 0),
    "drops": ("SMTPServerDisconnected", 1),
    "silent": ("SMTPServerDisconnected", 1),
}
"""What the server does, how our books call it, and how many copies it has of what it never said it has."""


@pytest.mark.parametrize("mood", TROUBLES)
def test_what_was_not_taken_for_now_is_sent_later_and_the_next_is_not_held_up(
    portal, server, administrator, mood, monkeypatch
):
    server.start()
    if mood == "silent":
        monkeypatch.setattr(transport, "TIMEOUT_SECONDS", PATIENCE_SECONDS)
    server.moods["*" if mood == "421" else TROUBLED] = [mood]
    post(portal, TROUBLED, FINE)
    send(portal)
    send(portal)
    assert len(server.to(FINE)) == 1, "what stands behind it has left"
    reason, copies = TROUBLES[mood]
    waiting = row(portal, TROUBLED)
    assert (waiting.status, waiting.trouble, waiting.attempts) == ("waiting", reason, 1)
    assert timedelta(seconds=50) < waiting.due_at - clock.now() < timedelta(seconds=61)
    assert reason in administrator.get("/en/service/outbox").text
    assert send(portal) == 0, "not before its time"
    with clock.travel(clock.now() + timedelta(minutes=1, seconds=1)):
        assert send(portal) == 1
    sent = row(portal, TROUBLED)
    assert (sent.status, sent.sealed, sent.trouble) == ("sent", None, "")
    assert server.to(TROUBLED) == [sent.message_id] * (1 + copies), "a copy has the name of the first"
    assert reason not in administrator.get("/en/service/outbox").text


def test_one_address_that_is_refused_for_good_fails_at_once_and_is_sent_again_by_hand(portal, server, administrator):
    server.start()
    server.moods[TROUBLED] = ["RCPT 550 no such user"]
    post(portal, TROUBLED, FINE)
    assert send(portal) == 1
    assert row(portal, TROUBLED).status == "failed"
    page = administrator.get("/en/service/outbox?status=failed")
    assert "recipient refused" in page.text
    administrator.submit(page, action="/again")
    assert send(portal) == 1
    assert len(server.to(TROUBLED)) == 1


def test_while_nobody_answers_one_message_is_tried_a_round_and_all_leave_when_somebody_does(portal, server):
    addresses = [f"p{number}@example.fi" for number in range(6)]
    post(portal, *addresses)
    for _ in range(2):
        assert send(portal) == 0
    assert [row(portal, address).attempts for address in addresses] == [1, 1, 0, 0, 0, 0]
    assert row(portal, addresses[0]).trouble == "ConnectionRefusedError"
    server.start()
    assert send(portal) == 4
    with clock.travel(clock.now() + timedelta(minutes=1, seconds=1)):
        assert send(portal) == 2
    assert sorted(to for to, _ in server.mails) == addresses


def test_a_server_that_hangs_holds_up_no_seat(portal, server, monkeypatch):
    """Twenty mails for a server that takes the call and says nothing; somebody waits for a seat that is free again."""
    monkeypatch.setattr(transport, "TIMEOUT_SECONDS", PATIENCE_SECONDS)
    server.start()
    addresses = [f"p{number:02}@example.fi" for number in range(20)]
    for address in addresses:
        server.moods[address] = ["silent"]
    post(portal, *addresses)
    with portal.app_context(), transaction():
        event = events.event(capacity=1)
        late = events.with_status(event, SignUpStatus.UNCONFIRMED, email="late@example.fi")
        late.held_until = clock.now() - timedelta(minutes=1)
        events.with_status(event, SignUpStatus.WAITING, email="next@example.fi")
        event.taken = 1
    with portal.app_context():
        Worker().run_once()
        offered = db.session.scalar(select(SignUp.status).where(SignUp.email == "next@example.fi"))
        tried = db.session.scalars(select(OutboxMessage.attempts).where(OutboxMessage.once.in_(addresses))).all()
        assert (offered, sum(tried)) == ("offered", 1)
        assert db.session.scalar(select(Event.taken)) == 1


def test_a_slow_server_is_asked_for_one_turn_and_then_the_other_work_has_its_own(portal, server, monkeypatch):
    server.start()
    addresses = [f"p{number}@example.fi" for number in range(3)]
    for address in addresses:
        server.moods[address] = ["slow"]
    post(portal, *addresses)
    monkeypatch.setattr(outbox, "TURN", timedelta(seconds=0.1))
    assert [send(portal) for _ in addresses] == [1, 1, 1]
    assert [row(portal, address).attempts for address in addresses] == [1, 1, 1]
