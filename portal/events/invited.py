"""A sign-up by somebody whom a mail of ours has invited: the link has shown that the address is theirs."""

from __future__ import annotations

from uuid import UUID

from portal.core import clock
from portal.core.db import db
from portal.events import bound, limits, rules, seats, sign_ups
from portal.events.models import EventStatus, SignUp, SignUpStatus
from portal.events.sign_ups import Details


def sign_up(event_id: UUID, details: Details, network: str) -> SignUp:
    """A seat, or a place in the waiting list, at once; the same person again: the sign-up they have.

    Raises `RuleBroken` outside the sign-up window, and for an address that is not invited any more.
    """
    event = seats.lock(event_id)
    seats.settle(event)
    rules.check_open(
        event.status == EventStatus.PUBLISHED, event.sign_up_opens_at, event.sign_up_closes_at, clock.now()
    )
    bound.check_may_come(event, details.email)
    limits.check_sign_ups(network, str(event.id))
    found = sign_ups.find_live(event.id, details.email) or sign_ups.hold(event, details)
    if found.status == SignUpStatus.UNCONFIRMED:
        db.session.flush()
        sign_ups.confirm(found)
    return found
