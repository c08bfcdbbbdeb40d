"""Matching: constraints first, then a score that a person can check. The computer orders; a person decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from flask import url_for
from flask_babel import gettext
from sqlalchemy import delete, func, select

from portal.core import retention
from portal.core.access import Role, Viewer
from portal.core.db import db
from portal.core.errors import N_
from portal.core.registry import Feature, Held, Periodic, Retention, Task
from portal.matching import index
from portal.matching import services as matching
from portal.matching.commands import commands
from portal.matching.models import Dismissal, IndexChange, Suggestion
from portal.matching.routes import bp
from portal.matching.rules import DISMISSALS


def waiting(viewer: Viewer) -> Iterable[Task]:
    if viewer.role != Role.OFFICER:
        return
    for row, profile, vacancy in matching.open_suggestions(viewer):  # type: ignore[arg-type]  # the account itself
        yield Task(
            gettext("A liaison suggests a match for %(case)s", case=profile.case_number),
            url_for("matching.for_candidate", candidate_id=profile.candidate_id),
            row.suggested_at,
            vacancy.title,
            "search",
        )


def held_on(candidate_id: UUID) -> Iterable[Held]:
    rows = db.session.scalars(select(Dismissal).where(Dismissal.candidate_id == candidate_id))
    yield Held(
        N_("Matches set aside"),
        [
            {
                gettext("When"): row.dismissed_at.date().isoformat(),
                gettext("Vacancy"): str(row.vacancy_id),
                gettext("Reason"): gettext(DISMISSALS[row.reason]),
            }
            for row in rows
        ],
    )


def erase(candidate_id: UUID) -> None:
    """The change that erasing numbers tells the index to let the profile go; what was remembered goes now."""
    db.session.execute(delete(Dismissal).where(Dismissal.candidate_id == candidate_id))
    db.session.execute(delete(Suggestion).where(Suggestion.candidate_id == candidate_id))


def forget_old_changes() -> int:
    """Numbers that every published index holds are of no more use; the latest of each candidate stays."""
    latest = select(func.max(IndexChange.number)).group_by(IndexChange.candidate_id)
    return retention.count(delete(IndexChange).where(IndexChange.number.not_in(latest)))


feature = Feature(
    name="matching",
    blueprints=(bp,),
    waiting=waiting,
    periodic=(Periodic("index.catch_up", timedelta(seconds=10), index.catch_up),),
    retention=(
        Retention(
            "matching.index_changes",
            N_("Numbers of changes for the index"),
            lambda: gettext("Until the next change"),
            forget_old_changes,
        ),
    ),
    held_on=held_on,
    erase=erase,
    candidate_changed=index.note_change,
    commands=(commands,),
)
