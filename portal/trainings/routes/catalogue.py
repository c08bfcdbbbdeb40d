"""The public catalogue: what is taught, and each training with its next days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core import languages, pages
from portal.core.access import Viewer, public
from portal.events import services as events
from portal.events import words as event_words
from portal.trainings import required, ways, words
from portal.trainings import services as trainings
from portal.trainings.blueprint import bp
from portal.trainings.models import Training
from portal.trainings.required import Listed


def viewer() -> Viewer | None:
    signed_in = current_user.is_authenticated and not current_user.must_pass_second_factor
    return current_user if signed_in else None


def filled_by(training: Training, asked: list[Listed]) -> list[Listed]:
    """Which requirements of a responsible employer it fills, today or from a later day."""
    return [each for each in asked if training.id in {one.id for one in each.trainings}]


def fills(training: Training, asked: list[Listed]) -> str:
    """The same in words."""
    language = languages.current()
    mine = filled_by(training, asked)
    return words.fills((each.row.title(language), each.row.starts_on if each.is_coming else None) for each in mine)


@bp.route("/trainings/catalogue")
@public
def catalogue() -> ResponseReturnValue:
    asked = required.not_over()
    lines = [(training, filled_by(training, asked)) for training in trainings.offered()]
    return pages.render(
        "trainings/catalogue.html",
        lines=sorted(lines, key=lambda line: min((each.row.starts_on for each in line[1]), default=date.max)),
        words=words,
        event_words=event_words,
        lang_code=languages.current(),
    )


@bp.route("/trainings/catalogue/<uuid:training_id>")
@public
def read(training_id: UUID) -> ResponseReturnValue:
    training, language = trainings.get(training_id), languages.current()
    versions = trainings.versions_of(training)
    coming = [each for each in events.upcoming(viewer()) if each.training_id == training.id]
    return pages.render(
        "trainings/read.html",
        training=training,
        title=training.title(language),
        audience=training.audience(language),
        teaches=versions[0].spoken("teaches", language),
        versions=versions,
        fills=fills(training, required.not_over()),
        facts=words.facts(training),
        agenda=event_words.agenda(coming),
        ways=ways.of(training),
        event_words=event_words,
        lang_code=language,
    )
