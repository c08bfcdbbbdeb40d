"""Requests for a training inside a company, the talk about each, and who is invited to what came of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, JsonList, Line, Model, Short


class Topic(StrEnum):
    PROCUREMENT = "procurement"
    RECRUITMENT = "recruitment"
    SUBCONTRACTING = "subcontracting"
    EXPLOITATION = "labour_exploitation"
    OTHER = "other"


class HeldAs(StrEnum):
    SITE = "site"
    ONLINE = "online"


class RequestStatus(StrEnum):
    REQUESTED = "requested"
    AGREED = "agreed"
    SCHEDULED = "scheduled"
    DELIVERED = "delivered"
    DECLINED = "declined"


R = RequestStatus
NEXT: dict[RequestStatus, frozenset[RequestStatus]] = {
    R.REQUESTED: frozenset({R.AGREED, R.DECLINED}),
    R.AGREED: frozenset({R.SCHEDULED, R.DECLINED}),
    R.SCHEDULED: frozenset({R.DELIVERED}),
    R.DELIVERED: frozenset(),
    R.DECLINED: frozenset(),
}
OPEN = (R.REQUESTED, R.AGREED, R.SCHEDULED)


class Turn(StrEnum):
    """Who answers next in the talk."""

    PROGRAMME = "programme"
    COMPANY = "company"
    NOBODY = "nobody"


class TrainingRequest(Model):
    """What a company asks for, what was agreed, and what came of it.

    `wished_days` are ISO dates; `content` and what follows it are what was agreed. `attended` and `training_version`
    are as they were when the training was marked as held; they stay when the names of its event are gone. `place` sorts
    by age, and is unique.
    """

    __tablename__ = "training_request"

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    status: Mapped[Short] = mapped_column(default=RequestStatus.REQUESTED, index=True)
    place: Mapped[Line] = mapped_column(unique=True)
    topic: Mapped[Short]
    topic_words: Mapped[Line] = mapped_column(default="")
    wished_days: Mapped[JsonList]
    wished_from: Mapped[date | None]
    wished_until: Mapped[date | None]
    training_language: Mapped[Short]
    headcount: Mapped[int]
    held_as: Mapped[Short]
    site: Mapped[Line] = mapped_column(default="")
    goals: Mapped[str] = mapped_column(Text)
    words_language: Mapped[Short]
    contact_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[Instant]
    asked_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    turn: Mapped[Short] = mapped_column(default=Turn.PROGRAMME)
    turn_since: Mapped[Instant]
    content: Mapped[str] = mapped_column(Text, default="")
    training_id: Mapped[Id | None] = mapped_column(ForeignKey("training.id"))
    starts_at: Mapped[Instant | None]
    ends_at: Mapped[Instant | None]
    agreed_at: Mapped[Instant | None]
    agreed_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    event_id: Mapped[Id | None] = mapped_column(ForeignKey("event.id"), unique=True)
    scheduled_at: Mapped[Instant | None]
    delivered_at: Mapped[Instant | None]
    delivered_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    training_version: Mapped[int | None]
    attended: Mapped[int | None]
    participant_names: Mapped[str] = mapped_column(Text, default="")
    declined_at: Mapped[Instant | None]
    declined_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    declined_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)


class RequestMessage(Model):
    """A question or an answer about a request."""

    __tablename__ = "training_request_message"

    request_id: Mapped[Id] = mapped_column(ForeignKey("training_request.id"), index=True)
    at: Mapped[Instant]
    by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    from_company: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)


class Invitation(Model):
    """Somebody whom the company wants there; `email` is in lower case. The list is the company's to change."""

    __tablename__ = "training_invitation"
    __table_args__ = (UniqueConstraint("request_id", "email"),)

    request_id: Mapped[Id] = mapped_column(ForeignKey("training_request.id"), index=True)
    name: Mapped[Line]
    sort_key: Mapped[Line]
    email: Mapped[Line] = mapped_column(index=True)
    language: Mapped[Short]
    link_token: Mapped[str] = mapped_column(unique=True)  # hash of the token in the invited person's link
    invited_at: Mapped[Instant]
    invited_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
