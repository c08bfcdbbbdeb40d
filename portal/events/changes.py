"""What people were told of an event and what holds now: whoever sees a difference in their own language is told it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from portal.core import languages
from portal.core.db import db
from portal.events import letters, rules, sealed, telling
from portal.events.letters import Told
from portal.events.models import Event, EventStatus, SignUp, SignUpStatus


@dataclass(frozen=True)
class Before:
    """Title, time and place as they were, by language, and the join link."""

    told: Mapping[str, Told]
    link: str


def told(event: Event) -> dict[str, Told]:
    found = {}
    for language in rules.LANGUAGES:
        with languages.speaking(language):
            found[language] = Told(event.spoken("title", language).text, telling.when(event), telling.place(event))
    return found


def before(event: Event) -> Before:
    return Before(told(event), sealed.link(event))


def note(event: Event, was: Before) -> None:
    """Count the change for calendars, which follow the higher SEQUENCE only."""
    if event.status == EventStatus.PUBLISHED and told(event) != was.told:
        event.calendar_sequence += 1


def tell(event: Event, was: Before) -> int:
    """Write to everyone for whom something changed; a new join link is for those who have a seat alone. How many."""
    if event.status != EventStatus.PUBLISHED:
        return 0
    now, link = told(event), sealed.link(event)
    count = 0
    for sign_up in to_tell(event):
        old, new = was.told[sign_up.language], now[sign_up.language]
        new_link = link if sign_up.status == SignUpStatus.CONFIRMED and link != was.link else ""
        if old != new or new_link:
            letters.event_changed(event, sign_up, old.where_unlike(new), new_link)
            count += 1
    return count


def to_tell(event: Event) -> list[SignUp]:
    """Those whose address is confirmed and who still come, wait, or are offered a seat."""
    statuses = (SignUpStatus.CONFIRMED, SignUpStatus.WAITING, SignUpStatus.OFFERED)
    return list(db.session.scalars(select(SignUp).where(SignUp.event_id == event.id, SignUp.status.in_(statuses))))
