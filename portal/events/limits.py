"""Limits on what visitors may cause, so that nobody's mailbox or our list is flooded. Counted by keyed hashes."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from portal.core import clock, retention, settings, vault
from portal.core.db import db, lock_words, transaction
from portal.core.errors import N_, RuleBroken
from portal.events.models import PublicAttempt

KEPT_HOURS = 24
KEPT = timedelta(hours=KEPT_HOURS)
HOUR = timedelta(hours=1)

NETWORK = settings.declare("events.network_an_hour", 60, N_("Sign-ups an hour from one network"), most=100000)
EVENT = settings.declare("events.event_an_hour", 1000, N_("Sign-ups an hour to one event"), most=100000)
ADDRESS = settings.declare("events.address_a_day", 12, N_("Sign-up mails a day to one address"), most=1000)
SAME = settings.declare("events.same_a_day", 3, N_("Sign-up mails a day to one address for one event"), most=1000)


def key(what: str, who: str) -> str:
    return vault.keyed_hash(f"{what}\n{who}", "attempt")


def note(what: str, who: str) -> UUID:
    row = PublicAttempt(key=key(what, who), at=clock.now())
    db.session.add(row)
    return row.id


def recent(what: str, who: str, within: timedelta) -> int:
    since = clock.now() - within
    query = select(func.count()).where(PublicAttempt.key == key(what, who), PublicAttempt.at > since)
    return db.session.scalar(query) or 0


def reserve(what: str, who: str, most: int) -> UUID | None:
    """Count a try before it is looked at, in a transaction of its own; the open one ends. None: too many this hour.

    Of many at the same instant no more pass than that. `forgive` takes back a try that was right.
    """
    with transaction():
        lock_words([key(what, who)])
        if recent(what, who, HOUR) >= most:
            return None
        return note(what, who)


def forgive(attempt_id: UUID) -> None:
    """That try was right and does not count, once the open transaction is committed."""
    db.session.execute(delete(PublicAttempt).where(PublicAttempt.id == attempt_id))


def check_sign_ups(network: str, event_id: str) -> None:
    """Refuse when one network or one event has had very many sign-ups within the hour; else count this one."""
    lock_words([key("network", network), key("event", event_id)])
    if recent("network", network, HOUR) >= settings.number(NETWORK):
        raise RuleBroken(N_("Many sign-ups came from your network within an hour. Wait an hour, or write to us."))
    if recent("event", event_id, HOUR) >= settings.number(EVENT):
        raise RuleBroken(N_("Very many people are signing up right now. Try again in an hour."))
    note("network", network)
    note("event", event_id)


def may_mail(address: str, event_id: str) -> bool:
    """Whether one more sign-up mail may go to this address today; counts it if so. Silent, for it tells nobody."""
    lock_words([key("address", address)])
    for what, who, setting in (("address", address, ADDRESS), ("same", same(address, event_id), SAME)):
        if recent(what, who, KEPT) >= settings.number(setting):
            return False
    note("address", address)
    note("same", same(address, event_id))
    return True


def same(address: str, event_id: str) -> str:
    return f"{address}\n{event_id}"


def forget_old() -> int:
    return retention.count(delete(PublicAttempt).where(PublicAttempt.at <= clock.now() - KEPT))
