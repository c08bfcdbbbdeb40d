"""A small calendar client: takes in .ics files as RFC 5546 says (2.1.4, 2.1.5, 3.2), read by a parser that is not the
one that wrote them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import vobject


@dataclass(frozen=True)
class Kept:
    sequence: int
    stamp: datetime
    organiser: str
    status: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass
class CalendarClient:
    """One person's calendar; `address` is theirs."""

    address: str
    entries: dict[str, Kept] = field(default_factory=dict)

    def take(self, text: str) -> None:
        calendar = vobject.readOne(text)
        method = str(calendar.method.value)
        for event in calendar.vevent_list:
            uid, new, old = str(event.uid.value), kept(event), self.entries.get(str(event.uid.value))
            if method != "PUBLISH" and self.address not in attendees(event):
                continue  # an invitation of somebody else
            if old is None and method == "CANCEL":
                continue  # there is nothing to cancel
            if old is not None and (old.organiser != new.organiser or older(new, old)):
                continue  # somebody else's, or late mail
            self.entries[uid] = new

    @property
    def live(self) -> list[Kept]:
        return [entry for entry in self.entries.values() if entry.status != "CANCELLED"]


def older(new: Kept, old: Kept) -> bool:
    """The higher SEQUENCE is the later one; of the same, the later DTSTAMP."""
    return (new.sequence, new.stamp) < (old.sequence, old.stamp)


def kept(event: Any) -> Kept:
    return Kept(
        sequence=int(event.sequence.value),
        stamp=event.dtstamp.value,
        organiser=mailbox(event.organizer.value),
        status=str(event.status.value),
        title=str(event.summary.value),
        place=str(event.location.value),
        starts_at=event.dtstart.value,
        ends_at=event.dtend.value,
    )


def attendees(event: Any) -> set[str]:
    return {mailbox(line.value) for line in event.contents.get("attendee", [])}


def mailbox(address: str) -> str:
    return address.lower().removeprefix("mailto:")
