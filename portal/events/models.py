"""Events and their sign-ups. An attendee needs no account."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
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

    `calendar_sequence` goes up when time, place or title change, so that calendars follow. With a company the event is
    private: its members and those who keep events see it, nobody else. Events with one `series_id` name each other.
    `event_language`, `interpretation`, `audience` and `access` hold codes of `choices` with blanks between them.
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
    speakers_fi: Mapped[str] = mapped_column(Text, default="")
    speakers_sv: Mapped[str] = mapped_column(Text, default="")
    speakers_en: Mapped[str] = mapped_column(Text, default="")
    organisers_fi: Mapped[str] = mapped_column(Text, default="")
    organisers_sv: Mapped[str] = mapped_column(Text, default="")
    organisers_en: Mapped[str] = mapped_column(Text, default="")
    partners_fi: Mapped[str] = mapped_column(Text, default="")
    partners_sv: Mapped[str] = mapped_column(Text, default="")
    partners_en: Mapped[str] = mapped_column(Text, default="")
    accessibility_fi: Mapped[str] = mapped_column(Text, default="")
    accessibility_sv: Mapped[str] = mapped_column(Text, default="")
    accessibility_en: Mapped[str] = mapped_column(Text, default="")
    event_language: Mapped[Short] = mapped_column(default="fi")
    interpretation: Mapped[Line] = mapped_column(default="")
    audience: Mapped[Line] = mapped_column(default="")
    access: Mapped[Line] = mapped_column(default="")
    contact_name: Mapped[Line] = mapped_column(default="")
    contact_email: Mapped[Line] = mapped_column(default="")
    contact_phone: Mapped[Short] = mapped_column(default="")
    series_id: Mapped[Id | None] = mapped_column(index=True)
    place: Mapped[Line] = mapped_column(default="")
    join_link: Mapped[bytes | None] = mapped_column(LargeBinary)
    starts_at: Mapped[Instant] = mapped_column(index=True)
    ends_at: Mapped[Instant]
    sign_up_opens_at: Mapped[Instant]
    sign_up_closes_at: Mapped[Instant]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    was_published: Mapped[bool] = mapped_column(default=False)  # then a feed says that it is cancelled
    names_gone_on: Mapped[date | None]  # the day on which the names of its attendees were forgotten
    version: Mapped[int] = mapped_column(default=1)

    def spoken(self, part: str, language: str) -> rules.Spoken:
        """One of `rules.PARTS` in this language, or in the one it falls back to."""
        return rules.in_language({code: getattr(self, f"{part}_{code}") or "" for code in rules.LANGUAGES}, language)

    @property
    def is_private(self) -> bool:
        return self.company_id is not None


class Material(Model):
    """A recording or a material: a sealed link, or a sealed file of the subject `event_material`."""

    __tablename__ = "event_material"

    event_id: Mapped[Id] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[Short]
    open_to: Mapped[Short]
    title_fi: Mapped[Line]
    title_sv: Mapped[Line] = mapped_column(default="")
    title_en: Mapped[Line] = mapped_column(default="")
    link: Mapped[bytes | None] = mapped_column(LargeBinary)
    added_at: Mapped[Instant]
    version: Mapped[int] = mapped_column(default=1)

    def title(self, language: str) -> rules.Spoken:
        return rules.in_language({code: getattr(self, f"title_{code}") or "" for code in rules.LANGUAGES}, language)


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
    """`needs` (access) and `diet` are sealed, seen by few and deleted a week after. `attended` is None until marked.

    `checked_in_at` is the arrival at the door; it decides nothing by itself. `late`: added by those who keep the event.
    `minutes` come from an attendance file. `answered` says that the feedback form was used, and not when.
    """

    __tablename__ = "sign_up"
    __table_args__ = (UniqueConstraint("event_id", "live_email"), Index(None, "event_id", "status", "attended"))

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
    diet: Mapped[bytes | None] = mapped_column(LargeBinary)
    newsletter: Mapped[bool] = mapped_column(default=False)
    holds_seat: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[Instant]
    held_until: Mapped[Instant | None] = mapped_column(index=True)
    confirmed_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    attended: Mapped[bool | None]
    checked_in_at: Mapped[Instant | None]
    late: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    answered: Mapped[bool] = mapped_column(default=False)
    thanked: Mapped[bool] = mapped_column(default=False)
    own_page_token: Mapped[str] = mapped_column(unique=True)  # hash of the token in the attendee's own link
    version: Mapped[int] = mapped_column(default=1)  # of what the person told us; the state has its own rules

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
