"""The names of attendees go some months after their event; how many came stays.

With the names go what waits in the mail queue, lists that left as files, attendance files that were read, and what was
written freely in the feedback. A completion keeps its names as long as it carries a right (trainings see to that).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import ngettext
from sqlalchemy import ColumnElement, String, and_, cast, delete, func, literal, or_, select, update

from portal.core import clock, exports, outbox, pages, retention, settings, sweep
from portal.core.db import db
from portal.core.errors import N_
from portal.events import words
from portal.events.feedback import BEST, BETTER
from portal.events.feedback_models import FeedbackAnswer
from portal.events.import_models import AttendanceImport, ImportedRow
from portal.events.models import Event, EventKind, SignUp

MONTH = timedelta(days=365.25 / 12)
LONG = (EventKind.NATIONAL_TRAINING, EventKind.TAILORED_TRAINING)
LABELS = {
    EventKind.WEBINAR: N_("Months that names are kept after a webinar"),
    EventKind.THEME_SEMINAR: N_("Months that names are kept after a theme seminar"),
    EventKind.CLOSING_SEMINAR: N_("Months that names are kept after a closing seminar"),
    EventKind.NATIONAL_TRAINING: N_("Months that names are kept after a national training"),
    EventKind.TAILORED_TRAINING: N_("Months that names are kept after a tailored training"),
    EventKind.INFO_SESSION: N_("Months that names are kept after an info session"),
}
MONTHS = {
    kind: settings.declare(f"events.{kind}_names_months", 24 if kind in LONG else 12, label, most=120)
    for kind, label in LABELS.items()
}
IMPORTS = settings.declare("events.imports_days", 30, N_("Days that a read attendance file is kept"), most=365)


def kept() -> str:
    """The shortest and the longest of the settings in words."""
    found = sorted({settings.number(key) for key in MONTHS.values()})
    if len(found) == 1:
        return retention.months(found[0])
    return f"{found[0]}–{retention.months(found[-1])}"


def is_due() -> ColumnElement[bool]:
    """The event has been over for the months of its kind. Twelve months are a year; a month is a twelfth of it."""
    now = clock.now()
    by_kind = [
        and_(Event.kind == kind, Event.ends_at < now - settings.number(key) * MONTH) for kind, key in MONTHS.items()
    ]
    return or_(*by_kind)


def due_events() -> list[Event]:
    """Those whose names go now, the oldest first."""
    named = select(SignUp.event_id).where(SignUp.name != "")
    query = select(Event).where(is_due(), or_(Event.names_gone_on.is_(None), Event.id.in_(named)))
    return list(db.session.scalars(query.order_by(Event.ends_at)))


def forget_names() -> int:
    """How many names went, or would go."""
    return sum(forget(event) for event in due_events())


def forget(event: Event) -> int:
    ids = set(db.session.scalars(select(SignUp.id).where(SignUp.event_id == event.id)))
    outbox.forget_about(ids)
    exports.forget_about(event.id)
    forget_imports_of(event)
    written = FeedbackAnswer.question.in_([BEST.code, BETTER.code])
    sweep.count(delete(FeedbackAnswer).where(FeedbackAnswer.event_id == event.id, written))
    gone = blanked(event)
    if not sweep.is_dry():
        event.names_gone_on = clock.today()
    return gone


def blanked(event: Event) -> int:
    """A row stays for each person, so that the numbers stay: its state and whether it attended, and nothing else."""
    nobody = update(SignUp).where(SignUp.event_id == event.id, SignUp.name != "")
    return sweep.count(
        nobody.values(
            name="", sort_key="", email="", live_email=None, organisation="", business_id="", needs=None,
            diet=None, newsletter=False, checked_in_at=None, minutes=None, asked_at=event.starts_at, ended_at=None,
            confirmed_at=None, own_page_token=literal("gone ") + cast(SignUp.id, String),
        ).execution_options(synchronize_session=False)
    )  # fmt: skip


def forget_imports_of(event: Event) -> int:
    return forget_those(AttendanceImport.event_id == event.id)


def forget_imports() -> int:
    """Attendance files that were read a while ago; what they said of attendance stays with the sign-ups."""
    return forget_those(AttendanceImport.read_at < clock.now() - timedelta(days=settings.number(IMPORTS)))


def forget_those(which: ColumnElement[bool]) -> int:
    old = select(AttendanceImport.id).where(which)
    rows = sweep.count(delete(ImportedRow).where(ImportedRow.import_id.in_(old)))
    sweep.count(delete(AttendanceImport).where(which))
    return rows


def named() -> Iterator[str]:
    """The events whose names go at the next run, in words."""
    for event in due_events():
        count = db.session.scalar(select(func.count()).where(SignUp.event_id == event.id, SignUp.name != ""))
        people = ngettext("one person", "%(num)d people", count or 0)
        yield f"{words.plain_title(event)}, {pages.show_date(event.starts_at)}: {people}"
