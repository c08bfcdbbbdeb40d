"""What others get of a candidate: frozen values, never rows. `Profile` says nothing of who the person is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID


class Channel(StrEnum):
    """How the candidate may be reached. A call is the rule; a message only where the plan allows it."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    MEETING = "meeting"


@dataclass(frozen=True)
class SafeContact:
    """The safe-contact plan. Outside it the system refuses to send (design: P7).

    `words` is how to introduce oneself; `may_leave_message` whether a voice message may be left. `channel` None: no
    plan was agreed, so nothing may be sent. A message leaves on `days` (0 is Monday) from `opens` until `closes`, and
    says `message_words` where some were agreed.
    """

    channel: Channel | None = None
    hours: str = ""
    language: str = ""
    words: str = ""
    may_leave_message: bool = False
    version: int = 0
    days: frozenset[int] = frozenset()
    opens: time | None = None
    closes: time | None = None
    message_words: str = ""


@dataclass(frozen=True)
class Identity:
    """Who the person is. Only `services.read_identity` gives it, and leaves an audit entry each time."""

    legal_name: str = ""
    chosen_name: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    gender: str = ""
    non_disclosure: bool = False
    safe_contact: SafeContact = field(default_factory=SafeContact)
    version: int = 0

    @property
    def name(self) -> str:
        """What the person wishes to be called."""
        return self.chosen_name or self.legal_name


@dataclass(frozen=True)
class Safety:
    """What comes before every match (design: P4). `blocked_persons` are names, compared forgivingly.

    `blocked_outside` are companies that were not registered here when they were written: each a Business ID
    (1234567-8) or a name, compared forgivingly.
    """

    blocked_companies: frozenset[UUID] = frozenset()
    blocked_groups: frozenset[UUID] = frozenset()
    blocked_persons: tuple[str, ...] = ()
    blocked_outside: tuple[str, ...] = ()
    excluded_sectors: frozenset[str] = frozenset()
    notes: str = ""
    version: int = 0


@dataclass(frozen=True)
class Note:
    """`outcome` is a code of `words.OUTCOMES` when the note is of a call or a meeting."""

    at: datetime
    by_id: UUID
    text: str
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything on the row. Skills carry levels 1–4 (a licence 1), languages CEFR 1–6, hours are a week's.

    `eligible_until` is inclusive; None with `may_work` means that no end is known.
    """

    candidate_id: UUID
    case_number: str
    status: str
    programme_id: UUID
    officer_id: UUID
    officer_since: datetime
    opened_at: datetime
    waiting_since: date
    version: int
    skills: Mapping[str, int]
    languages: Mapping[str, int]
    occupations: tuple[str, ...]
    municipality: str | None
    reach_municipalities: frozenset[str]
    reach_regions: frozenset[str]
    bands: frozenset[str]
    hours_min: int
    hours_max: int
    available_from: date | None
    may_work: bool
    eligible_until: date | None
    read_through_on: date | None

    def may_work_on(self, day: date) -> bool:
        return self.may_work and (self.eligible_until is None or self.eligible_until >= day)


@dataclass(frozen=True)
class ConsentRecord:
    """A consent asked for. `facts` holds exactly what was heard, as ids and codes; `until` is inclusive."""

    id: UUID
    candidate_id: UUID
    kind: str
    subject_id: UUID | None
    answer: str
    how: str
    language: str
    interpreter: bool
    facts: Mapping[str, Any]
    recorded_by_id: UUID
    recorded_at: datetime
    until: date
    withdrawn_at: datetime | None

    @property
    def was_given(self) -> bool:
        return self.answer == "given"

    def covers(self, day: date) -> bool:
        """In force: given, not withdrawn, and not ended on this day."""
        return self.was_given and self.withdrawn_at is None and self.until >= day


def profile_of(row: Any) -> Profile:
    """The frozen value of a candidate's row."""
    return Profile(
        candidate_id=row.id,
        case_number=row.case_number,
        status=str(row.status),
        programme_id=row.programme_id,
        officer_id=row.officer_id,
        officer_since=row.officer_since,
        opened_at=row.opened_at,
        waiting_since=row.waiting_since,
        version=row.version,
        skills=MappingProxyType(dict(row.skills)),
        languages=MappingProxyType(dict(row.languages)),
        occupations=tuple(row.occupations),
        municipality=row.municipality,
        reach_municipalities=frozenset(row.reach_municipalities),
        reach_regions=frozenset(row.reach_regions),
        bands=frozenset(row.bands),
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        available_from=row.available_from,
        may_work=row.may_work,
        eligible_until=row.eligible_until,
        read_through_on=row.read_through_on,
    )


def consent_of(row: Any) -> ConsentRecord:
    """The frozen value of a consent's row."""
    return ConsentRecord(
        row.id, row.candidate_id, str(row.kind), row.subject_id, row.answer, row.how, row.language, row.interpreter,
        MappingProxyType(dict(row.facts)), row.recorded_by_id, row.recorded_at, row.until, row.withdrawn_at,
    )  # fmt: skip
