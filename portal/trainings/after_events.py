"""What an event's attendees completed: for the mail of thanks, for the list as a file, and for how long it is kept."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select, update

from portal.core import clock, languages, outbox, sweep
from portal.core.db import db
from portal.events.certificates import Completed
from portal.events.models import Event, SignUp
from portal.trainings import rules
from portal.trainings.models import Completion, Training


def address(sign_up: SignUp) -> str:
    """The path of the certificate's page; '' without a completion that counts."""
    query = select(Completion.certificate_code).where(
        Completion.sign_up_id == sign_up.id, Completion.revoked_at.is_(None)
    )
    code = db.session.scalar(query)
    return f"/{sign_up.language}/certificates?code={rules.shown_code(code)}" if code else ""


def completed(event_id: UUID) -> list[Completed]:
    query = select(Completion, Training).join(Training, Training.id == Completion.training_id)
    rows = db.session.execute(query.where(Completion.event_id == event_id).order_by(Completion.person_name)).all()
    return [
        Completed(
            row.person_name, row.email, training.title(languages.current()), row.training_version, row.completed_on,
            row.valid_until, rules.shown_code(row.certificate_code), row.revoked_at is not None,
        )
        for row, training in rows
    ]  # fmt: skip


def forget_ended() -> int:
    """A completion keeps its names as long as it carries a right; afterwards they go with those of its event.

    That something was completed, and when, stays; nobody finds it by its code any more.
    """
    forgotten = select(Event.id).where(Event.names_gone_on.is_not(None))
    ended = or_(Completion.valid_until < clock.today(), Completion.revoked_at.is_not(None))
    over = (Completion.event_id.in_(forgotten), ended, Completion.person_name != "")
    if not sweep.is_dry():
        ids = set(db.session.scalars(select(Completion.id).where(*over)))
        outbox.forget_about(ids)
    return sweep.count(update(Completion).where(*over).values(person_name="", email="", account_id=None))
