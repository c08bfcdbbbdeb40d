"""How often someone has tried: counted by keyed hashes of address and account, which are kept 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from portal.accounts.models import Attempt
from portal.core import clock, vault
from portal.core.db import db, transaction
from portal.core.errors import N_, RuleBroken

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Limit:
    """At most `most` tries by one `kind` of key within `within`; `sentence` is marked."""

    kind: str
    most: int
    within: timedelta
    sentence: str


A_MINUTE = N_("That was too many tries. Wait a minute and try again.")
AN_HOUR = N_("That was too many tries. Wait an hour and try again.")
PASSWORD_BY_ACCOUNT = Limit("password account", 5, timedelta(minutes=1), A_MINUTE)
PASSWORD_BY_NETWORK = Limit(
    "password network",
    20,
    timedelta(hours=1),
    N_("There were too many tries from your network. Wait an hour and try again."),
)
CODE_BY_MINUTE = Limit("code", 5, timedelta(minutes=1), A_MINUTE)
CODE_BY_HOUR = Limit("code", 20, timedelta(hours=1), AN_HOUR)
RESET_BY_NETWORK = Limit("reset network", 20, timedelta(hours=1), PASSWORD_BY_NETWORK.sentence)
RESET_BY_ACCOUNT = Limit("reset account", 3, timedelta(hours=1), AN_HOUR)
INVITATION_BY_ACCOUNT = Limit("invitation account", 5, timedelta(hours=24), AN_HOUR)


def _key(limit: Limit, value: object) -> str:
    return vault.keyed_hash(str(value), f"attempt {limit.kind}")


def is_over(limit: Limit, value: object) -> bool:
    since = clock.now() - limit.within
    query = select(func.count()).select_from(Attempt).where(Attempt.key == _key(limit, value), Attempt.at > since)
    return (db.session.scalar(query) or 0) >= limit.most


def check(limit: Limit, value: object) -> None:
    """Raises when there were too many."""
    if is_over(limit, value):
        raise RuleBroken(limit.sentence)


def note(limit: Limit, value: object) -> None:
    db.session.add(Attempt(key=_key(limit, value), at=clock.now()))


def forget_old() -> None:
    """For the worker."""
    with transaction():
        db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - KEPT))
