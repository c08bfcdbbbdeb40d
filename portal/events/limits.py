"""Limits on what visitors may cause, so that nobody's mailbox or our list is flooded. Counted by keyed hashes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select

from portal.core import clock, settings, vault
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.events.models import PublicAttempt

KEPT = timedelta(hours=24)
HOUR = timedelta(hours=1)

NETWORK = settings.declare("events.network_an_hour", 60, N_("Sign-ups an hour from one network"), most=100000)
EVENT = settings.declare("events.event_an_hour", 1000, N_("Sign-ups an hour to one event"), most=100000)
ADDRESS = settings.declare("events.address_a_day", 12, N_("Sign-up mails a day to one address"), most=1000)
SAME = settings.declare("events.same_a_day", 3, N_("Sign-up mails a day to one address for one event"), most=1000)


def key(what: str, who: str) -> str:
    return vault.keyed_hash(f"{what}\n{who}", "attempt")


def note(what: str, who: str) -> None:
    db.session.add(PublicAttempt(key=key(what, who), at=clock.now()))


def recent(what: str, who: str, within: timedelta) -> int:
    since = clock.now() - within
    query = select(func.count()).where(PublicAttempt.key == key(what, who), PublicAttempt.at > since)
    return db.session.scalar(query) or 0


def check_sign_ups(network: str, event_id: str) -> None:
    """Refuse when one network or one event has had very many sign-ups within the hour; else count this one."""
    if recent("network", network, HOUR) >= settings.number(NETWORK):
        raise RuleBroken(N_("Many sign-ups came from your network within an hour. Wait an hour, or write to us."))
    if recent("event", event_id, HOUR) >= settings.number(EVENT):
        raise RuleBroken(N_("Very many people are signing up right now. Try again in an hour."))
    note("network", network)
    note("event", event_id)


def may_mail(address: str, event_id: str) -> bool:
    """Whether one more sign-up mail may go to this address today; counts it if so. Silent, for it tells nobody."""
    for what, who, setting in (("address", address, ADDRESS), ("same", same(address, event_id), SAME)):
        if recent(what, who, KEPT) >= settings.number(setting):
            return False
    note("address", address)
    note("same", same(address, event_id))
    return True


def same(address: str, event_id: str) -> str:
    return f"{address}\n{event_id}"


def forget_old() -> None:
    db.session.execute(delete(PublicAttempt).where(PublicAttempt.at <= clock.now() - KEPT))
