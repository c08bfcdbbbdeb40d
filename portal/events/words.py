"""An event in words for a page: when, where, in which language, and how many seats are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale, dates
from babel.lists import format_list
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from portal.core import clock, languages, pages
from portal.core.errors import N_
from portal.events import choices, rules, seats
from portal.events.models import Event, EventKind, EventStatus, SignUpStatus
from portal.events.sign_up_models import SubscriptionStatus
from portal.events.telling import at, hours, place, weekday, when

__all__ = ["at", "hours", "place", "weekday", "when"]

STATUS = {
    EventStatus.DRAFT: (N_("Draft"), ""),
    EventStatus.PUBLISHED: (N_("Published"), "good"),
    EventStatus.CANCELLED: (N_("Cancelled"), "bad"),
}
SIGN_UP = {
    SignUpStatus.UNCONFIRMED: (N_("Not confirmed"), "wait"),
    SignUpStatus.CONFIRMED: (N_("Confirmed"), "good"),
    SignUpStatus.WAITING: (N_("Waiting list"), "info"),
    SignUpStatus.OFFERED: (N_("Seat offered"), "wait"),
    SignUpStatus.LAPSED: (N_("Offer ended"), ""),
    SignUpStatus.EXPIRED: (N_("Not confirmed in time"), ""),
    SignUpStatus.CANCELLED: (N_("Cancelled"), ""),
}
"""A label and the kind of its tag."""
NEWSLETTER = {
    SubscriptionStatus.ASKED: N_("Asked for"),
    SubscriptionStatus.CONFIRMED: N_("Confirmed"),
    SubscriptionStatus.ENDED: N_("Ended"),
}


def marked(spoken: rules.Spoken) -> Markup:
    """The text, with its language and a visible mark when it is not the reader's."""
    if not spoken.falls_back:
        return escape(spoken.text)
    return Markup('<span lang="{}">{}</span> <span class="soft small">({})</span>').format(
        spoken.language, spoken.text, language_name(spoken.language)
    )


def language_name(code: str) -> str:
    return _(rules.LANGUAGE_NAMES.get(code, code))


def title(event: Event) -> Markup:
    return marked(event.spoken("title", languages.current()))


def plain_title(event: Event) -> str:
    return event.spoken("title", languages.current()).text


def language_of(event: Event) -> str:
    """Finnish, English; suomi, englanti; finska, engelska."""
    return ", ".join(language_label(code) for code in choices.codes(event.event_language))


def language_label(code: str) -> str:
    return Locale.parse(code).get_language_name(languages.current()) or code


def languages_in_brief(event: Event) -> str:
    """in Finnish and in English"""
    named = [language_name(code) for code in choices.codes(event.event_language)]
    return format_list(named, locale=languages.current())


def labels(known: dict[str, str], kept: str) -> str:
    """The codes kept, in words and in the order of the list."""
    return ", ".join(_(label) for code, label in known.items() if code in choices.codes(kept))


def kind_of(event: Event) -> str:
    return _(choices.KINDS[EventKind(event.kind)])


def month_name(day: date) -> str:
    """December 2026"""
    name = str(dates.format_date(day, "LLLL y", locale=languages.current()))
    return name[:1].upper() + name[1:]


def weekdays() -> list[str]:
    """From Monday on."""
    names = Locale.parse(languages.current()).days["stand-alone"]["wide"]
    return [names[number] for number in range(7)]


def short_day(day: date) -> str:
    """Mon 7 Dec, ma 7.12., mån 7 dec."""
    pattern = "EEEEEE d.M." if languages.current() == "fi" else "EEE d MMM"
    return str(dates.format_date(day, pattern, locale=languages.current()))


def sign_up_by(event: Event) -> str:
    """The last day of sign-up; its end closes it."""
    return pages.show_date(event.sign_up_closes_at - datetime.resolution)


@dataclass(frozen=True)
class Room:
    """Whether one can sign up, in words: `open` shows the form."""

    text: str
    kind: str
    open: bool


def room(event: Event, left: int) -> Room:
    now = clock.now()
    if event.status != EventStatus.PUBLISHED or event.ends_at <= now:
        return closed(event)
    if now < event.sign_up_opens_at:
        return Room(_("Sign-up opens on %(day)s", day=pages.show_date(event.sign_up_opens_at)), "info", False)
    if now >= event.sign_up_closes_at:
        return Room(_("Sign-up has closed"), "", False)
    if left <= 0:
        return Room(_("Full, with a waiting list"), "wait", True)
    return Room(ngettext("One seat left", "%(num)d seats left", left), "good", True)


def closed(event: Event) -> Room:
    label, kind = STATUS[EventStatus(event.status)]
    return Room(_("Over"), "", False) if event.status == EventStatus.PUBLISHED else Room(_(label), kind, False)


def tag(label: str, kind: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(f"tag {kind}".strip(), label)


def agenda(events: list[Event]) -> list[dict[str, object]]:
    """Events as lines of an agenda, with their seats; one statement for all."""
    left = seats.left(events)
    return [line(event, room(event, left[event.id])) for event in events]


def line(event: Event, space: Room) -> dict[str, object]:
    starts = clock.local(event.starts_at)
    is_near = event.ends_at > clock.now() and starts.year == clock.today().year
    in_brief = (kind_of(event), f"{weekday(event.starts_at)} {hours(event)}", place(event), languages_in_brief(event))
    return {
        "datetime": starts.date().isoformat(),
        "day": starts.day,
        "month": dates.format_date(starts.date(), "LLLL" if is_near else "LLLL y", locale=languages.current()),
        "title": title(event),
        "href": url_for("events.show", event_id=event.id),
        "text": ", ".join(in_brief),
        "end": tag(_("Only for your company"), "info") if event.is_private else tag(space.text, space.kind),
    }
