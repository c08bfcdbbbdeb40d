"""What an attendee does: ask for a seat, confirm, accept or decline an offer, cancel. A secret link is enough."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.core import audit, clock
from portal.core import db as database
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken, Stale
from portal.events import answers, bound, letters, limits, newsletter, questions, rules, sealed, seats
from portal.events.models import LIVE, Event, EventStatus, SignUp, SignUpStatus


@dataclass(frozen=True)
class Details:
    """What a person writes into the sign-up form. `email` is in lower case."""

    name: str
    email: str
    language: str
    organisation: str = ""
    business_id: str = ""
    attendee_role: str = ""
    needs: str = ""
    diet: str = ""
    newsletter: bool = False
    answers: Mapping[UUID, answers.Value] = field(default_factory=dict)


def hashed(token: str) -> str:
    return hashlib.sha256(f"sign-up\n{token}".encode()).hexdigest()


def by_token(token: str) -> tuple[SignUp, Event]:
    """The sign-up behind a person's own link. Raises `NotFound`."""
    row = db.session.execute(
        select(SignUp, Event).join(Event, Event.id == SignUp.event_id).where(SignUp.own_page_token == hashed(token))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.SignUp, row.Event


def ask(event_id: UUID, details: Details, network: str, by_colleague: bool = False) -> None:
    """Hold a seat for two hours and write to the address. The same address again gets the link it has already.

    Tells the caller nothing of whether the address was known. Raises `RuleBroken` outside the sign-up window and
    above the limits of a network or an event.
    """
    event = seats.lock(event_id)
    seats.settle(event)
    rules.check_open(
        event.status == EventStatus.PUBLISHED, event.sign_up_opens_at, event.sign_up_closes_at, clock.now()
    )
    bound.check_may_come(event, details.email)
    limits.check_sign_ups(network, str(event.id))
    sign_up = find_live(event.id, details.email) or hold(event, details)
    if limits.may_mail(details.email, str(event.id)):
        db.session.flush()
        time = limits.recent("same", limits.same(details.email, str(event.id)), limits.KEPT)
        letters.asked(event, sign_up, time, by_colleague)


def find_live(event_id: UUID, email: str) -> SignUp | None:
    return db.session.scalar(select(SignUp).where(SignUp.event_id == event_id, SignUp.live_email == email))


def hold(event: Event, details: Details) -> SignUp:
    sign_up_id, now = uuid4(), clock.now()
    sign_up = SignUp(
        id=sign_up_id,
        event_id=event.id,
        status=SignUpStatus.UNCONFIRMED,
        name=details.name,
        sort_key=database.sort_key(details.name),
        email=details.email,
        live_email=details.email,
        organisation=details.organisation,
        business_id=details.business_id,
        attendee_role=details.attendee_role,
        language=details.language,
        newsletter=details.newsletter,
        holds_seat=False,
        asked_at=now,
        own_page_token=hashed(letters.token_of(sign_up_id)),
    )
    sealed.seal_needs(sign_up, details.needs)
    sealed.seal_diet(sign_up, details.diet)
    try:
        with db.session.begin_nested():
            db.session.add(sign_up)
    except IntegrityError:  # the same address from two tabs at once, where the lock did not reach
        known = find_live(event.id, details.email)
        if known is None:
            raise
        return known
    seats.hold(event, sign_up)
    answers.give(sign_up.id, details.answers)
    audit.record("sign_up.asked", "sign_up", sign_up.id, facts={"event": str(event.id)})
    return sign_up


def confirm(sign_up: SignUp) -> SignUpStatus:
    """The address is real: a seat, or a place in the waiting list. Again: nothing more."""
    event = seats.lock_for(sign_up)
    if sign_up.status == SignUpStatus.EXPIRED:
        raise RuleBroken(N_("Your seat was kept for two hours and is free again. Sign up once more."))
    if sign_up.status == SignUpStatus.UNCONFIRMED:
        if event.status != EventStatus.PUBLISHED or clock.now() >= event.ends_at:
            raise RuleBroken(N_("This event takes no sign-ups."))
        if questions.missing(event.id, sign_up.id):
            raise RuleBroken(N_("The event asks something that you have not answered yet. Answer it first."))
        seats.settle_in(event, sign_up)
        if sign_up.newsletter:
            newsletter.ask(sign_up)
    return SignUpStatus(sign_up.status)


def accept(sign_up: SignUp) -> None:
    """Take the offered seat. Raises `RuleBroken` when the offer has lapsed."""
    event = seats.lock_for(sign_up)
    if sign_up.status == SignUpStatus.CONFIRMED:
        return
    if sign_up.status != SignUpStatus.OFFERED:
        raise RuleBroken(N_("This offer has ended, and the seat went to the next person. You can sign up again."))
    seats.take_offer(event, sign_up)


def cancel(sign_up: SignUp) -> None:
    """Give the seat or the place in line away; also how an offer is declined. Again: nothing more."""
    event = seats.lock_for(sign_up)
    if sign_up.status == SignUpStatus.CANCELLED:
        return
    if clock.now() >= event.ends_at:
        raise RuleBroken(N_("The event is over; there is nothing to cancel."))
    was = SignUpStatus(sign_up.status)
    seats.end(event, sign_up, SignUpStatus.CANCELLED)
    if was != SignUpStatus.UNCONFIRMED:
        letters.ended("sign_up_cancelled", event, sign_up, was)
    seats.offer_free(event)


def change(sign_up: SignUp, details: Details, version: int) -> None:
    """What the person told us, told anew; the address and the seat stay. Raises `RuleBroken` and `Stale`."""
    event = seats.lock_for(sign_up)
    if sign_up.version != version:
        raise Stale
    if sign_up.status not in LIVE or event.status != EventStatus.PUBLISHED or clock.now() >= event.ends_at:
        raise RuleBroken(N_("This sign-up has ended; there is nothing to change."))
    sign_up.name, sign_up.sort_key = details.name, database.sort_key(details.name)
    sign_up.organisation, sign_up.business_id = details.organisation, details.business_id
    sign_up.attendee_role, sign_up.language = details.attendee_role, details.language
    sealed.seal_needs(sign_up, details.needs)
    sealed.seal_diet(sign_up, details.diet)
    answers.give(sign_up.id, details.answers)
    sign_up.version += 1
    audit.record("sign_up.changed", "sign_up", sign_up.id, facts={"event": str(event.id)})


def of_event(event_id: UUID) -> list[SignUp]:
    """Everyone who ever signed up, by name."""
    query = select(SignUp).where(SignUp.event_id == event_id).order_by(SignUp.sort_key, SignUp.id)
    return list(db.session.scalars(query))
