"""Who may sign up to an event of one company: its members, and whom it invited.

Invitations lie above events, so they provide themselves here when they are loaded.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from portal.accounts import services as accounts
from portal.core.errors import N_, RuleBroken
from portal.events.models import Event


class Guests(Protocol):
    def is_invited(self, event_id: UUID, email: str) -> bool:
        """Whether the company has put this address on the list of the event."""


class NoGuests:
    """Events alone: only members come."""

    def is_invited(self, event_id: UUID, email: str) -> bool:
        return False


_provided: list[Guests] = [NoGuests()]


def provide(guests: Guests) -> None:
    _provided[0] = guests


def check_may_come(event: Event, email: str) -> None:
    """Only people of the company see the event at all, so the sentence tells nobody else who is invited."""
    if event.company_id is None:
        return
    account = accounts.find_by_email(email)
    is_member = account is not None and account.is_active and account.company_id == event.company_id
    if not is_member and not _provided[0].is_invited(event.id, email):
        raise RuleBroken(
            N_("This training is for one company alone, and this address is not on its list. Invite the person first."),
            field="email",
        )
