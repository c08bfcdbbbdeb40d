"""A self-paced course on the public page of its training: who may take it, and the way there for this reader."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.core.access import Permission, allows
from portal.trainings.courses import queries
from portal.trainings.models import Training
from portal.trainings.ways import Link, Way


def way(training: Training) -> Iterator[Way]:
    """One, where a course is published and the training is offered."""
    course = None if training.retired else queries.published_of(training.id)
    if course is not None:
        text, links = told(training, url_for("courses.overview", course_id=course.id))
        yield Way(_("A course at your own pace"), text, links)


def told(training: Training, href: str) -> tuple[str, tuple[Link, ...]]:
    """In the words of the reader: a visitor, a member, or staff."""
    by_members = _("Members of companies can take it at their own pace, and get the same certificate.")
    if not current_user.is_authenticated:
        return by_members, (
            Link(_("Sign in and take the course"), href),
            Link(_("Register your company"), url_for("companies.register")),
        )
    if allows(current_user, Permission.COMPANY_OWN):
        text = _("Read the sections when it suits you, and pass a quiz. It gives the same certificate.")
        return text, (Link(_("Take the course at your own pace"), href),)
    if allows(current_user, Permission.EVENT_MANAGE):
        see = Link(_("See the course and its versions"), url_for("courses.index", training_id=training.id))
        return by_members, (see,)
    return by_members, ()
