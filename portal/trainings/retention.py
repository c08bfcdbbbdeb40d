"""A completion is kept while it carries a right, and for some months after its last day, so that it can be checked."""

from __future__ import annotations

from sqlalchemy import delete

from portal.core import clock, retention, settings
from portal.core.errors import N_
from portal.core.registry import Retention
from portal.trainings import rules
from portal.trainings.models import Completion

MONTHS = settings.declare("trainings.kept_months", 24, N_("A completion is kept after its last day, months"), most=120)


def forget_old() -> int:
    before = rules.add_months(clock.today(), -settings.number(MONTHS))
    return retention.count(delete(Completion).where(Completion.valid_until < before))


COMPLETIONS = Retention(
    "trainings.completions",
    N_("Completions, after their last day"),
    lambda: retention.months(settings.number(MONTHS)),
    forget_old,
)
