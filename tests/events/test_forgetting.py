"""Names go some months after an event, everywhere; numbers stay, and so does what carries a right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts import services as account_services
from portal.core import clock, exports, languages, retention, settings
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.exports import FileForm, StoredExport
from portal.core.outbox import OutboxMessage
from portal.core.sweep import dry_run
from portal.events import attendance, feedback, forgetting, letters, rules
from portal.events.feedback_models import FeedbackAnswer
from portal.events.import_models import AttendanceImport, ImportedRow
from portal.events.models import Event, SignUp
from portal.trainings import retention as completions_kept
from portal.trainings.models import Completion
from tests.factories import accounts, events, trainings

YEAR = timedelta(days=366)


@pytest.fixture
def past(app):
    """A webinar with a training: one was there, one was not; a file, a list and feedback are kept of it."""
    with app.app_context(), transaction():
        liaison_id = accounts.account(Role.LIAISON).id
        training_id = trainings.training(valid_months=24).id
        event = events.event(starts_at=clock.now() + timedelta(minutes=1), training_id=training_id)
        ids = [events.sign_up(event, name=name, email=f"{name}@example.fi").id for name in ("aino", "pekka")]
        event_id = event.id
    with clock.travel(clock.now() + timedelta(hours=4)), app.app_context(), transaction():
        event = db.session.get_one(Event, event_id)
        attendance.mark_attendance(event, {ids[0]}, account_services.get(liaison_id))
        found = AttendanceImport(
            event_id=event_id, status="recorded", digest="d", lines=1, skipped=[], threshold=50, unit="percent",
            read_at=clock.now(), read_by_id=liaison_id,
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
        db.session.add(ImportedRow(import_id=found.id, position=0, name="aino", email="", minutes=1, sign_up_id=ids[0]))
        exports.ask("sign_ups", event_id, FileForm.CSV, job="events.export", by=liaison_id, rows=2)
        feedback.answer(event, db.session.get_one(SignUp, ids[0]), {"useful": "4", "best": "Aino helped me"})
    return event_id, ids


def everything(app) -> str:
    """All that stands in the tables of this slice and the queue, as one text."""
    tables = (SignUp, ImportedRow, FeedbackAnswer, StoredExport, AttendanceImport)
    with app.app_context():
        rows = [str(row) for model in tables for row in db.session.execute(select(model.__table__))]
        sealed = db.session.scalar(select(func.count()).where(OutboxMessage.sealed.is_not(None)))
        return " ".join(rows) + f" sealed {sealed}"


def test_names_go_from_everywhere_and_numbers_stay(app, past, client):
    _event_id, ids = past
    with app.app_context():
        token = letters.token_of(ids[0])
    with clock.travel(clock.now() + YEAR):
        with app.app_context(), dry_run(), languages.speaking("en"):
            before = everything(app)
            assert forgetting.forget_names() == 2
            assert next(iter(forgetting.named())).endswith("2 people")
            assert retention.dry_run()["events.names"] == 2
        assert everything(app) == before, "a dry run changes nothing"
        with app.app_context(), transaction():
            assert forgetting.forget_names() == 2
            assert completions_kept.forget_old() == 0, "the certificate is valid for another year"
        left = everything(app)
        for words in ("aino", "pekka", "helped"):
            assert words not in left
        with app.app_context():
            people = db.session.scalars(select(SignUp).order_by(SignUp.attended)).all()
            assert [(each.status, each.attended) for each in people] == [("confirmed", False), ("confirmed", True)]
            assert db.session.scalars(select(FeedbackAnswer.question)).all() == ["useful"]
            assert db.session.scalars(select(Completion.person_name)).all() == ["aino"]
            assert list(db.session.scalars(select(OutboxMessage.kind).where(OutboxMessage.sealed.is_not(None)))) == [
                "certificate"
            ]
        assert client.get(f"/en/sign-ups/{token}").status == 404
        with app.app_context(), transaction():
            assert forgetting.forget_names() == 0


def test_a_completion_keeps_its_names_as_long_as_it_carries_a_right(app, past, client):
    with app.app_context():
        code = db.session.scalar(select(Completion.certificate_code))
    with clock.travel(clock.now() + YEAR), app.app_context(), transaction():
        forgetting.forget_names()
    assert "This certificate is valid" in client.get(f"/en/certificates?code={code}").text
    with app.app_context():
        assert db.session.scalars(select(Completion.person_name)).one() == "aino"
    with clock.travel(clock.now() + 4.1 * YEAR):
        with app.app_context(), dry_run():
            assert completions_kept.forget_old() == 1
        with app.app_context(), transaction():
            assert completions_kept.forget_old() == 1
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(Completion)) == 0
            assert db.session.scalar(select(func.count()).where(OutboxMessage.sealed.is_not(None))) == 0
        assert "No certificate" in client.get(f"/en/certificates?code={code}").text


def test_how_long_is_a_setting_of_each_kind(app, past):
    with app.app_context(), transaction():
        assert settings.number(forgetting.MONTHS["national_training"]) == 24
        settings.change(forgetting.MONTHS["webinar"], 1)
        with languages.speaking("en"):
            assert forgetting.kept() == "1–24 months"
    with clock.travel(clock.now() + timedelta(days=25)), app.app_context(), dry_run():
        assert forgetting.forget_names() == 0
    with clock.travel(clock.now() + timedelta(days=32)), app.app_context(), dry_run():
        assert forgetting.forget_names() == 2


def test_the_dry_run_of_the_administrator_says_what_would_go(app, past, browser):
    with app.app_context(), transaction():
        administrator = accounts.account(Role.ADMINISTRATOR).id
    with clock.travel(clock.now() + YEAR):
        page = browser(administrator).get("/en/service/retention/dry-run")
        assert "Fair recruitment in practice" in page.text
        assert "2 people" in page.text
        with app.app_context():
            assert db.session.scalar(select(func.count()).where(SignUp.name != "")) == 2
            result = app.test_cli_runner().invoke(args=["retention", "dry-run"])
            assert "events.names" in result.output
            assert next(line for line in result.output.splitlines() if "events.names" in line).split()[0] == "2"
    assert rules.NEEDS_KEPT.days == 7
