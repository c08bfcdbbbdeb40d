"""Calendar files. The UID stays the same through the life of an event and SEQUENCE says which version is later, so a
calendar follows a move and a cancellation. No personal link and no join link stands inside: calendars are shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Entry:
    """`url` is the public page, if there is one. Instants are aware; `stamp` is now."""

    uid: str
    sequence: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    stamp: datetime
    url: str
    organiser: str
    cancelled: bool = False


def calendar_text(entry: Entry, method: str, attendee: str | None = None) -> str:
    """The .ics text (RFC 5545); REQUEST and CANCEL name the attendee (RFC 5546)."""
    calendar = empty(method)
    event = component(entry, entry.cancelled or method == CANCEL)
    if attendee:
        address = vCalAddress(f"MAILTO:{attendee}")
        address.params["role"] = vText("REQ-PARTICIPANT")
        address.params["partstat"] = vText("ACCEPTED")
        address.params["rsvp"] = vText("FALSE")
        event.add("attendee", address)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def feed_text(entries: Iterable[Entry], name: str, language: str) -> str:
    """A calendar to subscribe to. What was cancelled stays in it and says so, so that calendars follow."""
    calendar = empty(PUBLISH)
    calendar.add("name", name, {"language": language})
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), {"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(component(entry, entry.cancelled))
    return calendar.to_ical().decode()


def empty(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Reilu//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def component(entry: Entry, cancelled: bool) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    if entry.url:
        event.add("url", entry.url)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    organiser = vCalAddress(f"MAILTO:{entry.organiser}")
    organiser.params["cn"] = vText("Reilu")
    event.add("organizer", organiser)
    return event


def attachment(entry: Entry, method: str, attendee: str) -> tuple[str, str, str]:
    """The file as a part of a mail; the MIME method equals the one in the body."""
    return ("event.ics", f"text/calendar; charset=utf-8; method={method}", calendar_text(entry, method, attendee))
