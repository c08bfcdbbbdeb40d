"""A completion lasts: the database itself refuses to change it, and lets happen what may come later."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from portal.core import clock
from portal.core.db import db, transaction
from portal.events.models import EventKind, SignUpStatus
from portal.trainings import lasting, retention
from portal.trainings import services as trainings
from portal.trainings.models import Completion, Training
from tests.factories import accounts, events
from tests.factories import trainings as make
from tests.standing import worlds

both_databases = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


OTHER = {
    "id": uuid4(), "training_id": uuid4(), "event_id": None, "company_id": None, "recorded_by_id": None,
    "training_version": 99, "completed_on": date(2020, 1, 1), "valid_until": date(2099, 1, 1),
    "recorded_at": clock.now(),
}  # fmt: skip
"""A change of each kind of column; the others become "other"."""


@both_databases
def test_nothing_recorded_changes_whoever_asks(app):
    with app.app_context(), transaction():
        world = worlds.responsible(make.training())
        liaison, event = accounts.account(), events.event()
        db.session.flush()
        made = make.completion(
            db.session.get_one(Training, world.training_id), company_id=world.company_id, event_id=event.id,
            evidence_reference="x", recorded_by_id=liaison.id,
        )  # fmt: skip
        completion_id = made.id
    for name in lasting.FIXED:
        change = update(Completion).where(Completion.id == completion_id).values({name: OTHER.get(name, "other")})
        with app.app_context(), pytest.raises(DBAPIError, match=lasting.REFUSAL), transaction():
            db.session.execute(change)
    with app.app_context(), pytest.raises(DBAPIError, match=lasting.REFUSAL), transaction():
        db.session.get_one(Completion, completion_id).valid_until = clock.today() + timedelta(days=9999)


@both_databases
def test_a_claim_comes_once_and_a_name_and_a_revocation_may_come(app):
    with app.app_context(), transaction():
        made = make.completion(make.training())
        mine, yours = accounts.account(), accounts.account()
        db.session.flush()
        completion_id, mine_id, yours_id = made.id, mine.id, yours.id
    with app.app_context(), transaction():
        completion = db.session.get_one(Completion, completion_id)
        completion.account_id, completion.claimed_at, completion.shows_name = mine_id, clock.now(), True
        trainings.revoke(completion, "Taken by somebody else", by=mine_id)
    with app.app_context(), pytest.raises(DBAPIError, match=lasting.REFUSAL), transaction():
        db.session.get_one(Completion, completion_id).account_id = yours_id


def test_it_says_what_shows_it_and_whose_member_it_was_of(app):
    with app.app_context(), transaction():
        world = worlds.responsible(make.training(code="fair"))
        event = events.event(
            training_id=world.training_id, kind=EventKind.TAILORED_TRAINING, company_id=world.company_id
        )
        accounts.account(company_id=world.company_id, email="guest@example.fi")
        guest = events.sign_up(event, email="guest@example.fi", language="sv")
        made = trainings.record_attendance(event, guest, by=world.liaison_id)
        assert (made.company_id, made.evidence_kind) == (world.company_id, "tailored")
        assert (made.evidence_reference, made.recorded_by_id) == (str(event.id), world.liaison_id)
        assert (made.training_version, made.language, made.shows_name) == (1, "sv", False)
        member = accounts.account(company_id=world.company_id)
        db.session.flush()
        training, attempt = db.session.get_one(Training, world.training_id), event.id
        trainings.renew_content(training, {"teaches_fi": "Uutta"}, {"note_fi": "Uutta"})
        passed = trainings.record(training, member, evidence="course", reference=attempt)
        assert (passed.company_id, passed.training_version, passed.recorded_by_id) == (world.company_id, 2, None)
        first = trainings.versions_of(training)[-1]
        first.began_on = clock.today() - timedelta(days=50)
        past = clock.now() - timedelta(days=5)
        late = events.event(training_id=training.id, starts_at=past, ends_at=past, sign_up_closes_at=clock.now())
        there = events.with_status(late, SignUpStatus.CONFIRMED)
        seen = trainings.record_attendance(late, there, by=world.liaison_id)
        assert seen.training_version == 1, "what was taught that day, not what is taught today"


def test_it_goes_some_months_after_its_last_day(app):
    with app.app_context(), transaction():
        training = make.training()
        for days in (-900, -10, 10):
            make.completion(training, valid_until=clock.today() + timedelta(days=days))
        assert retention.forget_old() == 1
        assert len(db.session.scalars(db.select(Completion.id)).all()) == 2
