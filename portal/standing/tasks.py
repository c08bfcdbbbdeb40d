"""What waits for a company: the requirements that are missing, as one thing to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from flask import url_for
from flask_babel import ngettext

from portal.companies import services as companies
from portal.companies.models import Company
from portal.core import clock
from portal.core.access import Permission, Viewer, allows
from portal.core.registry import Task
from portal.standing.services import Standing, standing_of


def waiting(viewer: Viewer) -> Iterable[Task]:
    if viewer.company_id is None or not allows(viewer, Permission.COMPANY_OWN):
        return
    company = companies.own(viewer)
    standing = standing_of(company)
    if not standing.held:
        count = len(standing.missing)
        yield Task(
            title=ngettext("One requirement is missing", "%(num)d requirements are missing", count),
            text=", ".join(each.title for each in standing.missing[:3]),
            href=url_for("standing.own"),
            since=missing_since(company, standing),
        )


def missing_since(company: Company, standing: Standing) -> datetime:
    """From the day after the first of them ended; from the application when one was never held."""
    ended = [each.until for each in standing.missing]
    days = [day for day in ended if day is not None]
    if not days or len(days) < len(ended):
        return company.applied_at
    return max(company.applied_at, clock.at(min(days), time(23, 59)))
