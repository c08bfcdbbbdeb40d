"""The mails of a sign-up: worded for its person, posted once for each thing that happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from emails import calendar, event_messages
from emails.calendar import Entry
from emails.event_messages import About
from portal.core import clock, languages, outbox, pages, vault
from portal.core.db import db
from portal.events import certificates, rules, sealed, still_true, telling
from portal.events.models import Event, EventStatus, SignUp, SignUpStatus

STILL_COMING = "events.still_coming"
STILL_OFFERED = "events.still_offered"
WAS_THERE = "events.was_there"


@dataclass(frozen=True)
class Told:
    """An event as its people know it, in their language."""

    title: str
    when: str
    place: str

    def where_unlike(self, other: Told) -> Told:
        """This, blank where the other says the same."""
        return Told(
            self.title if self.title != other.title else "",
            self.when if self.when != other.when else "",
            self.place if self.place != other.place else "",
        )


def token_of(sign_up_id: UUID) -> str:
    """The secret in a person's own link: made anew from the id each time, so that it is stored nowhere."""
    return vault.keyed_hash(str(sign_up_id), "sign-up link")[:40]


def door_code(sign_up_id: UUID) -> str:
    """What one says at the door, made anew too. It opens nothing: only those who keep the event can use it."""
    return rules.code_of(int(vault.keyed_hash(str(sign_up_id), "check-in code"), 16))


def about(event: Event, sign_up: SignUp) -> About:
    language = sign_up.language
    with languages.speaking(language):
        when, place = telling.when(event), telling.place(event)
    return About(
        title=event.spoken("title", language).text,
        when=when,
        place=place,
        page=f"/{language}/sign-ups/{token_of(sign_up.id)}",
        door_code=door_code(sign_up.id) if event.place else "",
    )


def calendar_entry(event: Event, language: str) -> Entry:
    """As a calendar keeps it. A private event has no page that a calendar may name."""
    site = outbox.site()
    with languages.speaking(language):
        place = telling.place(event)
    return Entry(
        uid=f"{event.id}@{site.host.split(':')[0]}",
        sequence=event.calendar_sequence,
        title=event.spoken("title", language).text,
        place=place,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        stamp=clock.now(),
        url="" if event.is_private else site.url(f"/{language}/events/{event.id}"),
        organiser=site.contact_email,
        cancelled=event.status == EventStatus.CANCELLED,
    )


def enclosed(event: Event, sign_up: SignUp, method: str) -> tuple[tuple[str, str, str], ...]:
    return (calendar.attachment(calendar_entry(event, sign_up.language), method, sign_up.email),)


def write(name: str, event: Event, sign_up: SignUp, *, once: str, check: Any = None, **values: Any) -> None:
    """Post the message `name` of `event_messages` to the person; to nobody when the address was forgotten."""
    if not sign_up.email:
        return
    make = getattr(event_messages, name)
    message = make(outbox.site(), sign_up.email, sign_up.language, about(event, sign_up), **values)
    outbox.post(message, once=key(name, sign_up, once), check=check or still_true.about(sign_up, name))


def key(name: str, sign_up: SignUp, once: str) -> str:
    """What makes a mail the same as one before."""
    return f"{name}:{sign_up.id}:{once}"


def asked(event: Event, sign_up: SignUp, time: int, by_colleague: bool = False) -> None:
    """The first mail, or a later one with the link the person has already."""
    first = "sign_up_confirm_colleague" if by_colleague else "sign_up_confirm"
    name = first if sign_up.status == SignUpStatus.UNCONFIRMED else "sign_up_known"
    write(name, event, sign_up, once=str(time))


def confirmed(event: Event, sign_up: SignUp) -> None:
    files = enclosed(event, sign_up, calendar.REQUEST)
    write("sign_up_confirmed", event, sign_up, once="", join_link=sealed.link(event), attachments=files)


def waiting(event: Event, sign_up: SignUp) -> None:
    write("sign_up_waiting", event, sign_up, once="")


def offered(event: Event, sign_up: SignUp) -> None:
    with languages.speaking(sign_up.language):
        deadline = pages.show_datetime(sign_up.held_until)
    check = (STILL_OFFERED, {"sign_up": str(sign_up.id)})
    write("seat_offered", event, sign_up, once="", check=check, deadline=deadline)


def ended(name: str, event: Event, sign_up: SignUp, was: SignUpStatus) -> None:
    """`seat_lost`, `sign_up_cancelled` or `event_cancelled`; it leaves the calendar of those who had it there."""
    files = enclosed(event, sign_up, calendar.CANCEL) if was == SignUpStatus.CONFIRMED else ()
    write(name, event, sign_up, once="", attachments=files)


def event_changed(event: Event, sign_up: SignUp, before: Told, new_link: str) -> None:
    """`before` holds what is different now; the new link is for confirmed people alone."""
    in_calendar = sign_up.status == SignUpStatus.CONFIRMED and before != Told("", "", "")
    write(
        "event_changed", event, sign_up, once=str(event.version), title_before=before.title, when_before=before.when,
        place_before=before.place, new_link=new_link,
        attachments=enclosed(event, sign_up, calendar.REQUEST) if in_calendar else (),
    )  # fmt: skip


def reminder(name: str, event: Event, sign_up: SignUp) -> None:
    """`event_tomorrow` or `event_soon`, once for each start the event has had."""
    once = event.starts_at.isoformat()
    check = (STILL_COMING, {"sign_up": str(sign_up.id), "starts_at": once})
    write(name, event, sign_up, once=once, check=check, join_link=sealed.link(event))


def thanks(event: Event, sign_up: SignUp) -> None:
    """Once, to who was there: the feedback form, and where the certificate is."""
    address = certificates.provided().address(sign_up, sign_up.language)
    certificate = outbox.site().url(address) if address else ""
    check = (WAS_THERE, {"sign_up": str(sign_up.id)})
    write("event_thanks", event, sign_up, once="", check=check, certificate=certificate)


# --- asked again when a mail leaves -------------------------------------------


def still_coming(args: dict[str, Any]) -> bool:
    sign_up = db.session.get(SignUp, UUID(args["sign_up"]))
    event = db.session.get(Event, sign_up.event_id) if sign_up else None
    return bool(
        sign_up
        and event
        and sign_up.status == SignUpStatus.CONFIRMED
        and event.status == EventStatus.PUBLISHED
        and event.starts_at.isoformat() == args["starts_at"]
        and clock.now() < event.starts_at
    )


def still_offered(args: dict[str, Any]) -> bool:
    sign_up = db.session.get(SignUp, UUID(args["sign_up"]))
    return bool(sign_up and sign_up.state_at(clock.now()) == SignUpStatus.OFFERED)


def was_there(args: dict[str, Any]) -> bool:
    sign_up = db.session.get(SignUp, UUID(args["sign_up"]))
    return bool(sign_up and sign_up.attended)
