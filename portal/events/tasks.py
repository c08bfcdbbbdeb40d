"""What waits for those who keep events: attendance to be marked."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from portal.core.access import Permission, Viewer, allows
from portal.core.pages import show_date
from portal.core.registry import Task
from portal.events import attendance, words


def waiting(viewer: Viewer) -> Iterable[Task]:
    if not allows(viewer, Permission.EVENT_MANAGE):
        return
    for event in attendance.to_mark():
        yield Task(
            title=_("Mark attendance for %(day)s", day=show_date(event.starts_at)),
            text=words.plain_title(event),
            href=url_for("events.mark", event_id=event.id),
            since=event.ends_at,
            icon="calendar",
        )
