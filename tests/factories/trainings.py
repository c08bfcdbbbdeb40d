"""Trainings and completions for tests. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from portal.core import clock
from portal.core.db import db
from portal.trainings import completions, rules
from portal.trainings.models import (
    Completion,
    RequirementTraining,
    Training,
    TrainingRequirement,
    TrainingVersion,
)

_numbers = itertools.count(1)


def training(**overrides: Any) -> Training:
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": f"training-{number}",
        "title_fi": f"Reilu rekrytointi {number}",
        "title_sv": f"Rättvis rekrytering {number}",
        "title_en": f"Fair recruitment {number}",
        "content_version": 1,
        "valid_months": 24,
        "retired": False,
        "version": 1,
    }
    required = overrides.pop("required", True)
    made = Training(**(values | overrides))
    db.session.add(made)
    db.session.flush()
    db.session.add(
        TrainingVersion(training_id=made.id, number=made.content_version, began_on=clock.today(), teaches_fi="Palkka")
    )
    db.session.flush()
    if required:
        requirement(made)
    return made


def requirement(*filled_by: Training, **overrides: Any) -> TrainingRequirement:
    """In force for a long time, filled by any of these."""
    titles = {name: getattr(filled_by[0], name) for name in ("title_fi", "title_sv", "title_en")}
    values = titles | {"holders": 1, "starts_on": rules.LONG_AGO, "ends_on": None, "version": 1}
    made = TrainingRequirement(**(values | overrides))
    db.session.add(made)
    db.session.flush()
    for each in filled_by:
        db.session.add(RequirementTraining(requirement_id=made.id, training_id=each.id))
    db.session.flush()
    return made


def completion(of: Training, **overrides: Any) -> Completion:
    """Completed a month ago by somebody without an account."""
    number = next(_numbers)
    completed_on = overrides.get("completed_on", clock.today() - timedelta(days=30))
    values: dict[str, Any] = {
        "training_id": of.id,
        "training_version": of.content_version,
        "person_name": f"Attendee {number}",
        "email": f"learner{number}@example.fi",
        "completed_on": completed_on,
        "valid_until": rules.valid_until(completed_on, of.valid_months),
        "certificate_code": completions.new_code(),
        "recorded_at": clock.now(),
    }
    made = Completion(**(values | overrides))
    db.session.add(made)
    db.session.flush()
    return made
