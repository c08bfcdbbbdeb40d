"""What a vacancy still lacks before it can be sent: sentences by step, each with the field it leads to. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.core.errors import N_
from portal.vacancies.terms import Terms


@dataclass(frozen=True)
class Gap:
    """`sentence` is marked and says what to do; `step` and `anchor` (an id on its page) say where."""

    step: str
    anchor: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Demands:
    """What the fairness rules need not know. `outdated` are labels of terms that are no longer in use."""

    essential: int = 0
    posts: int = 1
    bands: tuple[str, ...] = ()
    contract_months: int | None = None
    starts_on: date | None = None
    last_day: date | None = None
    recipients: int = 0
    outdated: tuple[str, ...] = ()


def gaps(terms: Terms, demands: Demands, today: date) -> tuple[Gap, ...]:
    """In the order of the steps; empty when the vacancy can be sent."""
    return (
        *_job(terms),
        *_demands(demands),
        *_hours(terms, demands, today),
        *_clients(terms),
        *_check(demands),
    )


def _job(terms: Terms) -> Iterator[Gap]:
    if not terms.title:
        yield Gap("job", "title", N_("Write the title."))
    if not terms.occupation:
        yield Gap("job", "occupation", N_("Write the occupation."))
    if not terms.description:
        yield Gap("job", "description", N_("Describe the work."))


def _demands(demands: Demands) -> Iterator[Gap]:
    if not demands.essential:
        yield Gap("demands", "essential_skills", N_("Name at least one essential skill."))
    for label in demands.outdated:
        yield Gap(
            "demands", "essential_skills", N_("“%(term)s” is no longer in use. Choose another word."), {"term": label}
        )


def _hours(terms: Terms, demands: Demands, today: date) -> Iterator[Gap]:
    if not terms.municipality:
        yield Gap("hours", "municipality", N_("Write the municipality."))
    if not demands.bands:
        yield Gap("hours", "bands-0", N_("Tick when the work is done."))
    if terms.hours_min is None or terms.hours_max is None:
        yield Gap("hours", "hours_min", N_("Write the hours a week, from and to."))
    if not terms.contract:
        yield Gap("hours", "contract-0", N_("Choose the kind of contract."))
    if terms.contract == "fixed_term" and not demands.contract_months:
        yield Gap("hours", "contract_months", N_("Write how many months the contract lasts."))
    yield from _days(demands, today)


def _days(demands: Demands, today: date) -> Iterator[Gap]:
    if demands.starts_on is None:
        yield Gap("hours", "starts_on", N_("Choose the first day at work."))
    elif demands.starts_on < today:
        yield Gap("hours", "starts_on", N_("The first day at work has passed. Choose a later day."))
    if demands.last_day is None:
        yield Gap("hours", "last_day", N_("Choose until when the vacancy is open."))
    elif demands.last_day < today:
        yield Gap("hours", "last_day", N_("The vacancy would be closed already. Choose a later last day."))


def _clients(terms: Terms) -> Iterator[Gap]:
    """Who leases people out or works as a subcontractor has a client too, whatever was answered."""
    if terms.for_client is None and terms.chain == "own":
        yield Gap("pay", "for_client-0", N_("Say whether the work has a client."))
    elif not terms.clients and (terms.for_client or terms.chain != "own"):
        yield Gap("pay", "clients", N_("Name the company that the work is done for, with its Business ID."))


def _check(demands: Demands) -> Iterator[Gap]:
    if not demands.recipients:
        yield Gap("check", "recipients-0", N_("Choose who reads the cards."))
