"""An event as schema.org describes it, for search engines. It holds what the page shows and no join link; a private
event and a draft have none."""

from __future__ import annotations

from typing import Any

from portal.core import clock, languages, outbox
from portal.events import choices
from portal.events.models import Event, EventStatus

SCHEMA = "https://schema.org"
STATUS = {EventStatus.PUBLISHED: "EventScheduled", EventStatus.CANCELLED: "EventCancelled"}


def data(event: Event, is_open: bool) -> dict[str, Any] | None:
    """`is_open`: whether one can sign up now."""
    never_public = event.status == EventStatus.CANCELLED and not event.was_published
    if event.is_private or never_public or event.status not in STATUS:
        return None
    language = languages.current()
    address = outbox.site().url(f"/{language}/events/{event.id}")
    found: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "EducationEvent",
        "@id": address,
        "url": address,
        "name": event.spoken("title", language).text,
        "description": event.spoken("summary", language).text,
        "startDate": clock.local(event.starts_at).isoformat(timespec="minutes"),
        "endDate": clock.local(event.ends_at).isoformat(timespec="minutes"),
        "eventStatus": f"{SCHEMA}/{STATUS[EventStatus(event.status)]}",
        "eventAttendanceMode": f"{SCHEMA}/{mode(event)}EventAttendanceMode",
        "location": places(event, address),
        "inLanguage": choices.codes(event.event_language),
        "isAccessibleForFree": True,
        "organizer": organisers(event),
        "offers": offer(event, address, is_open),
    }
    if speakers := named(event, "speakers", "Person"):
        found["performer"] = speakers
    return found


def mode(event: Event) -> str:
    if not event.place:
        return "Online"
    return "Mixed" if event.join_link else "Offline"


def places(event: Event, address: str) -> list[dict[str, str]]:
    """Online, it takes place at the address of its public page: the join link is for confirmed people."""
    online = {"@type": "VirtualLocation", "url": address}
    at_a_place = {"@type": "Place", "name": event.place, "address": event.place}
    return {"Online": [online], "Offline": [at_a_place], "Mixed": [at_a_place, online]}[mode(event)]


def organisers(event: Event) -> list[dict[str, str]]:
    ours = {"@type": "Organization", "name": "Reilu", "url": outbox.site().url("/")}
    return named(event, "organisers", "Organization") or [ours]


def named(event: Event, part: str, kind: str) -> list[dict[str, str]]:
    """Each line is one."""
    lines = event.spoken(part, languages.current()).text.splitlines()
    return [{"@type": kind, "name": line.strip()} for line in lines if line.strip()]


def offer(event: Event, address: str, is_open: bool) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "url": address,
        "price": 0,
        "priceCurrency": "EUR",
        "availability": f"{SCHEMA}/{'InStock' if is_open else 'SoldOut'}",
        "validFrom": clock.local(event.sign_up_opens_at).isoformat(timespec="minutes"),
    }
