"""Hearings: reasons, time to answer, and a decision in writing before a company is rejected or suspended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Account
from portal.companies import news, rules, texts
from portal.companies.models import NEXT, Company, Hearing, HearingKind
from portal.core import audit, clock, settings, states
from portal.core.db import db
from portal.core.errors import NotFound


def open_hearing_of(company_id: UUID) -> Hearing | None:
    """The hearing that has not been decided."""
    return db.session.scalar(select(Hearing).where(Hearing.company_id == company_id, Hearing.decided_at.is_(None)))


def hearings_of(company_id: UUID) -> list[Hearing]:
    """Newest first."""
    query = select(Hearing).where(Hearing.company_id == company_id).order_by(Hearing.opened_at.desc(), Hearing.id)
    return list(db.session.scalars(query))


def hearing(company: Company, hearing_id: UUID) -> Hearing:
    found = db.session.get(Hearing, hearing_id)
    if found is None or found.company_id != company.id:
        raise NotFound
    return found


def open_hearing(company: Company, kind: HearingKind, reasons: str, answer_by: date, by: Account) -> Hearing:
    """Tell the company in writing what may follow and why; it may answer until the end of `answer_by`."""
    rules.check_hearing(
        company.status,
        kind,
        answer_by,
        clock.today(),
        least_days=settings.number(texts.ANSWER_DAYS),
        heard=open_hearing_of(company.id) is not None,
    )
    opened = Hearing(
        company_id=company.id,
        kind=kind,
        reasons=reasons,
        opened_at=clock.now(),
        opened_by_id=by.id,
        answer_by=answer_by,
    )
    db.session.add(opened)
    facts = {"hearing": opened.id, "kind": kind, "answer_by": answer_by}
    audit.record("company.hearing_opened", "company", company.id, facts=facts, by=by.id)
    news.tell_members(company, f"company.hearing_opened:{opened.id}")
    return opened


def answer(company: Company, heard: Hearing, text: str, by: Account) -> None:
    rules.check_answerable(heard.decided_at is not None, heard.answered_at is not None, heard.answer_by, clock.today())
    heard.answer, heard.answered_at = text, clock.now()
    audit.record("company.hearing_answered", "company", company.id, facts={"hearing": heard.id}, by=by.id)
    news.tell_liaison(company, f"company.hearing_answered:{heard.id}")


def is_answerable(heard: Hearing) -> bool:
    return heard.decided_at is None and heard.answered_at is None and heard.answer_by >= clock.today()


def is_decidable(heard: Hearing) -> bool:
    return heard.decided_at is None and (heard.answered_at is not None or heard.answer_by < clock.today())


def decide(company: Company, heard: Hearing, carry_out: bool, reasons: str, by: Account) -> None:
    """Reject or suspend as announced, or let it be; the company reads the reasons and how to contest them."""
    rules.check_decidable(heard.decided_at is not None, heard.answered_at is not None, heard.answer_by, clock.today())
    heard.decision = texts.CARRIED_OUT if carry_out else texts.DROPPED
    heard.decision_reasons, heard.decided_at, heard.decided_by_id = reasons, clock.now(), by.id
    if carry_out:
        states.move(company, rules.HEARD_TO[HearingKind(heard.kind)], NEXT)
    facts = {"hearing": heard.id, "decision": heard.decision}
    audit.record("company.hearing_decided", "company", company.id, facts=facts, by=by.id)
    news.tell_members(company, f"company.hearing_decided:{heard.id}")
