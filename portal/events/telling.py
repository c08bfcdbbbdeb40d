"""When and where an event is, in words of the language that is spoken."""

from __future__ import annotations

from datetime import datetime

from babel import dates
from flask_babel import gettext as _

from portal.core import clock, languages, pages
from portal.events.models import Event


def weekday(instant: datetime) -> str:
    return str(dates.format_date(clock.local_date(instant), "EEEE", locale=languages.current()))


def when(event: Event) -> str:
    """Thursday 3 December 2026, 9.00–10.30"""
    day = f"{weekday(event.starts_at)} {pages.show_date(event.starts_at)}"
    if clock.local_date(event.starts_at) == clock.local_date(event.ends_at):
        return f"{day}, {hours(event)}"
    return f"{day}, {at(event.starts_at)} – {pages.show_datetime(event.ends_at)}"


def at(instant: datetime) -> str:
    return {"fi": "klo\u00a0", "sv": "kl.\u00a0"}.get(languages.current(), "") + pages.show_time(instant)


def hours(event: Event) -> str:
    """9.00–10.30, klo 9.00–10.30, kl. 9.00–10.30: on one line."""
    return f"{at(event.starts_at)}–\u2060{pages.show_time(event.ends_at)}"


def place(event: Event) -> str:
    """A place, online, or both at once."""
    if not event.place:
        return str(_("Online"))
    return str(_("%(place)s, and online", place=event.place)) if event.join_link else event.place
