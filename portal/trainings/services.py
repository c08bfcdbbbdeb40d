"""Trainings and completions: what is taught, what was learnt, by whom, until when it counts, and what is required."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.core.db import db
from portal.core.errors import NotFound
from portal.trainings.catalogue import (
    Written,
    create,
    current_version,
    edit,
    offered,
    renew_content,
    versions_of,
)
from portal.trainings.claiming import claim, mail_link
from portal.trainings.completions import (
    completions_of,
    find_by_code,
    forget_attendance,
    of_training,
    record,
    record_attendance,
    revoke,
)
from portal.trainings.models import Completion, Training
from portal.trainings.reminders import remind
from portal.trainings.required import WrittenRequirement, change, require, required_trainings
from portal.trainings.requirements import Requirement, all_asked, coming_for, held_by_company, required_of

__all__ = [
    "Requirement",
    "Written",
    "WrittenRequirement",
    "all_asked",
    "change",
    "claim",
    "coming_for",
    "completions_of",
    "create",
    "current_version",
    "edit",
    "find_by_code",
    "forget_attendance",
    "held_by_company",
    "mail_link",
    "of_training",
    "offered",
    "record",
    "record_attendance",
    "remind",
    "renew_content",
    "require",
    "required_of",
    "required_trainings",
    "revoke",
    "versions_of",
]


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
