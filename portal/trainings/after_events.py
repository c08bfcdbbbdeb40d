"""What an event's attendees completed: for the mail of thanks, for the list as a file, and for how long it is kept."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.core import languages
from portal.core.db import db
from portal.events.certificates import Completed
from portal.events.models import SignUp
from portal.trainings import certificates, rules
from portal.trainings.models import Completion, Training


def address(sign_up: SignUp, language: str) -> str:
    """The path of the holder's own page, a secret address; '' without a completion that counts."""
    query = select(Completion.id).where(Completion.sign_up_id == sign_up.id, Completion.revoked_at.is_(None))
    completion_id = db.session.scalar(query)
    return certificates.own_path(completion_id, language) if completion_id else ""


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
