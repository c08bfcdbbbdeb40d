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


def sign_up_confirm_colleague(site: Site, to: str, language: str, about: About) -> Message:
    """The first mail to someone whom a colleague signed up; it names neither, for both names were typed."""
    return event_message("sign_up_confirm_colleague", site, to, language, about)


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
    site: Site, to: str, language: str, about: About, *,
    title_before: str, when_before: str, place_before: str, new_link: str, attachments: Attachments,
) -> Message:  # fmt: skip
    """What is different, as it was before; blank where nothing changed. `new_link` is the new join link, if it is."""
    return event_message(
        "event_changed", site, to, language, about, attachments=attachments, title_before=title_before,
        when_before=when_before, place_before=place_before, new_link=new_link, attached="yes" if attachments else "",
    )  # fmt: skip


def event_cancelled(site: Site, to: str, language: str, about: About, *, attachments: Attachments) -> Message:
    return event_message("event_cancelled", site, to, language, about, attachments=attachments)


def event_tomorrow(site: Site, to: str, language: str, about: About, *, join_link: str) -> Message:
    return event_message("event_tomorrow", site, to, language, about, join_link=join_link)


def event_soon(site: Site, to: str, language: str, about: About, *, join_link: str) -> Message:
    """An hour before a webinar."""
    return event_message("event_soon", site, to, language, about, join_link=join_link)


def newsletter_confirm(site: Site, to: str, language: str, *, page: str) -> Message:
    """A consent of its own: nothing is sent before its button is pressed."""
    return render("newsletter_confirm", to, language, page=site.url(page), **site.values)


def newsletter_confirmed(site: Site, to: str, language: str, *, page: str) -> Message:
    """`page` is where it can be ended at any time."""
    return render("newsletter_confirmed", to, language, page=site.url(page), **site.values)


def training_invitation(site: Site, to: str, language: str, about: About, *, company: str, until: str) -> Message:
    """To somebody whom their company invites to its own training; `until` is the last day of sign-up."""
    return event_message("training_invitation", site, to, language, about, company=company, until=until)


def event_thanks(site: Site, to: str, language: str, about: About, *, certificate: str) -> Message:
    """When it is over, to those who were there. `certificate` is the address of theirs, if they got one."""
    feedback = site.url(f"{about.page}/feedback")
    return event_message("event_thanks", site, to, language, about, certificate=certificate, feedback=feedback)


def certificate(
    site: Site, to: str, language: str, *, training: str, code: str, valid_until: str, own_page: str
) -> Message:
    """To a person who completed a training. `own_page` is the path of the holder's own page, a secret address."""
    return render(
        "certificate", to, language, training=training, code=code, valid_until=valid_until, page=site.url(own_page),
        check=site.url(f"/{language}/certificates"), **site.values,
    )  # fmt: skip


def certificate_link(site: Site, to: str, language: str, *, training: str, own_page: str) -> Message:
    """The link of `certificate` once more, because somebody wrote its code."""
    return render("certificate_link", to, language, training=training, page=site.url(own_page), **site.values)


def certificate_ends(site: Site, to: str, language: str, *, training: str, valid_until: str, page: str) -> Message:
    """To a holder without an account: the training is to be renewed. `page` is its entry in the catalogue."""
    values = {"training": training, "valid_until": valid_until, "page": site.url(page), **site.values}
    return render("certificate_ends", to, language, **values)
