"""The catalogue: trainings as staff write them, and the versions of what they teach, each kept with what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select

from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.trainings.models import Training, TrainingVersion

TEXTS = ("title_fi", "title_sv", "title_en", "audience_fi", "audience_sv", "audience_en")
TEACHES = ("teaches_fi", "teaches_sv", "teaches_en")
NOTES = ("note_fi", "note_sv", "note_en")


@dataclass(frozen=True)
class Written:
    """A training as staff write it. `texts` and `teaches` are by the names of their columns."""

    code: str
    texts: dict[str, str]
    valid_months: int
    teaches: dict[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("fi",)
    duration_minutes: int | None = None
    retired: bool = False


# --- readers -----------------------------------------------------------------


def offered() -> list[Training]:
    """What the public catalogue lists."""
    return list(db.session.scalars(select(Training).where(Training.retired.is_(False)).order_by(Training.title_fi)))


def versions_of(training: Training) -> list[TrainingVersion]:
    """The newest first; the first of them is what holds now."""
    query = select(TrainingVersion).where(TrainingVersion.training_id == training.id)
    return list(db.session.scalars(query.order_by(TrainingVersion.number.desc())))


def current_version(training: Training) -> TrainingVersion:
    query = select(TrainingVersion).where(TrainingVersion.training_id == training.id)
    return db.session.scalars(query.where(TrainingVersion.number == training.content_version)).one()


def version_on(training: Training, day: date) -> int:
    """The number of the version that was taught on the day; the one that holds now where nobody knows."""
    query = select(func.max(TrainingVersion.number)).where(
        TrainingVersion.training_id == training.id,
        or_(TrainingVersion.began_on.is_(None), TrainingVersion.began_on <= day),
    )
    return db.session.scalar(query) or training.content_version


# --- verbs -------------------------------------------------------------------


def create(written: Written) -> Training:
    """Raises `RuleBroken` when the code is taken."""
    check_code_free(written.code, None)
    training = Training(content_version=1, version=1)
    write(training, written)
    db.session.add(training)
    begin(training, 1, written.teaches, {})
    audit.record("training.created", "training", training.id, facts={"months": written.valid_months})
    return training


def edit(training: Training, written: Written) -> None:
    """Completions keep the validity they were recorded with. Raises `RuleBroken` when the code is taken."""
    check_code_free(written.code, training.id)
    write(training, written)
    training.version += 1
    version = current_version(training)
    for name in TEACHES:
        setattr(version, name, written.teaches.get(name, ""))
    facts = {"months": written.valid_months, "retired": written.retired}
    audit.record("training.edited", "training", training.id, facts=facts)


def renew_content(training: Training, teaches: dict[str, str], notes: dict[str, str]) -> TrainingVersion:
    """A new version of what is taught; earlier completions stay and tell which version they are of."""
    training.content_version += 1
    training.version += 1
    version = begin(training, training.content_version, teaches, notes)
    audit.record("training.content_renewed", "training", training.id, facts={"version": version.number})
    return version


def write(training: Training, written: Written) -> None:
    training.code, training.valid_months, training.retired = written.code, written.valid_months, written.retired
    training.duration_minutes, training.languages = written.duration_minutes, " ".join(written.languages)
    for name in TEXTS:
        setattr(training, name, written.texts.get(name, ""))


def begin(training: Training, number: int, teaches: dict[str, str], notes: dict[str, str]) -> TrainingVersion:
    texts = {name: teaches.get(name, "") for name in TEACHES} | {name: notes.get(name, "") for name in NOTES}
    version = TrainingVersion(training_id=training.id, number=number, began_on=clock.today(), **texts)
    db.session.flush()  # the training first
    db.session.add(version)
    return version


def check_code_free(code: str, training_id: UUID | None) -> None:
    taken = db.session.scalar(select(Training.id).where(Training.code == code))
    if taken is not None and taken != training_id:
        raise RuleBroken(N_("Another training has this code. Choose another code."), field="code")
