"""What waits for those who keep events: on their start page, and on the page of one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import clock
from portal.core.access import Permission, Viewer, allows
from portal.core.pages import show_date, show_datetime
from portal.core.registry import Task
from portal.events import attendance, choices, imports, words
from portal.events.models import Event, EventStatus
from portal.events.queries import Turnout
from portal.events.texts import State


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


@dataclass(frozen=True)
class Waiting:
    """What waits at one event, in words."""

    title: str
    text: str
    href: str
    icon: str
    since_text: str = ""
    due: str = ""


def of_event(event: Event, turnout: Turnout, written: Sequence[State]) -> list[Waiting]:
    """What its keeper has yet to do; nothing once it is done, or cancelled."""
    if event.status == EventStatus.CANCELLED or event.names_gone_on:
        return []
    if event.starts_at <= clock.now():
        return list(after_the_start(event, turnout)) if event.status == EventStatus.PUBLISHED else []
    lacking = [state.language for state in written if state.missing]
    if not lacking:
        return []
    languages = ", ".join(_(choices.SPOKEN[language]).lower() for language in lacking)
    there = url_for("events.write", event_id=event.id, language=lacking[0])
    return [Waiting(_("Write the missing texts"), languages, there, "open")]


def after_the_start(event: Event, turnout: Turnout) -> Iterable[Waiting]:
    if file := imports.waiting(event.id):
        yield Waiting(
            _("Go on with the attendance file"),
            _("It was read on %(time)s and is not recorded yet.", time=show_datetime(file.read_at)),
            url_for("events.review_import", import_id=file.id),
            "clock",
        )
    elif turnout.unmarked and event.ends_at <= clock.now():
        yield Waiting(
            _("Mark attendance"),
            ngettext("One person is not marked.", "%(num)d people are not marked.", turnout.unmarked),
            url_for("events.mark", event_id=event.id),
            "calendar",
        )
