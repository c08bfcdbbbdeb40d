"""A company that lacks one training alone, and a course that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from portal.core.db import db, transaction
from portal.trainings.models import Training
from tests.factories import courses, trainings
from tests.standing import worlds


@dataclass(frozen=True)
class CourseWorld:
    company_id: UUID
    owner_id: UUID
    liaison_id: UUID
    training_id: UUID
    course_id: UUID


@pytest.fixture
def world(app):
    with app.app_context(), transaction():
        training = trainings.training(code="fair", title_en="Fair recruitment")
        found = worlds.responsible(training)
        made = courses.course(db.session.get_one(Training, training.id))
        return CourseWorld(found.company_id, found.owner_id, found.liaison_id, training.id, made.id)
