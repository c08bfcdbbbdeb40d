"""Each day the anchor of the audit trail leaves by mail, through a real mail server, exactly once a day (P6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from portal.core import audit, clock, outbox
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage
from portal.core.trail import AuditCandidate, AuditEntry, AuditHead
from portal.home import anchor_mail
from portal.worker import Worker
from tests.core.test_transport import Inbox, Posts
from tests.factories.accounts import account

DAY = date(2026, 11, 26)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def house(make_app: Callable[..., Flask], inbox: Inbox) -> Iterator[Flask]:
    """Two administrators, an address elsewhere, and a mail server."""
    server = Posts(inbox)
    server.start()
    app = make_app(smtp_url=f"smtp://127.0.0.1:{server.port}", anchor_mail="anchors@elsewhere.example")
    with app.app_context(), transaction():
        account(Role.ADMINISTRATOR, email="sari@reilu.example", language="sv")
        account(Role.ADMINISTRATOR, email="pekka@reilu.example", language="en")
        account(Role.LIAISON, email="marja@reilu.example")
    yield app
    server.stop()


def round_at(app: Flask, at: datetime, worker: Worker | None = None) -> None:
    with clock.travel(at), app.app_context():
        (worker or Worker()).run_once()  # writes
        (worker or Worker()).run_once()  # and sends
        db.session.remove()


def words_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content()).replace("\r\n", "\n")


def test_the_anchor_of_the_day_goes_to_every_administrator_in_their_language(house: Flask, inbox: Inbox) -> None:
    round_at(house, clock.at(DAY, time(6, 50)))
    assert inbox.mails == []
    round_at(house, clock.at(DAY, time(7, 5)))
    by_address = {mail["To"]: mail for mail in inbox.mails}
    assert set(by_address) == {"sari@reilu.example", "pekka@reilu.example", "anchors@elsewhere.example"}
    assert [by_address[to]["Content-Language"] for to in sorted(by_address)] == ["fi", "en", "sv"]
    with house.app_context():
        anchor = audit.last_anchor()
        rows = db.session.execute(select(OutboxMessage.once, OutboxMessage.sealed)).all()
    assert anchor is not None
    text = words_of(by_address["pekka@reilu.example"])
    assert f"Entry: {anchor.seq}\nHash: {anchor.hash}\nAnchored: 26 November 2026 at 6.50" in text
    assert str(anchor) in by_address["pekka@reilu.example"].get_body(("html",)).get_content()
    assert not [once for once, sealed in rows if "@" in once or sealed is not None]


def test_it_goes_once_a_day_however_many_workers_run(house: Flask, inbox: Inbox) -> None:
    for at in (time(7, 0), time(7, 10), time(23, 50)):
        round_at(house, clock.at(DAY, at))
    assert len(inbox.mails) == 3
    round_at(house, clock.at(date(2026, 11, 27), time(6, 0)))
    assert len(inbox.mails) == 3
    round_at(house, clock.at(date(2026, 11, 27), time(15, 0)))
    assert len(inbox.mails) == 6, "a worker that slept sends later that day"


def test_a_worker_that_posts_it_at_the_same_time_posts_nothing_twice(house: Flask) -> None:
    with clock.travel(clock.at(DAY, time(8, 0))), house.app_context():
        audit.anchor()
        anchor_mail.send()
        with transaction():
            anchor = audit.last_anchor()
            assert anchor is not None
            once = f"audit-anchor:{DAY}:{anchor_mail.ELSEWHERE}"
            outbox.post(anchor_mail.message(anchor, "anchors@elsewhere.example", "fi"), once=once)
        assert len(db.session.scalars(select(OutboxMessage.id)).all()) == 3


def test_nothing_goes_before_the_trail_begins(make_app: Callable[..., Flask]) -> None:
    app = make_app(anchor_mail="anchors@elsewhere.example")
    with clock.travel(clock.at(DAY, time(8, 0))), app.app_context():
        anchor_mail.send()
        assert db.session.scalars(select(OutboxMessage.id)).all() == []


def test_the_command_in_the_mail_finds_what_nothing_in_the_house_can_know(house: Flask, inbox: Inbox) -> None:
    """Trail and anchor file are put back together to an older day; the mail tells."""
    path = house.extensions["config"].anchors
    round_at(house, clock.at(DAY, time(6, 0)))
    old_file, old_length = path.read_text(), length(house)
    with house.app_context(), transaction():
        account(Role.OFFICER)
    round_at(house, clock.at(DAY, time(7, 5)))
    found = re.search(r'--mailed "([^"]+)"', words_of(inbox.mails[0]))
    assert found
    run = house.test_cli_runner().invoke
    assert run(args=["audit", "verify", "--mailed", found[1].replace(" ", "\n", 1)]).exit_code == 0
    path.write_text(old_file)
    cut(house, old_length)
    assert run(args=["audit", "verify"]).exit_code == 0
    told = run(args=["audit", "verify", "--mailed", found[1]])
    assert told.exit_code == 1
    assert "cut, or an old copy was put back" in told.output


def length(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(AuditHead.seq)).one()


def cut(app: Flask, seq: int) -> None:
    """As somebody would who has the database: the tail goes, and the head says so."""
    with app.app_context(), transaction():
        late = select(AuditEntry.id).where(AuditEntry.seq > seq)
        db.session.execute(delete(AuditCandidate).where(AuditCandidate.entry_id.in_(late)))
        db.session.execute(delete(AuditEntry).where(AuditEntry.seq > seq))
        last = db.session.scalars(select(AuditEntry.hash).where(AuditEntry.seq == seq)).one()
        db.session.execute(update(AuditHead).values(seq=seq, hash=last, anchored_seq=seq))
