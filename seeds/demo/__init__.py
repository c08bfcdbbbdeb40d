"""Invented people, companies and events for trying the portal out. Every one of them says so by its name or banner.

Made through the services, at the times the story happened, so that timelines, audit and states are real.
"""

from __future__ import annotations

from sqlalchemy import delete, select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage
from seeds.demo import (
    candidates,
    cast,
    companies,
    courses,
    events,
    introductions,
    requests,
    sign_ups,
    trainings,
    vacancies,
)


def is_loaded() -> bool:
    found = db.session.scalar(select(Account.id).limit(1)) is not None
    db.session.rollback()
    return found


def load() -> None:
    """Tell the whole story, oldest first; call within an application context."""
    print("Loading demo data…")
    cast.load()
    companies.load()
    trainings.load()
    events.load()
    sign_ups.load()
    courses.load()
    requests.load()
    vacancies.load()
    candidates.load()
    introductions.load()
    forget_old_mail()


def forget_old_mail() -> None:
    """The demo mailbox starts empty: the mail of the past was read long ago."""
    with transaction():
        db.session.execute(delete(OutboxMessage).where(OutboxMessage.due_at <= clock.now()))


def accounts_text() -> str:
    lines = [f"Everybody's password: {cast.PASSWORD}   (the second-factor page shows the code)"]
    lines += [f"  {person.email:38} {person.name}, {person.what}" for person in cast.PEOPLE]
    return "\n".join(lines)
