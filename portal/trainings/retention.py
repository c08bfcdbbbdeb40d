"""A completion is kept while it carries a right, and for some months after its last day, so that it can be checked."""

from __future__ import annotations

from sqlalchemy import delete, select

from portal.core import clock, outbox, retention, settings, sweep
from portal.core.db import db
from portal.core.errors import N_
from portal.core.registry import Retention
from portal.trainings import rules
from portal.trainings.models import Completion

MONTHS = settings.declare("trainings.kept_months", 24, N_("A completion is kept after its last day, months"), most=120)


def forget_old() -> int:
    """Its mails go too; that the person was there stays as a number of the event."""
    over = Completion.valid_until < rules.add_months(clock.today(), -settings.number(MONTHS))
    if not sweep.is_dry():
        outbox.forget_about(set(db.session.scalars(select(Completion.id).where(over))))
    return sweep.count(delete(Completion).where(over))


COMPLETIONS = Retention(
    "trainings.completions",
    N_("Completions, after their last day"),
    lambda: retention.months(settings.number(MONTHS)),
    forget_old,
)
