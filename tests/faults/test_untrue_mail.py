"""Mail that had to wait, because no mail server took it, does not leave once it is untrue or its person is gone.

What has left, or never will, is blank: a purged person stands nowhere in the queue.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.core import clock, outbox, retention
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage
from portal.events import schedule, services, sign_ups
from portal.events.models import SignUp
from tests.events.plans import plan_of
from tests.factories import events


def queue(app) -> dict[str, tuple[str, bool]]:
    """Kind → (state, blank)."""
    with app.app_context():
        return {row.kind: (row.status, row.sealed is None) for row in db.session.scalars(select(OutboxMessage))}


def coming(app) -> UUID:
    """Somebody whose every mail so far still waits: confirm, confirmed, changed."""
    with app.app_context(), transaction():
        event = events.event()
        row = events.sign_up(event, email="comes@example.fi")
        later = {name: getattr(event, name) + timedelta(hours=2) for name in ("starts_at", "ends_at")}
        services.edit(event, plan_of(event, **later))
        return row.id


def test_who_cancelled_before_the_mails_left_hears_only_of_the_end(app, mailbox):
    row_id = coming(app)
    with app.app_context(), transaction():
        sign_ups.cancel(db.session.get_one(SignUp, row_id))
    assert [mail.kind for mail in mailbox.deliver()] == ["sign_up_cancelled"]
    found = queue(app)
    assert found.pop("sign_up_cancelled") == ("sent", True)
    assert set(found) == {"sign_up_confirm", "sign_up_confirmed", "event_changed"}
    assert set(found.values()) == {("refused", True)}


def test_who_waits_and_was_offered_a_seat_meanwhile_hears_of_the_seat(app, mailbox):
    with app.app_context(), transaction():
        event = events.event(capacity=1)
        holder = events.sign_up(event)
        events.sign_up(event, email="next@example.fi")
        sign_ups.cancel(holder)
    kinds = [mail.kind for mail in mailbox.to("next@example.fi")]
    assert kinds == ["sign_up_confirm", "seat_offered"]


def test_who_never_confirmed_is_forgotten_and_the_first_mail_with_them(app, mailbox):
    with app.app_context(), transaction():
        events.sign_up(events.event(starts_at=clock.now() + timedelta(days=60)), confirmed=False)
    with clock.travel(clock.now() + timedelta(hours=3)), app.app_context():
        schedule.settle_seats()
    with clock.travel(clock.now() + timedelta(days=31)):
        with app.app_context():
            for rule in retention.periodic():
                rule.run()
            assert db.session.scalar(select(SignUp.id)) is None
        assert mailbox.deliver() == []
    assert set(queue(app).values()) <= {("refused", True)}


def test_a_failed_mail_of_who_is_gone_is_not_sent_by_hand_either(app, mailbox, monkeypatch):
    row_id = coming(app)
    with app.app_context(), transaction():
        for message in db.session.scalars(select(OutboxMessage)):
            message.status = outbox.OutboxStatus.FAILED
        db.session.delete(db.session.get_one(SignUp, row_id))
    with app.app_context(), transaction():
        for message_id in db.session.scalars(select(OutboxMessage.id)).all():
            outbox.send_again(message_id)
    assert mailbox.deliver() == []
    assert set(queue(app).values()) == {("refused", True)}


def test_a_reminder_that_is_posted_already_is_not_written_again(app, monkeypatch):
    """For a large event that would take long, each time, while nobody else can write."""
    with app.app_context(), transaction():
        event = events.event()
        events.sign_up(event, email="comes@example.fi")
        start = event.starts_at - timedelta(hours=23)
    written = []
    for hours in (0, 0.1, 3, 22.5, 22.6):
        with clock.travel(start + timedelta(hours=hours)), app.app_context():
            schedule.remind()
        written.append(len(queue(app)))
        if hours == 0:
            first, outbox_post = outbox.post, lambda *_, once, **__: pytest.fail(once)
            monkeypatch.setattr(outbox, "post", outbox_post)
        if hours == 3:
            monkeypatch.setattr(outbox, "post", first)
    assert written == [3, 3, 3, 4, 4]
