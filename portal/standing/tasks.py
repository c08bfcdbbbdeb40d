"""What waits for a company: the requirements that are missing, as one thing to do, and those that end soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from flask import url_for
from flask_babel import ngettext

from portal.companies import services as companies
from portal.companies import texts
from portal.companies.models import Company
from portal.core import clock, settings
from portal.core.access import Permission, Viewer, allows
from portal.core.registry import Task
from portal.standing.rules import TRAINING
from portal.standing.services import Requirement, Standing, standing_of

NAMED = 3


def waiting(viewer: Viewer) -> Iterable[Task]:
    if viewer.company_id is None or not allows(viewer, Permission.COMPANY_OWN):
        return
    company = companies.own(viewer)
    yield from tasks_of(company, standing_of(company))


def tasks_of(company: Company, standing: Standing) -> Iterator[Task]:
    """All that waits, when the standing is worked out already."""
    if not standing.held:
        count = len(standing.missing)
        yield Task(
            title=ngettext("One requirement is missing", "%(num)d requirements are missing", count),
            text=named(standing.missing),
            href=url_for("standing.own"),
            since=missing_since(company, standing),
        )
    yield from ending(standing)


def ending(standing: Standing) -> Iterator[Task]:
    """What ends soon, apart from what is missing: for a page that shows that itself."""
    days = timedelta(days=settings.number(texts.FIRST_REMINDER))
    for until, held in sorted(ending_by_day(standing, clock.today() + days).items()):
        yield Task(
            title=ngettext("One requirement ends soon", "%(num)d requirements end soon", len(held)),
            text=named(held),
            href=url_for("standing.own"),
            since=clock.at(until - days, time(0)),
            due=clock.at(until, time(23, 59)),
        )


def ending_by_day(standing: Standing, last: date) -> dict[date, list[Requirement]]:
    """What is held through a day no later than `last`; what ends together is one thing to do."""
    found: dict[date, list[Requirement]] = defaultdict(list)
    for each in standing.requirements:
        learnt = each.key.startswith(f"{TRAINING}:")  # whose end has reminders and a task of its own
        if each.held and not learnt and each.until is not None and each.until <= last:
            found[each.until].append(each)
    return found


def named(requirements: Iterable[Requirement]) -> str:
    titles = [each.title for each in requirements]
    return ", ".join(titles[:NAMED]) + (", …" if len(titles) > NAMED else "")


def missing_since(company: Company, standing: Standing) -> datetime:
    """From the day after the first of them ended; from the application when one was never held."""
    ended = [each.until for each in standing.missing]
    days = [day for day in ended if day is not None]
    if not days or len(days) < len(ended):
        return company.applied_at
    return max(company.applied_at, clock.at(min(days), time(23, 59)))
