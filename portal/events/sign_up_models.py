"""What belongs to a sign-up besides its seat: questions and answers, colleagues, the newsletter."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import vault
from portal.core.db import Id, Instant, JsonList, Line, Model, Short
from portal.events import rules


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"


class Question(Model):
    """What one event asks besides the usual. `kept_days`: how long after the event the answers stay.

    `options` are {"code", "fi", "sv", "en", "retired"}: an answer holds codes, so that it stays readable when an option
    or the whole question is retired.
    """

    __tablename__ = "event_question"

    event_id: Mapped[Id] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[Short]
    text_fi: Mapped[Line]
    text_sv: Mapped[Line] = mapped_column(default="")
    text_en: Mapped[Line] = mapped_column(default="")
    options: Mapped[JsonList] = mapped_column(default=list)
    required: Mapped[bool] = mapped_column(default=False)
    kept_days: Mapped[int]
    position: Mapped[int]
    retired_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)

    def spoken(self, language: str) -> rules.Spoken:
        return rules.in_language({code: getattr(self, f"text_{code}") for code in rules.LANGUAGES}, language)

    def offered(self) -> list[dict[str, Any]]:
        """The options that may be chosen now."""
        return [option for option in self.options if not option.get("retired")]


def in_words(option: dict[str, Any], language: str) -> rules.Spoken:
    return rules.in_language({code: str(option.get(code, "")) for code in rules.LANGUAGES}, language)


class Answer(Model):
    """What one person answered, sealed: a text, or codes of options."""

    __tablename__ = "question_answer"
    __table_args__ = (UniqueConstraint("question_id", "sign_up_id"),)

    question_id: Mapped[Id] = mapped_column(ForeignKey("event_question.id", ondelete="CASCADE"))
    sign_up_id: Mapped[Id] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Colleague(Model):
    """Whom a member signed up to an event, as the member wrote it. `sign_up_id` is None where the address had a sign-up
    of its own already: the member must not learn that, so the row looks like one that nobody confirmed.
    """

    __tablename__ = "colleague_sign_up"
    __table_args__ = (UniqueConstraint("event_id", "account_id", "email"),)

    event_id: Mapped[Id] = mapped_column(ForeignKey("event.id"), index=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    sign_up_id: Mapped[Id | None] = mapped_column(ForeignKey("sign_up.id", ondelete="CASCADE"), index=True)
    name: Mapped[Line]
    email: Mapped[Line]
    asked_at: Mapped[Instant]


class SubscriptionStatus(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    ENDED = "ended"


SUBSCRIPTION_NEXT: dict[SubscriptionStatus, frozenset[SubscriptionStatus]] = {
    SubscriptionStatus.ASKED: frozenset({SubscriptionStatus.CONFIRMED, SubscriptionStatus.ENDED}),
    SubscriptionStatus.CONFIRMED: frozenset({SubscriptionStatus.ENDED}),
    SubscriptionStatus.ENDED: frozenset(),
}


class Subscription(Model):
    """A person's consent to the newsletter and its record: the words they ticked, when, where, and until when."""

    __tablename__ = "newsletter_subscription"

    status: Mapped[Short] = mapped_column(default=SubscriptionStatus.ASKED)
    email: Mapped[Line] = mapped_column(index=True)
    live_email: Mapped[str | None] = mapped_column(unique=True)  # the address until it ends: one at a time
    language: Mapped[Short]
    words: Mapped[Line]
    event_id: Mapped[Id | None] = mapped_column(ForeignKey("event.id"))
    asked_at: Mapped[Instant]
    confirmed_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    page_token: Mapped[str] = mapped_column(unique=True)  # hash of the token in the person's own link


def answer_context(answer_id: UUID) -> str:
    return f"question answer {answer_id}"


vault.register_sealed_column(Answer, "sealed", lambda row: answer_context(row.id))
