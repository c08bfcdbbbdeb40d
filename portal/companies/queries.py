"""Reads for the pages: few statements, however many rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext
from sqlalchemy import Select, and_, select

from portal.accounts.models import Account, AccountStatus
from portal.companies import proposals, rules, texts
from portal.companies.evidence import EvidenceState
from portal.companies.models import Company, CompanyStatus, EvidenceKind, ProposedChange, RightToAct
from portal.companies.rights import right_holds
from portal.core.access import Role
from portal.core.db import db, sort_key
from portal.core.pages import show_date, show_datetime
from portal.core.trail import AuditEntry
from portal.vocabulary import services as vocabulary

TIMELINE = 50


def listed(status: str, text: str) -> Select[Any]:
    """Companies by state and by part of a name or Business ID; paged by `Company.sort_key`, which is unique."""
    query = select(Company)
    if status in set(CompanyStatus):
        query = query.where(Company.status == status)
    if text.strip():
        query = query.where(Company.sort_key.contains(sort_key(text.strip()), autoescape=True))
    return query


@dataclass(frozen=True)
class Member:
    """A member or a pending invitation, and how the person's right to act was shown, if it was and holds."""

    account: Account
    right: RightToAct | None

    @property
    def active(self) -> bool:
        return bool(self.account.status == AccountStatus.ACTIVE)

    @property
    def is_owner(self) -> bool:
        return bool(self.account.role == Role.OWNER)


def members(company_id: UUID) -> list[Member]:
    """Owners first, then by name."""
    shown = and_(RightToAct.account_id == Account.id, RightToAct.company_id == company_id, right_holds())
    query = (
        select(Account, RightToAct)
        .outerjoin(RightToAct, shown)
        .where(Account.company_id == company_id, Account.status != AccountStatus.DEACTIVATED)
        .order_by(Account.sort_key, Account.id, RightToAct.seen_at)
    )
    found = {account.id: Member(account, right) for account, right in db.session.execute(query)}
    return sorted(found.values(), key=lambda member: not member.is_owner)


@dataclass(frozen=True)
class Line:
    """One detail in words, as it is and as it was proposed."""

    label: str
    now: str
    proposed: str


def side_by_side(company: Company, change: ProposedChange) -> list[Line]:
    """What the change would change today."""
    return [
        Line(gettext(texts.GUARDED[name]), _in_words(name, company), _in_words(name, change))
        for name in proposals.differing(company, change)
    ]


def _in_words(name: str, of: Company | ProposedChange) -> str:
    value: str = getattr(of, name)
    if name == "industry":
        return vocabulary.label("industry", value)
    return (rules.shown_phone(value) if name == "phone" else value) or "–"


@dataclass(frozen=True)
class Event:
    """One line of a company's story, as the timeline macro reads it."""

    state: str
    title: str
    text: str
    by: str


def timeline(company_id: UUID) -> Sequence[Event]:
    """The company's story from the audit trail, the latest last."""
    query = (
        select(AuditEntry.at, AuditEntry.verb, AuditEntry.reason, AuditEntry.facts, Account.display_name)
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.subject == "company", AuditEntry.subject_id == str(company_id))
        .where(AuditEntry.verb.in_(["company.moved", *texts.EVENTS]))
        .order_by(AuditEntry.at.desc(), AuditEntry.seq.desc())
        .limit(TIMELINE)
    )
    return [
        Event("done", _title(verb, facts), reason or _detail(facts), ", ".join(filter(None, [show_datetime(at), name])))
        for at, verb, reason, facts, name in reversed(db.session.execute(query).all())
    ]


def _title(verb: str, facts: dict[str, Any]) -> str:
    if verb == "company.moved":
        return gettext(texts.STATUS[CompanyStatus(facts["to"])][0])
    return gettext(texts.EVENTS[verb])


def _detail(facts: dict[str, Any]) -> str:
    kinds = [EvidenceKind(kind) for kind in facts.get("kinds", ())]
    return ", ".join(gettext(texts.EVIDENCE[kind]) for kind in kinds)


def evidence_checks(states: Sequence[EvidenceState], own: bool) -> list[dict[str, Any]]:
    """The ledger of evidence, missing kinds first; a company gets the way to send what is missing."""
    return [
        {
            "held": state.held,
            "title": state.label,
            "text": "",
            "until_text": _until(state),
            "next_label": gettext("Send a document") if own and not state.held else None,
            "next_href": url_for("companies.send_document", kind=state.kind) if own and not state.held else None,
        }
        for state in states
    ]


def _until(state: EvidenceState) -> str:
    if state.valid_until is None:
        return gettext("Not seen yet")
    day = show_date(state.valid_until)
    return gettext("Until %(day)s", day=day) if state.held else gettext("Ended %(day)s", day=day)
