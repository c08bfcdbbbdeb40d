"""The mail that invites a person to a training of their company."""

from __future__ import annotations

from uuid import UUID

from emails import event_messages
from emails.event_messages import About
from portal.core import languages, outbox, pages, vault
from portal.events import telling
from portal.events.models import Event
from portal.trainings.requests.models import Invitation


def token_of(invitation_id: UUID) -> str:
    """The secret in the person's link: made anew from the id each time, so that it is stored nowhere."""
    return vault.keyed_hash(str(invitation_id), "training invitation link")[:40]


def once(invitation: Invitation, event: Event) -> str:
    return f"training_invitation:{invitation.id}:{event.id}"


def invited(invitation: Invitation, event: Event, company_name: str) -> None:
    language = invitation.language
    with languages.speaking(language):
        when, place = telling.when(event), telling.place(event)
        until = pages.show_date(event.sign_up_closes_at)
    about = About(
        title=event.spoken("title", language).text,
        when=when,
        place=place,
        page=f"/{language}/trainings/invitations/{token_of(invitation.id)}",
    )
    message = event_messages.training_invitation(
        outbox.site(), invitation.email, language, about, company=company_name, until=until
    )
    outbox.post(message, once=once(invitation, event))
