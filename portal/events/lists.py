"""What is on, by filters that stand in the address, as a list, by month, and as a feed."""

from __future__ import annotations

import calendar
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select

from portal.core import clock
from portal.core.access import Permission, Viewer, allows
from portal.core.db import db
from portal.core.errors import NotFound
from portal.events import choices
from portal.events.models import Event, EventKind, EventStatus

FEED_BACK, FEED_MOST, MONTH_MOST = timedelta(days=90), 500, 300
SERIES_MOST = 12
PUBLIC_KINDS = {kind: label for kind, label in choices.KINDS.items() if kind != EventKind.TAILORED_TRAINING}


@dataclass(frozen=True)
class Filters:
    """Codes that are known, or ''."""

    kind: str = ""
    language: str = ""
    where: str = ""
    audience: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Filters:
        """What the address asks; a code that is not known filters nothing."""
        known: dict[str, Container[str]] = {
            "kind": PUBLIC_KINDS, "language": choices.SPOKEN, "where": choices.WHERE, "audience": choices.AUDIENCES
        }  # fmt: skip
        return cls(**{name: asked[name] for name, codes in known.items() if asked.get(name) in codes})

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    def narrow(self, query: Select[Event]) -> Select[Event]:
        if self.kind:
            query = query.where(Event.kind == self.kind)
        if self.language:
            query = query.where(holds(Event.event_language, self.language))
        if self.where == choices.ONLINE:
            query = query.where(or_(Event.place == "", Event.join_link.is_not(None)))
        if self.where == choices.AT_A_PLACE:
            query = query.where(Event.place != "")
        if self.audience:  # an event that names nobody is for everybody
            query = query.where(or_(Event.audience == "", holds(Event.audience, self.audience)))
        return query


def holds(column: object, code: str) -> ColumnElement[bool]:
    """Whether the codes kept in the column have this one among them."""
    return (literal(" ") + column + literal(" ")).contains(f" {code} ", autoescape=True)


def listed(viewer: Viewer | None) -> Select[Event]:
    """Published events; a private one stands in the list of its company's members alone."""
    company_id = viewer.company_id if viewer is not None else None
    own = Event.company_id == company_id if company_id is not None else literal(False)
    return select(Event).where(Event.status == EventStatus.PUBLISHED, or_(Event.company_id.is_(None), own))


def coming(viewer: Viewer | None, filters: Filters) -> Select[Event]:
    return filters.narrow(listed(viewer)).where(Event.ends_at > clock.now())


def over(viewer: Viewer | None, filters: Filters) -> Select[Event]:
    return filters.narrow(listed(viewer)).where(Event.ends_at <= clock.now())


def feed(filters: Filters) -> list[Event]:
    """Public events from the last months on. What was published and then cancelled stays, so that calendars follow."""
    cancelled = and_(Event.status == EventStatus.CANCELLED, Event.was_published)
    query = filters.narrow(select(Event)).where(or_(Event.status == EventStatus.PUBLISHED, cancelled))
    query = query.where(Event.company_id.is_(None), Event.ends_at > clock.now() - FEED_BACK)
    return list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(FEED_MOST)))


def same_series(event: Event, viewer: Viewer | None) -> list[Event]:
    """The other dates of its series that this person may see, the latest first; drafts for those who keep events."""
    if event.series_id is None:
        return []
    keeps = viewer is not None and allows(viewer, Permission.EVENT_MANAGE)
    query = select(Event).where(Event.status != EventStatus.CANCELLED) if keeps else listed(viewer)
    query = query.where(Event.series_id == event.series_id, Event.id != event.id)
    return list(db.session.scalars(query.order_by(Event.starts_at.desc(), Event.id).limit(SERIES_MOST)))


# --- a month -----------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    date: date
    is_in_month: bool
    is_today: bool
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Month:
    """Weeks from Monday on; `number` is the week of the year (ISO 8601)."""

    first: date
    weeks: tuple[tuple[int, tuple[Day, ...]], ...]
    has_events: bool

    @property
    def this(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=31):%Y-%m}"


def read_month(text: str) -> date:
    """The first day of `2026-12`; of this month where nothing is asked. Raises `NotFound`."""
    if not text:
        return clock.today().replace(day=1)
    try:
        first = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        raise NotFound from None
    if not 2000 <= first.year <= 2100:
        raise NotFound
    return first


def month(first: date, viewer: Viewer | None, filters: Filters) -> Month:
    """Each day with what goes on that day, past or to come; one statement."""
    begins = clock.at(first, time(0))
    ends = clock.at((first + timedelta(days=31)).replace(day=1), time(0))
    query = filters.narrow(listed(viewer)).where(Event.starts_at < ends, Event.ends_at > begins)
    found = list(db.session.scalars(query.order_by(Event.starts_at, Event.id).limit(MONTH_MOST)))
    today = clock.today()

    def day_of(day: date) -> Day:
        inside = day.month == first.month
        return Day(day, inside, day == today, tuple(each for each in found if inside and goes_on(each, day)))

    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first, tuple((week[0].isocalendar().week, tuple(map(day_of, week))) for week in weeks), has_events=bool(found)
    )


def goes_on(event: Event, day: date) -> bool:
    return clock.local_date(event.starts_at) <= day <= clock.local_date(event.ends_at - datetime.resolution)
