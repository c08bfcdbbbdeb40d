"""Vacancies, who would read a card, and the fairness flags that a person decides."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.companies.models import Company
from portal.core import clock
from portal.core.db import Id, Instant, JsonList, Line, Model, Short


class VacancyStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    PAUSED = "paused"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


V = VacancyStatus
ENDS = frozenset({V.FILLED, V.WITHDRAWN, V.EXPIRED})
NEXT: dict[VacancyStatus, frozenset[VacancyStatus]] = {
    V.DRAFT: frozenset({V.SUBMITTED}),
    V.SUBMITTED: frozenset({V.PUBLISHED, V.RETURNED}),
    V.RETURNED: frozenset({V.SUBMITTED}),
    V.PUBLISHED: frozenset({V.PAUSED}) | ENDS,
    V.PAUSED: frozenset({V.PUBLISHED}) | ENDS,
    V.FILLED: frozenset(),
    V.WITHDRAWN: frozenset(),
    V.EXPIRED: frozenset(),
}


def _place_in_lists(context: Any) -> str:
    written_at: datetime = context.get_current_parameters().get("written_at") or clock.now()
    return f"{written_at:%Y%m%d%H%M%S%f}-{uuid4().hex[:12]}"


class Vacancy(Model):
    """Demands are dictionary values. `published` means to staff; the public list only when `public` is ticked."""

    place: Mapped[Line] = mapped_column(unique=True, default=_place_in_lists)  # lists page by it, the newest first
    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    company: Mapped[Company] = relationship()
    status: Mapped[Short] = mapped_column(default=VacancyStatus.DRAFT, index=True)
    title: Mapped[Line]
    title_key: Mapped[Line] = mapped_column(default="")  # folded, to search by
    description: Mapped[str] = mapped_column(Text, default="")
    occupation: Mapped[Line] = mapped_column(default="")
    essential_skills: Mapped[JsonList] = mapped_column(default=list)  # [{"code": …, "level": 1–4}]
    optional_skills: Mapped[JsonList] = mapped_column(default=list)
    languages: Mapped[JsonList] = mapped_column(default=list)  # [{"code": …, "level": 1–6, "must": bool}]
    municipality: Mapped[Short] = mapped_column(default="")
    work_site: Mapped[Line] = mapped_column(default="")
    bands: Mapped[JsonList] = mapped_column(default=list)
    hours_min: Mapped[int | None]  # a week
    hours_max: Mapped[int | None]
    contract: Mapped[Short] = mapped_column(default="")  # permanent, fixed_term, on_call
    contract_months: Mapped[int | None]
    pay_from_cents: Mapped[int | None]
    pay_to_cents: Mapped[int | None]
    pay_unit: Mapped[Short] = mapped_column(default="hour")  # hour, month
    agreement: Mapped[Line] = mapped_column(default="")  # a code of `words.AGREEMENTS`, or another agreement's name
    housing: Mapped[Short] = mapped_column(default="no")  # no, optional, tied
    deductions: Mapped[JsonList] = mapped_column(default=list)  # transport, food, clothes
    fees: Mapped[bool] = mapped_column(default=False)  # any fee or deposit asked of the person
    equipment: Mapped[Short] = mapped_column(default="company")  # company, employee, none
    cash_pay: Mapped[bool] = mapped_column(default=False)
    live_in: Mapped[bool] = mapped_column(default=False)
    remote_site: Mapped[bool] = mapped_column(default=False)
    chain: Mapped[Short] = mapped_column(default="own")  # own, subcontract, agency
    for_client: Mapped[bool | None]  # whether the work is done for another company; None while nobody has said
    clients: Mapped[JsonList] = mapped_column(default=list, server_default="[]")  # [{"business_id": …, "name": …}]
    keeps_documents: Mapped[bool] = mapped_column(default=False)
    posts: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date | None]
    last_day: Mapped[date | None]
    public: Mapped[bool] = mapped_column(default=False)
    written_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[Instant]
    submitted_at: Mapped[Instant | None]
    published_at: Mapped[Instant | None]
    returned_at: Mapped[Instant | None]
    return_reason: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[Instant | None]
    pause_reason: Mapped[str] = mapped_column(Text, default="")  # a liaison's; then only a liaison resumes
    paused_by_standing: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class Recipient(Model):
    """A member who would read a card of this vacancy; counts once a liaison has confirmed them, and as long as they
    are who was confirmed: name and address then stand here, and are compared at each reading.
    """

    __tablename__ = "vacancy_recipient"
    __table_args__ = (UniqueConstraint("vacancy_id", "account_id"),)

    vacancy_id: Mapped[Id] = mapped_column(ForeignKey("vacancy.id"), index=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    chosen_at: Mapped[Instant] = mapped_column(default=clock.now)
    confirmed_at: Mapped[Instant | None]
    confirmed_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    confirmed_name: Mapped[Line | None]
    confirmed_email: Mapped[Line | None]


class FlagDecision(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    MUST_CHANGE = "must_change"


class FairnessFlag(Model):
    """`rule` is a code of `rules.FAIRNESS`; `fingerprint` the values it was raised on, so that a change raises anew."""

    __tablename__ = "fairness_flag"
    __table_args__ = (UniqueConstraint("vacancy_id", "rule", "fingerprint"),)

    vacancy_id: Mapped[Id] = mapped_column(ForeignKey("vacancy.id"), index=True)
    rule: Mapped[Short]
    fingerprint: Mapped[Short]
    raised_at: Mapped[Instant]
    answer: Mapped[str] = mapped_column(Text, default="")  # the company's word
    answered_at: Mapped[Instant | None]
    decision: Mapped[Short] = mapped_column(default=FlagDecision.OPEN)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[Instant | None]
