"""How often someone has tried: counted by keyed hashes of address and account, which are kept 24 hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from portal.accounts.models import Attempt
from portal.core import clock, retention, vault
from portal.core.db import db, lock_words, transaction
from portal.core.errors import N_, RuleBroken

KEPT_HOURS = 24
KEPT = timedelta(hours=KEPT_HOURS)


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


def take(*tries: tuple[Limit, object]) -> list[UUID]:
    """Count these tries in the open transaction; raises, and counts none, when one of them is too many.

    Of many at the same instant no more pass than the limit says. Returns what `forgive` takes.
    """
    keys = [_key(limit, value) for limit, value in tries]
    lock_words(keys)
    for (limit, _value), key in zip(tries, keys, strict=True):
        if _count(limit, key) >= limit.most:
            raise RuleBroken(limit.sentence)
    rows = [Attempt(key=key, at=clock.now()) for key in dict.fromkeys(keys)]
    db.session.add_all(rows)
    return [row.id for row in rows]


def _count(limit: Limit, key: str) -> int:
    query = select(func.count()).select_from(Attempt)
    return db.session.scalar(query.where(Attempt.key == key, Attempt.at > clock.now() - limit.within)) or 0


def reserve(*tries: tuple[Limit, object]) -> list[UUID]:
    """Count these tries before anything is looked at, in a transaction of its own; the open one ends. Raises as `take`.

    A try that was right is forgiven afterwards; one that was wrong stays counted, whatever becomes of the request.
    """
    with transaction():
        return take(*tries)


def forgive(taken: Iterable[UUID]) -> None:
    """These tries were right and do not count, once the open transaction is committed."""
    db.session.execute(delete(Attempt).where(Attempt.id.in_(list(taken))))


def is_allowed(limit: Limit, value: object) -> bool:
    """Whether one more is within the limit; counts it if so. For limits that nobody is told of."""
    try:
        take((limit, value))
    except RuleBroken:
        return False
    return True


def forget_old() -> int:
    return retention.count(delete(Attempt).where(Attempt.at < clock.now() - KEPT))
