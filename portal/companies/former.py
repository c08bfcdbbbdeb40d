"""What stood for a company and ended still counts: a company must not slip out of a block by renaming itself.

Kept are former names of the company, of its contacts, of its members and of the people of its owner group, and former
telephone numbers, mail addresses and websites. Names count for blocked persons (`groups.people_behind`, design: P4),
the rest for likeness. Deactivated members are counted from their accounts, which keep the name.

Retention: this is business data about companies. A row is deleted when the period in the settings has passed since the
detail ended (`former.years`, 5 years by default, 50 at most; never none, for then a rename would be a way out), and so
is a decided proposal. A liaison may strike out a row that was a mistake; the audit trail keeps that it was done.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import ngettext
from sqlalchemy import delete, event, select
from sqlalchemy.orm import object_session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from portal.accounts.models import Account
from portal.companies import texts
from portal.companies.models import Company, FormerDetail, FormerKind, ProposedChange
from portal.core import audit, clock, retention, settings
from portal.core.db import db
from portal.core.errors import N_, NotFound
from portal.core.registry import Retention

NAMES = (FormerKind.NAME, FormerKind.CONTACT, FormerKind.MEMBER, FormerKind.PERSON)
YEAR = timedelta(days=365)


def keep(company_id: UUID, kind: FormerKind, value: str) -> None:
    """Remember what has just ended."""
    if value:
        db.session.add(FormerDetail(company_id=company_id, kind=kind, value=value[:300], ended_at=clock.now()))


def since() -> datetime:
    """What ended before this instant counts no more."""
    return clock.now() - settings.number(texts.FORMER_YEARS) * YEAR


def details_of(company_ids: Collection[UUID]) -> list[FormerDetail]:
    """Those that still count, the latest first."""
    query = select(FormerDetail).where(FormerDetail.company_id.in_(company_ids), FormerDetail.ended_at >= since())
    return list(db.session.scalars(query.order_by(FormerDetail.ended_at.desc(), FormerDetail.id)))


def names_of(company_ids: Collection[UUID]) -> list[str]:
    return [row.value for row in details_of(company_ids) if row.kind in NAMES]


def share(company_id: UUID, other_ids: Collection[UUID]) -> None:
    """The company leaves the others' group: former people of the group go on counting for both."""
    for row in details_of([company_id, *other_ids]):
        to = min(other_ids, key=str) if row.company_id == company_id else company_id
        if row.kind == FormerKind.PERSON:
            db.session.add(FormerDetail(company_id=to, kind=row.kind, value=row.value, ended_at=row.ended_at))


def strike(company: Company, detail_id: UUID, by: Account) -> None:
    """A liaison found that it was a mistake: it counts no more."""
    row = db.session.get(FormerDetail, detail_id)
    if row is None or row.company_id != company.id:
        raise NotFound
    db.session.delete(row)
    facts = {"kind": row.kind, "detail": row.id}
    audit.record("company.former_struck", "company", company.id, facts=facts, by=by.id)


def forget_old() -> int:
    """Delete what ended long enough ago, in the open transaction; how many rows that were."""
    limit = since()
    details = retention.count(delete(FormerDetail).where(FormerDetail.ended_at < limit))
    return details + retention.count(delete(ProposedChange).where(ProposedChange.ended_at < limit))


def kept() -> str:
    """The period in words."""
    years = settings.number(texts.FORMER_YEARS)
    return str(ngettext("%(num)d year", "%(num)d years", years))


RETENTION = Retention(
    "companies.former", N_("Former names, contacts and members of companies, after they ended"), kept, forget_old
)


# --- noticed wherever it happens: no verb that renames somebody, now or later, can forget it -----------------------


def _watch(attribute: InstrumentedAttribute[str], kind: FormerKind, company_id_of: str) -> None:
    def changed(row: Any, value: Any, before: Any, _initiator: Any) -> None:
        company_id, session = getattr(row, company_id_of), object_session(row)
        if session is not None and company_id is not None and isinstance(before, str) and before and before != value:
            session.add(FormerDetail(company_id=company_id, kind=kind, value=before[:300], ended_at=clock.now()))

    event.listen(attribute, "set", changed, active_history=True)


_watch(Company.name, FormerKind.NAME, "id")
_watch(Company.contact_name, FormerKind.CONTACT, "id")
_watch(Company.phone, FormerKind.PHONE, "id")
_watch(Company.contact_email, FormerKind.EMAIL, "id")
_watch(Company.website, FormerKind.WEBSITE, "id")
_watch(Account.display_name, FormerKind.MEMBER, "company_id")
