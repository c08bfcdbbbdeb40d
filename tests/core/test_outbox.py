"""What was posted leaves, at least once and with one name; what may not leave does not; nobody waits for another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from emails import messages
from emails.message import Message
from emails.transport import NotSent
from portal.core import clock, outbox
from portal.core.db import begin_to_read, db, transaction
from portal.core.errors import NotFound, RuleBroken
from portal.core.outbox import OutboxMessage, OutboxStatus
from tests.core.probe import entries
from tests.support.browser import Browser
from tests.support.databases import both_databases, on_postgresql

TO = "aino.kanarialintu@example.fi"


class Post:
    """A mail server in our own hands: takes messages, or says what `trouble` says."""

    def __init__(self) -> None:
        self.taken: list[tuple[Message, str]] = []
        self.trouble: Callable[[Message], None] = lambda message: None

    def __call__(self, message: Message, message_id: str) -> None:
        self.trouble(message)
        self.taken.append((message, message_id))


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    server = Post()
    monkeypatch.setattr(outbox, "transport", lambda: server)
    return server


@pytest.fixture
def within(probed: Flask) -> Iterator[Flask]:
    with probed.app_context():
        yield probed


def put(once: str = "a", to: str = TO, **values: Any) -> None:
    with transaction():
        outbox.post(messages.news(outbox.site(), to, "en"), once=once, **values)


def row(once: str = "a") -> OutboxMessage:
    begin_to_read()
    db.session.rollback()
    found = db.session.scalar(select(OutboxMessage).where(OutboxMessage.once == once))
    assert found is not None
    return found


def after(**time: float) -> Any:
    return clock.travel(clock.now() + timedelta(**time))


def stop(error: Exception) -> Callable[[Message], None]:
    def trouble(message: Message) -> None:
        raise error

    return trouble


def test_p8_a_message_is_sealed_until_it_leaves_and_blank_afterwards(within: Flask, post: Post) -> None:
    put()
    waiting = row()
    assert (waiting.status, waiting.attempts, waiting.language) == (OutboxStatus.WAITING, 0, "en")
    assert b"kanarialintu" not in (waiting.sealed or b"")
    assert "kanarialintu" not in " ".join(str(getattr(waiting, column.key)) for column in OutboxMessage.__table__.c)
    assert outbox.send_due() == 1
    sent = row()
    assert (sent.status, sent.sealed, sent.leased_until, sent.trouble) == (OutboxStatus.SENT, None, None, "")
    [(message, message_id)] = post.taken
    assert (message.to, message_id) == (TO, sent.message_id)
    assert outbox.send_due() == 0


def test_a_message_of_a_request_that_failed_was_never_posted(within: Flask, post: Post) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        outbox.post(messages.news(outbox.site(), TO, "en"), once="a")
        _ = 1 / 0
    assert outbox.send_due() == 0


def test_p9_the_second_posting_of_the_same_does_nothing(within: Flask, post: Post) -> None:
    put()
    put(to="other@example.fi")
    with transaction():
        for _ in range(2):
            outbox.post(messages.news(outbox.site(), TO, "en"), once="b")
    assert outbox.send_due() == 2
    assert [message.to for message, _ in post.taken] == [TO, TO]


@both_databases
def test_many_who_post_the_same_at_once_all_go_on(probed: Flask, post: Post) -> None:
    gate, done = threading.Barrier(5), []

    def work() -> None:
        gate.wait()
        with probed.app_context():
            put()
            done.append(True)

    together([work] * 5)
    with probed.app_context():
        assert len(done) == 5
        assert outbox.send_due() == 1


def test_nothing_leaves_before_its_time(within: Flask, post: Post) -> None:
    put(due_at=clock.now() + timedelta(days=1))
    assert outbox.send_due() == 0
    with after(days=1, seconds=1):
        assert outbox.send_due() == 1


# --- checks ---------------------------------------------------------------------


def test_a_check_is_asked_again_when_the_message_would_leave(within: Flask, post: Post, monkeypatch) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setitem(outbox.checks, "probe", lambda args: bool(asked.append(args)) or args["yes"])
    put("yes", check=("probe", {"yes": True}))
    put("no", check=("probe", {"yes": False}))
    assert asked == []
    assert outbox.send_due() == 1
    assert asked == [{"yes": True}, {"yes": False}]
    assert (row("no").status, row("no").sealed) == (OutboxStatus.REFUSED, None)
    assert len(post.taken) == 1


def test_a_check_that_nobody_knows_says_no(within: Flask, post: Post) -> None:
    put(check=("gone", {}))
    assert outbox.send_due() == 0
    assert row().status == OutboxStatus.REFUSED


@both_databases
def test_one_that_cannot_be_made_ready_does_not_stop_those_behind_it(within: Flask, post: Post, monkeypatch) -> None:
    def broken(args: dict[str, Any]) -> bool:
        db.session.connection().exec_driver_sql("SELECT nothing FROM nowhere")
        return True

    monkeypatch.setitem(outbox.checks, "broken", broken)
    put("a", check=("broken", {}))
    put("b")
    put("c")
    with transaction():
        row_of_b = db.session.scalar(select(OutboxMessage).where(OutboxMessage.once == "b"))
        assert row_of_b is not None
        row_of_b.sealed = b"noise"
    assert outbox.send_due() == 1
    assert {each: row(each).status for each in "abc"} == {"a": "waiting", "b": "waiting", "c": "sent"}
    assert row("a").trouble.endswith("Error")
    assert row("a").due_at > clock.now()


def test_what_was_taken_back_does_not_leave(within: Flask, post: Post) -> None:
    put()
    with transaction():
        outbox.withdraw("a")
        outbox.withdraw("never posted")
    assert outbox.send_due() == 0
    assert (row().status, row().sealed) == (OutboxStatus.REFUSED, None)


# --- trouble ----------------------------------------------------------------------


def test_a_server_in_trouble_is_asked_again_ever_later_and_at_last_given_up(within: Flask, post: Post) -> None:
    put()
    post.trouble = stop(NotSent("server answered 451"))
    waits = []
    for _ in outbox.WAITS:
        assert outbox.send_due() == 0
        waits.append(row().due_at - clock.now())
        assert outbox.send_due() == 0
        let_its_time_come()
    assert [round(each.total_seconds() / 60) for each in waits] == [1, 5, 15, 60, 180, 360, 720]
    assert outbox.send_due() == 0
    assert (row().status, row().trouble, row().attempts) == (OutboxStatus.FAILED, "server answered 451", 8)
    assert row().sealed


def let_its_time_come() -> None:
    with transaction():
        due = db.session.scalar(select(OutboxMessage).where(OutboxMessage.once == "a"))
        assert due is not None
        due.due_at = clock.now()


def test_an_address_that_is_refused_is_not_tried_again(within: Flask, post: Post) -> None:
    put()
    post.trouble = stop(NotSent("recipient refused", final=True))
    outbox.send_due()
    assert (row().status, row().attempts) == (OutboxStatus.FAILED, 1)


def test_a_fault_of_our_own_counts_as_not_sent_and_says_its_kind_only(within: Flask, post: Post) -> None:
    put("a")
    put("b", to="other@example.fi")
    post.trouble = lambda message: (_ for _ in ()).throw(KeyError(message.to)) if message.to == TO else None
    assert outbox.send_due() == 1
    assert (row("a").status, row("a").trouble) == (OutboxStatus.WAITING, "KeyError")


def test_what_failed_is_sent_again_by_hand_and_nothing_else(within: Flask, post: Post) -> None:
    put()
    post.trouble = stop(NotSent("recipient refused", final=True))
    outbox.send_due()
    post.trouble = lambda message: None
    with transaction():
        outbox.send_again(row().id)
    assert entries(within, "outbox.sent_again") == 1
    assert outbox.send_due() == 1
    with pytest.raises(RuleBroken), transaction():
        outbox.send_again(row().id)
    with pytest.raises(NotFound), transaction():
        outbox.send_again(uuid4())


# --- crashes and several workers -----------------------------------------------------


def test_p9_a_crash_between_the_servers_yes_and_our_record_sends_again_under_the_same_name(within, post: Post) -> None:
    put()
    claim = outbox.take_one()
    assert claim is not None and claim.message is not None
    outbox.transport_send(claim.message, claim.message_id)  # …and here the worker dies
    assert outbox.send_due() == 0, "the lease keeps others away"
    with after(seconds=outbox.LEASE.total_seconds() + 1):
        assert outbox.send_due() == 1
        assert outbox.send_due() == 0
    assert len(post.taken) == 2
    assert len({message_id for _, message_id in post.taken}) == 1


def test_one_taken_back_while_it_is_on_its_way_is_not_sent_again(within: Flask, post: Post) -> None:
    put()
    claim = outbox.take_one()
    with transaction():
        outbox.withdraw("a")
    post.trouble = stop(NotSent("server answered 451"))
    assert claim is not None
    assert outbox.deliver(claim) == 0
    assert row().status == OutboxStatus.REFUSED


@on_postgresql
def test_p9_several_workers_send_each_message_once(probed: Flask, post: Post) -> None:
    with probed.app_context():
        for number in range(40):
            put(f"m{number}", to=f"a{number}@example.fi")
    gate, counts = threading.Barrier(4), []

    def work() -> None:
        with probed.app_context():
            gate.wait()
            counts.append(outbox.send_due())

    together([work] * 4)
    assert sum(counts) == 40
    assert len({message.to for message, _ in post.taken}) == len(post.taken) == 40
    assert max(counts) < 40, "the work was shared"


def together(work: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


# --- the demo mailbox ----------------------------------------------------------------


def test_the_demo_mailbox_takes_the_mail_only_with_demo_data(make_probed: Callable[..., Flask]) -> None:
    app = make_probed()
    with app.app_context():
        put()
        assert outbox.transport() is None
        assert outbox.send_due() == 0
    assert Browser(app).get("/demo/mail").status == 404
    demo = make_probed(demo=True)
    with demo.app_context():
        assert outbox.send_due() == 1
    assert "You have news" in Browser(demo).get("/demo/mail").text
