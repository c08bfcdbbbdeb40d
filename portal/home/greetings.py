"""The start page's first lines: a greeting by the clock, and how much waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import clock
from portal.core.access import Role, Viewer
from portal.core.errors import N_
from portal.core.pages import show_date, show_since
from portal.core.registry import Task, registry

LONG = timedelta(days=5)
SOON = timedelta(days=2)
NOTHING = {
    Role.LIAISON: N_("New applications, documents, vacancies and releases come here, the oldest first."),
    Role.OFFICER: N_("What your candidates and their introductions need comes here, the oldest first."),
    Role.COACH: N_("What your coaching groups need comes here, the oldest first."),
    Role.MANAGER: N_("What your programmes need comes here, the oldest first."),
    Role.ADMINISTRATOR: N_("What the service needs comes here, the oldest first."),
}


@dataclass(frozen=True)
class Line:
    """A task as the macro `tasks` reads it."""

    icon: str
    title: str
    href: str
    text: str
    since_text: str
    due: str


def waiting_for(viewer: Viewer) -> list[Task]:
    """What all features have for this person, oldest first."""
    return in_order(task for feature in registry for task in feature.waiting(viewer))


def in_order(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: task.since)


def lines(tasks: Sequence[Task]) -> list[Line]:
    return [line(task) for task in tasks]


def line(task: Task) -> Line:
    """Marked when it waits long or its day is near; else only its age, or its day when it has one."""
    age = show_since(task.since)
    by = _("by %(day)s", day=show_date(task.due)) if task.due else ""
    if is_pressing(task, clock.now()):
        return Line(task.icon, task.title, task.href, task.text, by or show_date(task.since), age)
    return Line(task.icon, task.title, task.href, task.text, by or age, "")


def is_pressing(task: Task, now: datetime) -> bool:
    return now - task.since >= LONG or (task.due is not None and task.due - now <= SOON)


def greeting(display_name: str) -> str:
    hour, first = clock.local(clock.now()).hour, display_name.split(" ", maxsplit=1)[0]
    return _("Good morning, %(name)s", name=first) if 4 <= hour < 10 else _("Hello, %(name)s", name=first)


def lead(tasks: Sequence[Task]) -> str:
    if not tasks:
        return _("Nothing waits for you.")
    many = ngettext("One thing waits for you.", "%(num)d things wait for you.", len(tasks))
    days = (clock.today() - clock.local_date(tasks[0].since)).days
    if days < 1:
        return many
    return f"{many} {_('The oldest came on %(day)s.', day=show_date(tasks[0].since))}"


def nothing(role: str) -> str:
    return _(NOTHING.get(Role(role), N_("When something waits, it comes here, the oldest first.")))
