"""Telling a story in the past: who acts, and when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import transaction

NOW, TODAY = clock.now(), clock.today()


def ago(days: int, hour: int = 10, minute: int = 0) -> datetime:
    """A Finnish wall time some days back; never later than now."""
    return min(clock.at(TODAY - timedelta(days=days), time(hour, minute)), NOW - timedelta(minutes=1))


def ahead(days: int, hour: int = 9) -> datetime:
    """A Finnish wall time to come, on a working day."""
    day = TODAY + timedelta(days=days)
    while not clock.is_working_day(day):
        day += timedelta(days=1)
    return clock.at(day, time(hour))


def person(email: str) -> Account:
    found = accounts.find_by_email(email)
    if found is None:
        raise LookupError(email)
    return found


@contextmanager
def moment(days: int, hour: int = 10) -> Iterator[None]:
    """One transaction, `days` back, by nobody with an account."""
    with clock.travel(ago(days, hour)), transaction():
        yield


@contextmanager
def scene(days: int, actor: str, hour: int = 10) -> Iterator[Account]:
    """One transaction, `days` back, by the account with this address."""
    with moment(days, hour):
        who = person(actor)
        token = audit.actor.set(audit.Actor(account_id=who.id))
        try:
            yield who
        finally:
            audit.actor.reset(token)
