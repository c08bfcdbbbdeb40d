"""Mail about introductions: "you have news", at instants fixed at offer, acceptance and release (design: P5, P7).

What a scheduled message is checked against when it leaves is what the company itself sees by then, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from emails import messages
from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.companies import services as companies
from portal.core import clock, outbox
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import NotFound
from portal.introductions import company_view, queries
from portal.introductions.company_view import Seen
from portal.introductions.models import Introduction

CHECK = "introductions.seen"
REMINDER_DAYS, REMINDER_TIME = 2, time(9)


def tell(account: Account, once: str, due_at: datetime | None = None, check: dict[str, Any] | None = None) -> None:
    message = messages.news(outbox.site(), account.email, account.language)
    outbox.post(message, once=once, due_at=due_at, check=(CHECK, check) if check else None)


def schedule(introduction: Introduction, readers: Iterable[Account], seen: Seen, due_at: datetime) -> None:
    """To leave at this instant if the company then sees the introduction so."""
    for reader in readers:
        facts = {"introduction": str(introduction.id), "account": str(reader.id), "seen": str(seen)}
        tell(reader, once_key(introduction, seen, reader.id), due_at, facts)


def once_key(introduction: Introduction, seen: Seen, account_id: UUID) -> str:
    return f"card:{seen}:{introduction.id}:{account_id}"


def is_seen(facts: dict[str, Any]) -> bool:
    """Asked again at sending: the person still belongs to the company, which sees the introduction as foretold."""
    introduction = db.session.get(Introduction, UUID(facts["introduction"]))
    if introduction is None or queries.view_of(introduction).seen != facts["seen"]:
        return False
    members = accounts.members_of(introduction.company_id)
    return UUID(facts["account"]) in {member.id for member in members}


# --- to the company -------------------------------------------------------------


def offered(introduction: Introduction, readers: list[Account]) -> None:
    if introduction.answer_by is None:
        raise ValueError("an offer has an answer-by date")
    for reader in readers:
        tell(reader, f"card:offered:{introduction.id}:{reader.id}")
    schedule(introduction, readers, Seen.OPEN, reminder_at(introduction.answer_by))
    schedule(introduction, readers, Seen.UNANSWERED, introduction.answer_by)


def reminder_at(answer_by: datetime) -> datetime:
    """Two working days before the answer is due, in the morning."""
    day, left = clock.local_date(answer_by), REMINDER_DAYS
    while left:
        day = day.fromordinal(day.toordinal() - 1)
        left -= clock.is_working_day(day)
    return clock.at(day, REMINDER_TIME)


def accepted(introduction: Introduction, readers: list[Account]) -> None:
    if introduction.answer_date is None:
        raise ValueError("an acceptance has an answer date")
    schedule(introduction, readers, Seen.NOT_AHEAD, introduction.answer_date)


def released(introduction: Introduction, readers: list[Account]) -> None:
    if introduction.release_until is None:
        raise ValueError("a release has a last day")
    for reader in readers:
        tell(reader, f"card:released:{introduction.id}:{reader.id}")
    schedule(introduction, readers, Seen.ENDED, company_view.end_of(introduction.release_until))


def ended_after_release(introduction: Introduction, readers: list[Account]) -> None:
    """The message of the last day leaves today instead."""
    for reader in readers:
        outbox.withdraw(once_key(introduction, Seen.ENDED, reader.id))
        tell(reader, f"card:ended-early:{introduction.id}:{reader.id}")


def news(introduction: Introduction, readers: list[Account], what: str) -> None:
    """After a release: a meeting was agreed, or work."""
    for reader in readers:
        tell(reader, f"card:{what}:{introduction.id}:{introduction.version}:{reader.id}")


# --- to staff --------------------------------------------------------------------


def tell_officers(introduction: Introduction, what: str) -> None:
    """Of an erased candidate whoever drafted the card: nobody keeps the file."""
    try:
        told = candidates.responsible_officers(introduction.candidate_id)
    except NotFound:
        told = [introduction.drafted_by_id]
    for account_id in told:
        account = accounts.get(account_id)
        if account.is_active:
            tell(account, f"introduction:{what}:{introduction.id}:{account.id}")


def tell_liaisons(introduction: Introduction, what: str) -> None:
    """The company's own, or all of them while it has none."""
    company = companies.by_id(introduction.company_id)
    liaisons = accounts.staff(Role.LIAISON)
    for account in [each for each in liaisons if each.id == company.liaison_id] or liaisons:
        tell(account, f"introduction:{what}:{introduction.id}:{introduction.version}:{account.id}")
