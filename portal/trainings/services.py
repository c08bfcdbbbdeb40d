"""Trainings and completions: what was learnt, by whom, until when it counts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.core import audit
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.trainings.completions import (
    claim,
    completions_of,
    find_by_code,
    forget_attendance,
    of_training,
    record_attendance,
    remind,
    revoke,
)
from portal.trainings.models import Completion, Training
from portal.trainings.requirements import Requirement, required_of

__all__ = [
    "Requirement",
    "Written",
    "claim",
    "completions_of",
    "find_by_code",
    "forget_attendance",
    "of_training",
    "record_attendance",
    "remind",
    "required_of",
    "revoke",
]


@dataclass(frozen=True)
class Written:
    """A training as staff write it."""

    code: str
    title_fi: str
    title_sv: str
    title_en: str
    required: bool
    valid_months: int
    retired: bool = False


# --- readers -----------------------------------------------------------------


def get(training_id: UUID) -> Training:
    """Raises `NotFound`."""
    training = db.session.get(Training, training_id)
    if training is None:
        raise NotFound
    return training


def get_completion(completion_id: UUID) -> Completion:
    """Raises `NotFound`."""
    completion = db.session.get(Completion, completion_id)
    if completion is None:
        raise NotFound
    return completion


def all_trainings() -> list[Training]:
    return list(db.session.scalars(select(Training).order_by(Training.retired, Training.code)))


def required_trainings() -> list[Training]:
    """Those that a responsible employer holds, by code."""
    query = select(Training).where(Training.required, Training.retired.is_(False))
    return list(db.session.scalars(query.order_by(Training.code)))


# --- verbs -------------------------------------------------------------------


def create(written: Written) -> Training:
    """Raises `RuleBroken` when the code is taken."""
    check_code_free(written.code, None)
    training = Training(
        code=written.code,
        title_fi=written.title_fi,
        title_sv=written.title_sv,
        title_en=written.title_en,
        required=written.required,
        valid_months=written.valid_months,
        retired=written.retired,
        content_version=1,
        version=1,
    )
    db.session.add(training)
    audit.record("training.created", "training", training.id, facts={"required": written.required})
    return training


def edit(training: Training, written: Written) -> None:
    """Completions keep the validity they were recorded with. Raises `RuleBroken` when the code is taken."""
    check_code_free(written.code, training.id)
    facts = {"required": written.required, "months": written.valid_months, "retired": written.retired}
    training.code = written.code
    training.title_fi, training.title_sv, training.title_en = written.title_fi, written.title_sv, written.title_en
    training.required, training.valid_months = written.required, written.valid_months
    training.retired = written.retired
    training.version += 1
    audit.record("training.edited", "training", training.id, facts=facts)


def renew_content(training: Training) -> None:
    """A new version of what is taught; earlier completions stay and tell which version they are of."""
    training.content_version += 1
    training.version += 1
    audit.record("training.content_renewed", "training", training.id, facts={"version": training.content_version})


def check_code_free(code: str, training_id: UUID | None) -> None:
    taken = db.session.scalar(select(Training.id).where(Training.code == code))
    if taken is not None and taken != training_id:
        raise RuleBroken(N_("Another training has this code. Choose another code."), field="code")
