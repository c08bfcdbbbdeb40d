"""What stands beside a liaison's tasks: this week's events, and what ends within two weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from babel import dates
from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import CompoundSelect, exists, func, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql import literal

from portal.accounts.models import Account
from portal.companies import texts
from portal.companies.models import Company, CompanyStatus, Evidence, EvidenceKind
from portal.core import clock, languages
from portal.core.db import db
from portal.events import services as events
from portal.events import words
from portal.vacancies.models import Vacancy, VacancyStatus

WEEK, SOON = timedelta(days=7), timedelta(days=14)
MOST = 8

Pairs = list[tuple[str, Markup]]


def this_week(viewer: Account) -> Pairs:
    """Events of the next seven days."""
    until = clock.now() + WEEK
    found = [event for event in events.upcoming(viewer) if event.starts_at <= until]
    return [
        (weekday(event.starts_at),
         linked(words.title(event), url_for("events.show", event_id=event.id), words.hours(event)))
        for event in found[:MOST]
    ]  # fmt: skip


def weekday(instant: datetime) -> str:
    """Thu 26, to 26., tors 26"""
    language = languages.current()
    pattern = "EEE d." if language == "fi" else "EEE d"
    return str(dates.format_date(clock.local_date(instant), pattern, locale=language))


def ending_soon() -> Pairs:
    """Evidence of approved companies and open vacancies whose last day is within two weeks, the nearest first."""
    today = clock.today()
    within = (today, today + SOON)
    later = aliased(Evidence)
    newer = exists().where(
        later.company_id == Evidence.company_id, later.kind == Evidence.kind, later.seen_on > Evidence.seen_on
    )
    evidence = (
        select(Evidence.valid_until.label("day"), Company.id, Company.name, func.min(Evidence.kind), func.count())
        .join(Company, Company.id == Evidence.company_id)
        .where(Company.status == CompanyStatus.APPROVED, Evidence.valid_until.between(*within), ~newer)
        .group_by(Evidence.valid_until, Company.id, Company.name)
    )
    vacancies = (
        select(Vacancy.last_day.label("day"), Vacancy.id, Company.name, Vacancy.title, literal(0))
        .join(Company, Company.id == Vacancy.company_id)
        .where(Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.last_day.between(*within))
    )
    both: CompoundSelect[Any] = union_all(evidence, vacancies)
    rows = db.session.execute(both.order_by("day").limit(MOST))
    return [(short_day(day), ending(*rest)) for day, *rest in rows]


def short_day(day: date) -> str:
    """4 Dec, 4.12., 4 dec."""
    language = languages.current()
    return str(dates.format_date(day, "d.M." if language == "fi" else "d MMM", locale=language))


def ending(row_id: UUID, company: str, what: str, documents: int) -> Markup:
    """A vacancy by its title (`documents` is 0), or how many documents of a company end that day."""
    if documents == 0:
        return linked(what, url_for("vacancies.show", vacancy_id=row_id), company)
    label = _(texts.EVIDENCE[EvidenceKind(what)]) if documents == 1 else _("%(num)d documents", num=documents)
    return linked(label, url_for("companies.show", company_id=row_id), company)


def linked(title: object, href: str, beside: str) -> Markup:
    return Markup('<a href="{}">{}</a><br><span class="small soft">{}</span>').format(href, title, beside)
