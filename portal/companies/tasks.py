"""What waits for a liaison in the vetting of companies, in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import CompoundSelect, Date, and_, cast, exists, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from portal.accounts.models import Account, AccountStatus
from portal.companies import texts
from portal.companies.models import (
    Company,
    CompanyStatus,
    Document,
    Evidence,
    Hearing,
    Registration,
    RightToAct,
)
from portal.companies.rights import right_holds
from portal.core import clock, settings
from portal.core.access import Permission, Role, Viewer, allows
from portal.core.db import db
from portal.core.pages import show_date
from portal.core.registry import Task

LIVE = (CompanyStatus.APPLIED, CompanyStatus.IN_REVIEW, CompanyStatus.APPROVED, CompanyStatus.SUSPENDED)
VETTED = (CompanyStatus.IN_REVIEW, CompanyStatus.APPROVED)


def waiting(viewer: Viewer) -> Iterable[Task]:
    """For liaisons; a company reads what waits on its own start page, part by part."""
    return _for_liaison(viewer.id) if allows(viewer, Permission.COMPANY_VET) else ()


def _for_liaison(liaison_id: UUID) -> Iterator[Task]:
    today = clock.today()
    marks = [settings.number(texts.FIRST_REMINDER), settings.number(texts.SECOND_REMINDER)]
    rows = db.session.execute(_liaison_query(liaison_id, today, today + timedelta(days=max(marks))))
    seen: set[tuple[str, UUID]] = set()
    for what, company_id, name, since, due in rows:
        if (what, company_id) not in seen:  # one task for a company however many documents wait
            seen.add((what, company_id))
            yield _liaison_task(what, company_id, name, since, due)


def _liaison_task(what: str, company_id: UUID, name: str, since: datetime, due: date | None) -> Task:
    title, text = {
        "applied": (_("Vet %(company)s", company=name), _("A new application. Take it into review.")),
        "document": (_("Look at a document: %(company)s", company=name), _("Record what it shows, or send it back.")),
        "hearing": (
            _("Decide a hearing: %(company)s", company=name),
            _("The company answered, or its time has ended."),
        ),
        "owner": (
            _("Right to act: %(company)s", company=name),
            _("An owner has not shown it, or has a new name or address."),
        ),
        "change": (
            _("Look at a change: %(company)s", company=name),
            _("The company proposes other details. Confirm them or turn them back."),
        ),
        "evidence": (_("Evidence ends: %(company)s", company=name), _("First until %(day)s.", day=show_date(due))),
        "repeat": (
            _("Registered again: %(company)s", company=name),
            _("Call whoever it was. Look at who is behind it."),
        ),
    }[what]
    due_at = clock.at(due, time(23, 59)) if due else None
    if what == "evidence" and due is not None:  # it waits from the first reminder on, not from when it was recorded
        since = clock.at(due - timedelta(days=settings.number(texts.FIRST_REMINDER)), time(0))
    page = "companies.decide_change" if what == "change" else "companies.show"
    return Task(title, url_for(page, company_id=company_id), since, text, "company", due_at)


def _liaison_query(liaison_id: UUID, today: date, until: date) -> CompoundSelect[Any]:
    """(what, company, its name, since, due), oldest first. Companies without a liaison concern all of them."""
    mine = (Company.liaison_id == liaison_id) | Company.liaison_id.is_(None)
    no_day = cast(null(), Date)

    def rows(what: str, since: Any, due: Any = no_day) -> Any:
        return select(literal(what).label("what"), Company.id, Company.name, since.label("since"), due.label("due"))

    shown = exists().where(RightToAct.account_id == Account.id, RightToAct.company_id == Company.id, right_holds())
    later = aliased(Evidence)
    newer = and_(later.seen_on == Evidence.seen_on, later.recorded_at > Evidence.recorded_at)
    outdone = exists().where(
        later.company_id == Evidence.company_id,
        later.kind == Evidence.kind,
        or_(later.seen_on > Evidence.seen_on, newer),
    )
    parts = [
        rows("applied", Company.applied_at).where(mine, Company.status == CompanyStatus.APPLIED),
        rows("document", Document.sent_at)
        .join(Document, Document.company_id == Company.id)
        .where(mine, Document.looked_at.is_(None), Company.status.in_(LIVE)),
        rows("hearing", Hearing.opened_at, Hearing.answer_by)
        .join(Hearing, Hearing.company_id == Company.id)
        .where(mine, Hearing.decided_at.is_(None))
        .where(Hearing.answered_at.is_not(None) | (Hearing.answer_by < today)),
        rows("change", Company.change_waits_since).where(mine, Company.change_waits_since.is_not(None)),
        rows("owner", Account.created_at)
        .join(Account, Account.company_id == Company.id)
        .where(mine, Account.role == Role.OWNER, Account.status == AccountStatus.ACTIVE)
        .where(Company.status.in_(VETTED), ~shown),
        rows("evidence", Evidence.recorded_at, Evidence.valid_until)
        .join(Evidence, Evidence.company_id == Company.id)
        .where(mine, Company.status == CompanyStatus.APPROVED, Evidence.valid_until <= until, ~outdone),
        rows("repeat", Registration.confirmed_at)
        .join(Registration, Registration.company_id == Company.id)
        .where(mine, Registration.repeats, Registration.confirmed_at.is_not(None), Registration.handled_at.is_(None)),
    ]
    return union_all(*parts).order_by("since")
