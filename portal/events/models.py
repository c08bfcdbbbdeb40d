"""Events and their sign-ups. An attendee needs no account."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Line, Model, Short
from portal.events import rules


class EventKind(StrEnum):
    WEBINAR = "webinar"
    THEME_SEMINAR = "theme_seminar"
    CLOSING_SEMINAR = "closing_seminar"
    NATIONAL_TRAINING = "national_training"
    TAILORED_TRAINING = "tailored_training"
    INFO_SESSION = "info_session"


class EventStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


EVENT_NEXT: dict[EventStatus, frozenset[EventStatus]] = {
    EventStatus.DRAFT: frozenset({EventStatus.PUBLISHED, EventStatus.CANCELLED}),
    EventStatus.PUBLISHED: frozenset({EventStatus.CANCELLED}),
    EventStatus.CANCELLED: frozenset(),
}


class Event(Model):
    """`taken` counts the seats confirmed, held and offered; `seats` alone moves it. The join link is sealed.

    `calendar_sequence` goes up when time, place or title change, so that calendars follow.
    """

    kind: Mapped[Short]
    status: Mapped[Short] = mapped_column(default=EventStatus.DRAFT)
    training_id: Mapped[Id | None] = mapped_column(ForeignKey("training.id"), index=True)
    company_id: Mapped[Id | None] = mapped_column(ForeignKey("company.id"))
    title_fi: Mapped[Line]
    title_sv: Mapped[Line] = mapped_column(default="")
    title_en: Mapped[Line] = mapped_column(default="")
    summary_fi: Mapped[str] = mapped_column(Text, default="")
    summary_sv: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    programme_fi: Mapped[str] = mapped_column(Text, default="")
    programme_sv: Mapped[str] = mapped_column(Text, default="")
    programme_en: Mapped[str] = mapped_column(Text, default="")
    speakers: Mapped[Line] = mapped_column(default="")
    event_language: Mapped[Short] = mapped_column(default="fi")
    accessibility: Mapped[Line] = mapped_column(default="")
    place: Mapped[Line] = mapped_column(default="")
    join_link: Mapped[bytes | None] = mapped_column(LargeBinary)
    starts_at: Mapped[Instant] = mapped_column(index=True)
    ends_at: Mapped[Instant]
    sign_up_opens_at: Mapped[Instant]
    sign_up_closes_at: Mapped[Instant]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    names_gone_on: Mapped[date | None]  # the day on which the names of its attendees were forgotten
    version: Mapped[int] = mapped_column(default=1)

    def spoken(self, part: str, language: str) -> rules.Spoken:
        """`title`, `summary` or `programme` in this language, or in the one it falls back to."""
        return rules.in_language({code: getattr(self, f"{part}_{code}") for code in rules.LANGUAGES}, language)


class SignUpStatus(StrEnum):
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


U = SignUpStatus
SIGN_UP_NEXT: dict[SignUpStatus, frozenset[SignUpStatus]] = {
    U.UNCONFIRMED: frozenset({U.CONFIRMED, U.WAITING, U.EXPIRED, U.CANCELLED}),
    U.WAITING: frozenset({U.OFFERED, U.CANCELLED}),
    U.OFFERED: frozenset({U.CONFIRMED, U.LAPSED, U.CANCELLED}),
    U.CONFIRMED: frozenset({U.CANCELLED}),
    U.LAPSED: frozenset(),
    U.EXPIRED: frozenset(),
    U.CANCELLED: frozenset(),
}
LIVE = tuple(status for status, following in SIGN_UP_NEXT.items() if following)


class SignUp(Model):
    """`needs` (access, diet) is sealed, seen by few and deleted a week after. `attended` is None until marked.

    `checked_in_at` is the arrival at the door; it decides nothing by itself. `late`: added by those who keep the event.
    `minutes` come from an attendance file. `answered` says that the feedback form was used, and not when.
    """

    __tablename__ = "sign_up"
    __table_args__ = (UniqueConstraint("event_id", "live_email"),)

    event_id: Mapped[Id] = mapped_column(ForeignKey("event.id"), index=True)
    status: Mapped[Short] = mapped_column(default=SignUpStatus.UNCONFIRMED)
    name: Mapped[Line]
    sort_key: Mapped[Line]
    email: Mapped[Line]
    live_email: Mapped[str | None]  # the address while the sign-up is live, so that it is live only once an event
    organisation: Mapped[Line] = mapped_column(default="")
    business_id: Mapped[Short] = mapped_column(default="")
    attendee_role: Mapped[Short] = mapped_column(default="")
    language: Mapped[Short] = mapped_column(default="fi")
    needs: Mapped[bytes | None] = mapped_column(LargeBinary)
    newsletter: Mapped[bool] = mapped_column(default=False)
    holds_seat: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[Instant]
    held_until: Mapped[Instant | None]
    confirmed_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    attended: Mapped[bool | None]
    checked_in_at: Mapped[Instant | None]
    late: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    answered: Mapped[bool] = mapped_column(default=False)
    thanked: Mapped[bool] = mapped_column(default=False)
    own_page_token: Mapped[str] = mapped_column(unique=True)  # hash of the token in the attendee's own link

    def state_at(self, now: datetime) -> SignUpStatus:
        """The status by the clock, right also while nobody has moved the row yet."""
        if self.held_until is not None and self.held_until <= now:
            return {U.UNCONFIRMED: U.EXPIRED, U.OFFERED: U.LAPSED}.get(SignUpStatus(self.status), U(self.status))
        return SignUpStatus(self.status)


class PublicAttempt(Model):
    """Something a visitor tried, as a keyed hash of who and what; kept 24 hours, so that nobody is flooded."""

    __tablename__ = "public_attempt"

    key: Mapped[str] = mapped_column(index=True)
    at: Mapped[Instant] = mapped_column(index=True)
