"""Messages to people who signed up to an event. They may name the event (design: P7); the first holds no word that
was typed into the form, so that nobody can write to a stranger through it."""

from __future__ import annotations

from dataclasses import dataclass

from emails.message import Message, render
from emails.messages import Site

Attachments = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class About:
    """An event in the reader's language. `page` is the reader's own page, a secret address.

    `door_code` is what one says at the door, '' where there is none.
    """

    title: str
    when: str
    place: str
    page: str
    door_code: str = ""


def event_message(
    name: str, site: Site, to: str, language: str, about: About, *, attachments: Attachments = (), **values: str
) -> Message:
    """One of the messages named below; `values` are what its template asks beyond the event."""
    return render(
        name, to, language, attachments,
        title=about.title, when=about.when, place=about.place, page=site.url(about.page), door_code=about.door_code,
        **values, **site.values,
    )  # fmt: skip


def sign_up_confirm(site: Site, to: str, language: str, about: About) -> Message:
    return event_message("sign_up_confirm", site, to, language, about)


def sign_up_known(site: Site, to: str, language: str, about: About) -> Message:
    """The same address again: the link it has already."""
    return event_message("sign_up_known", site, to, language, about)


def sign_up_confirmed(
    site: Site, to: str, language: str, about: About, *, join_link: str, attachments: Attachments
) -> Message:
    return event_message("sign_up_confirmed", site, to, language, about, attachments=attachments, join_link=join_link)


def sign_up_waiting(site: Site, to: str, language: str, about: About) -> Message:
    return event_message("sign_up_waiting", site, to, language, about)


def seat_offered(site: Site, to: str, language: str, about: About, *, deadline: str) -> Message:
    return event_message("seat_offered", site, to, language, about, deadline=deadline)


def seat_lost(site: Site, to: str, language: str, about: About, *, attachments: Attachments) -> Message:
    """The event got fewer seats."""
    return event_message("seat_lost", site, to, language, about, attachments=attachments)


def sign_up_cancelled(site: Site, to: str, language: str, about: About, *, attachments: Attachments) -> Message:
    return event_message("sign_up_cancelled", site, to, language, about, attachments=attachments)


def event_changed(
    site: Site, to: str, language: str, about: About, *, before: str, attachments: Attachments
) -> Message:
    """`before` is the time it was at."""
    attached = "yes" if attachments else ""
    return event_message(
        "event_changed", site, to, language, about, attachments=attachments, before=before, attached=attached
    )


def event_cancelled(site: Site, to: str, language: str, about: About, *, attachments: Attachments) -> Message:
    return event_message("event_cancelled", site, to, language, about, attachments=attachments)


def event_tomorrow(site: Site, to: str, language: str, about: About, *, join_link: str) -> Message:
    return event_message("event_tomorrow", site, to, language, about, join_link=join_link)


def event_soon(site: Site, to: str, language: str, about: About, *, join_link: str) -> Message:
    """An hour before a webinar."""
    return event_message("event_soon", site, to, language, about, join_link=join_link)


def event_thanks(site: Site, to: str, language: str, about: About, *, certificate: str) -> Message:
    """When it is over, to those who were there. `certificate` is the address of theirs, if they got one."""
    feedback = site.url(f"{about.page}/feedback")
    return event_message("event_thanks", site, to, language, about, certificate=certificate, feedback=feedback)


def certificate(site: Site, to: str, language: str, *, training: str, code: str, valid_until: str) -> Message:
    """To a person who completed a training."""
    page = site.url(f"/{language}/certificates?code={code}")
    return render(
        "certificate", to, language, training=training, code=code, valid_until=valid_until, page=page, **site.values
    )
