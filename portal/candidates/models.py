"""Candidates. Who a person is never stands here: identity, safety and notes are sealed in the vault.

Only this package imports this module; everyone else gets `Profile`, `Safety` and `Identity` values from services.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Json, JsonList, Line, Model, Short


class CandidateStatus(StrEnum):
    INTAKE = "intake"
    ACTIVE = "active"
    PAUSED = "paused"
    PLACED = "placed"
    CLOSED = "closed"
    ERASED = "erased"


C = CandidateStatus
NEXT: dict[CandidateStatus, frozenset[CandidateStatus]] = {
    C.INTAKE: frozenset({C.ACTIVE, C.CLOSED}),
    C.ACTIVE: frozenset({C.PAUSED, C.PLACED, C.CLOSED}),
    C.PAUSED: frozenset({C.ACTIVE, C.CLOSED}),
    C.PLACED: frozenset({C.ACTIVE, C.CLOSED}),
    C.CLOSED: frozenset({C.ERASED}),
    C.ERASED: frozenset(),
}


class Candidate(Model):
    """`case_number` is random (R5-TK): it says nothing of when or who."""

    case_number: Mapped[Short] = mapped_column(unique=True)
    programme_id: Mapped[Id] = mapped_column(ForeignKey("programme.id"))
    officer_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    status: Mapped[Short] = mapped_column(default=CandidateStatus.INTAKE, index=True)
    officer_since: Mapped[Instant]
    opened_at: Mapped[Instant]
    waiting_since: Mapped[date]
    closed_at: Mapped[Instant | None]
    close_reason: Mapped[Short] = mapped_column(default="")
    erasure_asked_on: Mapped[date | None]
    call_on: Mapped[date | None]  # the next call, which comes back as a task
    version: Mapped[int] = mapped_column(default=1)

    # the profile: dictionary values only
    skills: Mapped[Json] = mapped_column(default=dict)  # {skill code: level 1–4}; licences have level 1
    languages: Mapped[Json] = mapped_column(default=dict)  # {ISO 639 code: CEFR 1–6}
    occupations: Mapped[JsonList] = mapped_column(default=list)  # wished, best first
    municipality: Mapped[Short | None]
    reach_municipalities: Mapped[JsonList] = mapped_column(default=list)
    reach_regions: Mapped[JsonList] = mapped_column(default=list)
    bands: Mapped[JsonList] = mapped_column(default=list)
    hours_min: Mapped[int] = mapped_column(default=0)  # a week
    hours_max: Mapped[int] = mapped_column(default=40)
    available_from: Mapped[date | None]
    may_work: Mapped[bool] = mapped_column(default=False)
    eligible_until: Mapped[date | None]  # inclusive; None with may_work: no end known
    read_through_on: Mapped[date | None]


class ConsentKind(StrEnum):
    MATCHING = "matching"
    CARD = "card"
    RELEASE = "release"
    STATISTICS = "statistics"


class Consent(Model):
    """A safeguard that lifts secrecy. `subject_id` is the introduction for card and release consents.

    `answer` is given or refused; `facts` holds what exactly was heard (recipients, card digest, fields), as ids and
    codes. In force: given, not withdrawn, `until` today or later.
    """

    candidate_id: Mapped[Id] = mapped_column(ForeignKey("candidate.id"), index=True)
    kind: Mapped[Short]
    subject_id: Mapped[Id | None] = mapped_column(index=True)
    answer: Mapped[Short]
    how: Mapped[Short]  # spoken, paper
    language: Mapped[Short]
    interpreter: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[Json] = mapped_column(default=dict)
    recorded_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[Instant]
    until: Mapped[date]
    withdrawn_at: Mapped[Instant | None]
    withdrawn_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))


class Deputy(Model):
    """From `starts_on` to `ends_on` (inclusive) the deputy keeps the officer's caseload and breaks no glass."""

    officer_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    deputy_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class GlassBreak(Model):
    """An officer opened a file outside their caseload: case number, reason, and an administrator was told."""

    __tablename__ = "glass_break"

    candidate_id: Mapped[Id] = mapped_column(ForeignKey("candidate.id"), index=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)  # sealed for the candidate
    broken_at: Mapped[Instant]
    until: Mapped[Instant]


class IdentityShown(Model):
    """The officer asked to see name and contact; they hide again at `until`."""

    __tablename__ = "identity_shown"
    __table_args__ = (UniqueConstraint("candidate_id", "account_id"),)

    candidate_id: Mapped[Id] = mapped_column(ForeignKey("candidate.id"), index=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[Line]
    until: Mapped[Instant]


class ContactMessage(Model):
    """A fixed text sent by the safe-contact plan. Address and words stand sealed in the outbox alone.

    `text` is a code of `words.TEXTS`, `why_not` one of `words.NOT_SENT` when the plan no longer allowed it at sending.
    One that did not leave waits as a task until `handled_at`.
    """

    __tablename__ = "contact_message"

    candidate_id: Mapped[Id] = mapped_column(ForeignKey("candidate.id"), index=True)
    outbox_id: Mapped[Id]
    text: Mapped[Short]
    posted_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    posted_at: Mapped[Instant]
    due_at: Mapped[Instant]
    why_not: Mapped[Short] = mapped_column(default="")
    handled_at: Mapped[Instant | None]


class Erasure(Model):
    """The proof that a file was erased, or the reasoned refusal. Holds no identity."""

    case_number: Mapped[Short]
    asked_on: Mapped[date]
    answer: Mapped[Short]  # erased, refused
    reasons: Mapped[str] = mapped_column(Text, default="")  # sealed for the candidate
    refused_until: Mapped[date | None]
    counts: Mapped[Json] = mapped_column(default=dict)
    done_at: Mapped[Instant]
    done_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
