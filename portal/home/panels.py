"""What stands beside a liaison's tasks: this week's events, and what ends within two weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import CompoundSelect, exists, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql import literal

from portal.accounts.models import Account
from portal.companies import texts
from portal.companies.models import Company, CompanyStatus, Evidence, EvidenceKind
from portal.core import clock, pages
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
        (f"{words.weekday(event.starts_at)} {clock.local_date(event.starts_at).day}.",
         linked(words.title(event), url_for("events.show", event_id=event.id), words.hours(event)))
        for event in found[:MOST]
    ]  # fmt: skip


def ending_soon() -> Pairs:
    """Evidence of approved companies and open vacancies whose last day is within two weeks, the nearest first."""
    today = clock.today()
    within = (today, today + SOON)
    later = aliased(Evidence)
    newer = exists().where(
        later.company_id == Evidence.company_id, later.kind == Evidence.kind, later.seen_on > Evidence.seen_on
    )
    evidence = (
        select(Evidence.valid_until.label("day"), literal("evidence"), Evidence.kind, Company.name, Company.id)
        .join(Company, Company.id == Evidence.company_id)
        .where(Company.status == CompanyStatus.APPROVED, Evidence.valid_until.between(*within), ~newer)
    )
    vacancies = (
        select(Vacancy.last_day.label("day"), literal("vacancy"), Vacancy.title, Company.name, Vacancy.id)
        .join(Company, Company.id == Vacancy.company_id)
        .where(Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.last_day.between(*within))
    )
    both: CompoundSelect[Any] = union_all(evidence, vacancies)
    rows = db.session.execute(both.order_by("day").limit(MOST))
    return [(pages.show_date(day), ending(what, title, company, row_id)) for day, what, title, company, row_id in rows]


def ending(what: str, title: str, company: str, row_id: object) -> Markup:
    if what == "evidence":
        label = _(texts.EVIDENCE[EvidenceKind(title)])
        return linked(label, url_for("companies.show", company_id=row_id), company)
    return linked(title, url_for("vacancies.show", vacancy_id=row_id), company)


def linked(title: object, href: str, beside: str) -> Markup:
    return Markup('<a href="{}">{}</a><br><span class="small soft">{}</span>').format(href, title, beside)
