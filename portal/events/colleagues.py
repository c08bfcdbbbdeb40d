"""A member signs up colleagues: each gets a mail of their own and confirms for themselves. The member sees how the
sign-ups they asked for stand, and learns nothing of any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, or_, select

from portal.accounts.models import Account
from portal.companies.models import Company
from portal.core import audit, clock, retention, settings
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.events import rules, seats, sign_ups
from portal.events.models import Event, SignUp, SignUpStatus
from portal.events.sign_up_models import Colleague
from portal.events.sign_ups import Details

MOST_AT_ONCE = 20
KEPT = timedelta(days=30)
COMPANY = settings.declare("events.colleagues_a_day", 60, N_("Colleagues a company signs up in a day"), most=10000)


@dataclass(frozen=True)
class Named:
    """One colleague as the member wrote them. `email` is in lower case."""

    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Seen:
    """What the member sees of one colleague."""

    name: str
    email: str
    state: SignUpStatus


def sign_up(event_id: UUID, named: Sequence[Named], by: Account, network: str) -> None:
    """Ask for a seat for each. All of them or, when a rule or a limit says no, none. Raises `RuleBroken`.

    Says nothing of which addresses were known. An address that has a sign-up of its own gets the link to that.
    """
    event = seats.lock(event_id)
    check_day(by.company_id, len(named))
    company = db.session.get_one(Company, by.company_id)
    for each in named:
        known = sign_ups.find_live(event.id, each.email)
        details = Details(
            name=each.name, email=each.email, language=each.language, organisation=company.name,
            business_id=company.business_id, attendee_role="other",
        )  # fmt: skip
        sign_ups.ask(event.id, details, network, by_colleague=True)
        remember(event, each, by, known, sign_ups.find_live(event.id, each.email))
    audit.record("event.colleagues_asked", "event", event.id, facts={"count": len(named)})


def remember(event: Event, named: Named, by: Account, known: SignUp | None, now: SignUp | None) -> None:
    """The row of this member for this address, tied to the sign-up only where they made it, now or before."""
    same = (Colleague.event_id == event.id, Colleague.account_id == by.id, Colleague.email == named.email)
    row = db.session.scalar(select(Colleague).where(*same))
    if row is None:
        row = Colleague(event_id=event.id, account_id=by.id, company_id=by.company_id, email=named.email)
        db.session.add(row)
    elif known is not None and row.sign_up_id == known.id:
        return
    row.name, row.asked_at, row.sign_up_id = named.name, clock.now(), now.id if now and not known else None


def check_day(company_id: UUID | None, more: int) -> None:
    since = clock.now() - timedelta(days=1)
    query = select(func.count()).where(Colleague.company_id == company_id, Colleague.asked_at > since)
    if (db.session.scalar(query) or 0) + more > settings.number(COMPANY):
        raise RuleBroken(N_("Your company has signed up very many colleagues today. Go on tomorrow, or write to us."))


def of_member(event_id: UUID, account_id: UUID) -> list[Seen]:
    """Those this member signed up to the event, by name, as they stand now."""
    query = (
        select(Colleague, SignUp)
        .outerjoin(SignUp, SignUp.id == Colleague.sign_up_id)
        .where(Colleague.event_id == event_id, Colleague.account_id == account_id)
    )
    found = [Seen(row.name, row.email, state_of(row, made)) for row, made in db.session.execute(query)]
    return sorted(found, key=lambda each: each.name.casefold())


def state_of(row: Colleague, made: SignUp | None) -> SignUpStatus:
    """An address that had a sign-up of its own looks like one that nobody confirms."""
    if made is not None:
        return made.state_at(clock.now())
    over = row.asked_at + rules.HOLD <= clock.now()
    return SignUpStatus.EXPIRED if over else SignUpStatus.UNCONFIRMED


def asked_by(sign_up_id: UUID) -> tuple[str, str] | None:
    """Who signed this person up, and of which company; for their own page."""
    query = (
        select(Account.display_name, Company.name)
        .select_from(Colleague)
        .join(Account, Account.id == Colleague.account_id)
        .join(Company, Company.id == Colleague.company_id)
        .where(Colleague.sign_up_id == sign_up_id)
    )
    found = db.session.execute(query.order_by(Colleague.asked_at).limit(1)).one_or_none()
    return (found.display_name, found.name) if found else None


def forget_old() -> int:
    """What a member wrote of colleagues goes a month after the event."""
    over = select(Event.id).where(Event.ends_at <= clock.now() - KEPT)
    silent = Colleague.sign_up_id.is_(None) & (Colleague.asked_at <= clock.now() - KEPT)
    return retention.count(delete(Colleague).where(or_(Colleague.event_id.in_(over), silent)))
