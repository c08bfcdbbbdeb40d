"""An event in words for a page: when, where, in which language, and how many seats are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from babel import Locale, dates
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from portal.core import clock, languages, pages
from portal.core.errors import N_
from portal.events import certificates, rules, seats
from portal.events.models import Event, EventStatus, SignUpStatus
from portal.events.sign_up_models import SubscriptionStatus

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
    return event.place or _("Online")


def language_of(event: Event) -> str:
    """Finnish, suomi, finska."""
    return Locale.parse(event.event_language).get_language_name(languages.current()) or event.event_language


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
    facts_in_brief = (f"{weekday(event.starts_at)} {hours(event)}", place(event), language_name(event.event_language))
    return {
        "datetime": starts.date().isoformat(),
        "day": starts.day,
        "month": dates.format_date(starts.date(), "LLLL" if is_near else "LLLL y", locale=languages.current()),
        "title": title(event),
        "href": url_for("events.show", event_id=event.id),
        "text": ", ".join(facts_in_brief),
        "end": tag(space.text, space.kind),
    }


def facts(event: Event) -> list[tuple[str, str]]:
    """The event in brief."""
    found = [(_("Language"), language_of(event)), (_("Place"), place(event)), (_("Price"), _("Free of charge"))]
    if event.training_id and (promise := certificates.provided().promise(event.training_id)):
        found.append((_("Certificate"), promise))
    if event.speakers:
        found.append((_("Speakers"), event.speakers))
    if event.accessibility:
        found.append((_("Accessibility"), event.accessibility))
    return found
