"""Introductions. What a company sees of one is a pure function of the instants here and of the release."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Json, JsonList, Model, Short


class IntroductionStatus(StrEnum):
    DRAFTED = "drafted"
    ASKED = "asked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONSENTED = "consented"
    RELEASED = "released"
    MET = "met"
    HIRED = "hired"
    NOT_HIRED = "not_hired"
    REFUSED = "refused"
    DECLINED = "declined"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    EXPIRED = "expired"


I = IntroductionStatus  # noqa: E741 - the table reads as the design does
NEXT: dict[IntroductionStatus, frozenset[IntroductionStatus]] = {
    I.DRAFTED: frozenset({I.ASKED, I.REVOKED}),
    I.ASKED: frozenset({I.OFFERED, I.REFUSED, I.REVOKED}),
    I.OFFERED: frozenset({I.ACCEPTED, I.DECLINED, I.LAPSED, I.REVOKED}),
    I.ACCEPTED: frozenset({I.CONSENTED, I.REFUSED, I.LAPSED, I.REVOKED}),
    I.CONSENTED: frozenset({I.RELEASED, I.LAPSED, I.REVOKED}),
    I.RELEASED: frozenset({I.MET, I.EXPIRED, I.REVOKED}),
    I.MET: frozenset({I.HIRED, I.NOT_HIRED}),
    I.HIRED: frozenset(),
    I.NOT_HIRED: frozenset(),
    I.REFUSED: frozenset(),
    I.DECLINED: frozenset(),
    I.LAPSED: frozenset(),
    I.REVOKED: frozenset(),
    I.EXPIRED: frozenset(),
}


class Introduction(Model):
    """`card` is frozen when the candidate is asked; `card_code` is random per offer. The instants of the company's
    side (`offered_at`, `answer_by`, `answered_at`, `answer_date`) never move once set, whatever happens behind them.
    What staff wrote about it is sealed for the candidate (`sealing`).
    """

    number: Mapped[Short] = mapped_column(unique=True)  # for staff: 2026-118
    vacancy_id: Mapped[Id] = mapped_column(ForeignKey("vacancy.id"), index=True)
    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    candidate_id: Mapped[Id] = mapped_column(index=True)
    status: Mapped[Short] = mapped_column(default=IntroductionStatus.DRAFTED, index=True)
    drafted_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    drafted_at: Mapped[Instant]
    suggested_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    essential_languages: Mapped[JsonList] = mapped_column(default=list)  # beside fi/sv/en, justified by the liaison
    card_code: Mapped[Short | None] = mapped_column(unique=True)
    card: Mapped[Json] = mapped_column(default=dict)
    k: Mapped[int | None]
    asked_at: Mapped[Instant | None]
    card_agreed_at: Mapped[Instant | None]  # the candidate agreed to the card as it is frozen now
    took_part_ids: Mapped[JsonList] = mapped_column(default=list)  # whoever asked, wrote an answer down, or offered
    offered_at: Mapped[Instant | None] = mapped_column(index=True)
    answer_by: Mapped[Instant | None]
    answer: Mapped[Short] = mapped_column(default="")  # the company's: accepted, declined
    answered_at: Mapped[Instant | None]
    answered_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    decline_reason: Mapped[Short] = mapped_column(default="")
    company_times: Mapped[str] = mapped_column(Text, default="")  # the company's words on when it could meet
    answer_date: Mapped[Instant | None]
    release_until: Mapped[date | None]
    released_at: Mapped[Instant | None]
    exposed_since: Mapped[Instant | None]  # an order or a block came after the release (`exposed`)
    released_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[Instant | None]
    meeting_at: Mapped[Instant | None]
    met_at: Mapped[Instant | None]
    outcome_at: Mapped[Instant | None]
    company_word: Mapped[Short] = mapped_column(default="")
    company_word_at: Mapped[Instant | None]
    deletion_confirmed_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)


class CardReader(Model):
    """The recipients of this one card, frozen when the candidate heard their names."""

    __tablename__ = "card_reader"
    __table_args__ = (UniqueConstraint("introduction_id", "account_id"),)

    introduction_id: Mapped[Id] = mapped_column(ForeignKey("introduction.id"), index=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    released: Mapped[bool] = mapped_column(default=False)  # also a recipient of the released fields
