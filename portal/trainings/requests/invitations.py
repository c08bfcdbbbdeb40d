"""Who is invited to a company's own training: its members, and colleagues without an account."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from portal.accounts.models import Account
from portal.companies import services as companies
from portal.core import audit, clock, outbox, retention, settings
from portal.core import db as database
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import invited, limits, sign_ups
from portal.events.models import Event, EventStatus, SignUp, SignUpStatus
from portal.events.sign_ups import Details
from portal.trainings.requests import mails, rules
from portal.trainings.requests.models import Invitation, TrainingRequest

KEPT_DAYS = settings.declare(
    "trainings.invitations_days", 90, N_("Invitations to tailored trainings are kept after the event, days"), 1, 730
)


@dataclass(frozen=True)
class Person:
    """Somebody to invite; `email` is in lower case."""

    name: str
    email: str
    language: str


class InvitedGuests:
    """`portal.events.bound.Guests`, provided when this feature is loaded."""

    def is_invited(self, event_id: UUID, email: str) -> bool:
        query = (
            select(Invitation.id)
            .join(TrainingRequest, TrainingRequest.id == Invitation.request_id)
            .where(TrainingRequest.event_id == event_id, Invitation.email == email)
        )
        return db.session.scalar(query.limit(1)) is not None


# --- readers -----------------------------------------------------------------


def of_request(request_id: UUID) -> list[Invitation]:
    """By name."""
    query = select(Invitation).where(Invitation.request_id == request_id)
    return list(db.session.scalars(query.order_by(Invitation.sort_key, Invitation.id)))


def get(request: TrainingRequest, invitation_id: UUID) -> Invitation:
    """Raises `NotFound`."""
    found = db.session.get(Invitation, invitation_id)
    if found is None or found.request_id != request.id:
        raise NotFound
    return found


def by_token(token: str) -> tuple[Invitation, TrainingRequest, Event]:
    """The invitation behind a person's own link. Raises `NotFound`, also when it was taken off the list."""
    row = db.session.execute(
        select(Invitation, TrainingRequest, Event)
        .join(TrainingRequest, TrainingRequest.id == Invitation.request_id)
        .join(Event, Event.id == TrainingRequest.event_id)
        .where(Invitation.link_token == hashed(token))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.Invitation, row.TrainingRequest, row.Event


def hashed(token: str) -> str:
    return hashlib.sha256(f"training invitation\n{token}".encode()).hexdigest()


def states(event: Event) -> dict[str, SignUpStatus]:
    """The state of each address's sign-up to this event; the live one before an ended one."""
    query = select(SignUp).where(SignUp.event_id == event.id).order_by(SignUp.live_email.is_not(None), SignUp.asked_at)
    return {each.email: each.state_at(clock.now()) for each in db.session.scalars(query)}


# --- verbs -------------------------------------------------------------------


def invite(request: TrainingRequest, event: Event | None, people: Iterable[Person], by: UUID) -> int:
    """Put people on the list and write to each; who is on it already is left as they are. Returns how many are new.

    Raises `RuleBroken` when the list is closed or full, or somebody has had many of our mails today.
    """
    db.session.refresh(request, with_for_update=True)
    check_open(event)
    known = {each.email for each in of_request(request.id)}
    new = {each.email: each for each in people if each.email not in known}
    rules.check_room(len(known), len(new))
    for person in new.values():
        put_on_list(request, event, person, by)
    audit.record("training_request.invited", "training_request", request.id, facts={"count": len(new)})
    return len(new)


def check_open(event: Event | None) -> None:
    cancelled = event is not None and event.status == EventStatus.CANCELLED
    rules.check_list_open(event is not None, cancelled, event.starts_at if event else None, clock.now())


def put_on_list(request: TrainingRequest, event: Event | None, person: Person, by: UUID) -> None:
    invitation_id = uuid4()
    invitation = Invitation(
        id=invitation_id,
        request_id=request.id,
        name=person.name,
        sort_key=database.sort_key(person.name),
        email=person.email,
        language=person.language,
        link_token=hashed(mails.token_of(invitation_id)),
        invited_at=clock.now(),
        invited_by_id=by,
    )
    db.session.add(invitation)
    if event is not None:
        write_to(invitation, event, companies.by_id(request.company_id).name)


def write_to(invitation: Invitation, event: Event, company_name: str) -> None:
    """The invitation mail. Taking off and inviting anew floods nobody: then the company is told to wait."""
    if not limits.may_mail(invitation.email, str(event.id)):
        raise RuleBroken(
            N_("%(address)s has had several mails from us today. Invite this person tomorrow."),
            field="people",
            address=invitation.email,
        )
    mails.invited(invitation, event, company_name)


def invite_anew(request: TrainingRequest, event: Event) -> None:
    """The training has a new event: everybody on the list gets its link."""
    company_name = companies.by_id(request.company_id).name
    for invitation in of_request(request.id):
        mails.invited(invitation, event, company_name)


def take_off(request: TrainingRequest, event: Event | None, invitation: Invitation) -> None:
    """Their link ends, and so does their sign-up, of which they are told. Raises `RuleBroken` once it has begun."""
    check_open(event)
    live = sign_ups.find_live(event.id, invitation.email) if event is not None else None
    if live is not None:
        sign_ups.cancel(live)
    if event is not None:
        outbox.withdraw(mails.once(invitation, event))
    db.session.delete(invitation)
    audit.record("training_request.taken_off", "training_request", request.id)


def sign_up(invitation: Invitation, event: Event, wanted: Details, network: str) -> SignUp:
    """The link of the mail has shown that the address is theirs, so the seat is confirmed at once."""
    return invited.sign_up(event.id, wanted, network)


def members_to_invite(members: Iterable[Account], known: Iterable[Invitation]) -> list[Account]:
    taken = {each.email for each in known}
    return [each for each in members if each.email not in taken]


# --- by the clock --------------------------------------------------------------


def forget_old() -> int:
    """Names and addresses go some time after the event, with what has not left; how many were there stays with the
    request."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - timedelta(days=settings.number(KEPT_DAYS)))
    requests = select(TrainingRequest.id).where(TrainingRequest.event_id.in_(over))
    old = Invitation.request_id.in_(requests)
    outbox.forget_about(set(db.session.scalars(select(Invitation.id).where(old))))
    return retention.count(delete(Invitation).where(old))
