"""Vacancies: finding them, and the verbs that move them. The draft's own verbs stand in `drafting`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.companies import news
from portal.core import audit, clock, states
from portal.core.access import Permission, Viewer, allows
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.standing import services as standing
from portal.vacancies import flags
from portal.vacancies.models import NEXT, Vacancy, VacancyStatus
from portal.vacancies.readings import gaps_of, points_of
from portal.vacancies.recipients import is_confirmed, recipients

__all__ = ["is_confirmed", "recipients"]

REASON_IN_TRAIL = 300


def visible_to(viewer: Viewer) -> Select[Any]:
    """A member sees their company's; staff see what was ever sent, never a draft."""
    if allows(viewer, Permission.VACANCY_WRITE):
        return select(Vacancy).where(Vacancy.company_id == viewer.company_id)
    if allows(viewer, Permission.VACANCY_READ):
        return select(Vacancy).where(Vacancy.status != VacancyStatus.DRAFT)
    return select(Vacancy).where(false())


def get(vacancy_id: UUID, viewer: Viewer, to_change: bool = False) -> Vacancy:
    """Raises `NotFound`. `to_change` locks the row until the commit."""
    query = visible_to(viewer).where(Vacancy.id == vacancy_id)
    query = query.with_for_update() if to_change else query.options(joinedload(Vacancy.company))
    vacancy = db.session.scalar(query)
    if vacancy is None:
        raise NotFound
    return vacancy


def by_id(vacancy_id: UUID) -> Vacancy:
    """For rules that need the vacancy whoever looks. Raises `NotFound`."""
    vacancy = db.session.get(Vacancy, vacancy_id)
    if vacancy is None:
        raise NotFound
    return vacancy


def get_public(vacancy_id: UUID) -> Vacancy:
    """One of the public list, or `NotFound`."""
    vacancy = db.session.scalar(public_list().where(Vacancy.id == vacancy_id))
    if vacancy is None:
        raise NotFound
    return vacancy


def public_list() -> Select[Any]:
    return select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.public.is_(True))


def published() -> list[Vacancy]:
    """Every vacancy that may be matched today, the newest first."""
    query = select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED)
    return list(db.session.scalars(query.order_by(Vacancy.place.desc())))


# --- the company's verbs -------------------------------------------------------


def submit(vacancy: Vacancy, by: Account) -> None:
    """Send it to be read. Only a responsible employer, and only when nothing is missing."""
    check_standing(vacancy)
    if missing := gaps_of(vacancy):
        raise RuleBroken(missing[0].sentence, **missing[0].params)
    _move(vacancy, VacancyStatus.SUBMITTED)
    vacancy.submitted_at = clock.now()
    flags.raise_flags(vacancy)
    news.tell_liaison(vacancy.company, f"vacancy.submitted:{vacancy.id}:{vacancy.version}")


def pause(vacancy: Vacancy, by: Account, reason: str = "") -> None:
    """By the company, or by a liaison with a reason that the company sees; they are then told that there is news."""
    if not by.is_member and not reason.strip():
        raise RuleBroken(N_("Write the reason. The company sees it."), field="reason")
    _move(vacancy, VacancyStatus.PAUSED, reason)
    vacancy.pause_reason, vacancy.paused_by_standing = reason, False
    if not by.is_member:
        _tell_members(vacancy, "paused")


def resume(vacancy: Vacancy, by: Account) -> None:
    """Open again; the gates of publishing hold here too."""
    check_is(vacancy, VacancyStatus.PAUSED)
    if by.is_member and vacancy.pause_reason:
        raise RuleBroken(N_("A liaison paused this vacancy and opens it again. Contact your liaison."))
    check_standing(vacancy)
    check_open_until(vacancy)
    check_recipients(vacancy)
    _move(vacancy, VacancyStatus.PUBLISHED)
    vacancy.pause_reason, vacancy.paused_by_standing = "", False


def fill(vacancy: Vacancy, by: Account) -> None:
    _end(vacancy, VacancyStatus.FILLED)


def withdraw(vacancy: Vacancy, by: Account) -> None:
    _end(vacancy, VacancyStatus.WITHDRAWN)


# --- the liaison's verbs -------------------------------------------------------


def return_(vacancy: Vacancy, reason: str, by: Account) -> None:
    """Back to the company with what must change; they are told that there is news."""
    if not reason.strip():
        raise RuleBroken(N_("Write what must change."), field="reason")
    _move(vacancy, VacancyStatus.RETURNED)
    vacancy.return_reason, vacancy.returned_at = reason, clock.now()
    _tell_members(vacancy, "returned")


def publish(vacancy: Vacancy, by: Account) -> None:
    """Open it to staff: standing held today, every flag of today accepted, a confirmed recipient, a day to come."""
    check_is(vacancy, VacancyStatus.SUBMITTED)
    check_standing(vacancy)
    check_open_until(vacancy)
    if not all(point.accepted for point in points_of(vacancy)):
        raise RuleBroken(N_("A point is undecided or must change. Decide every point as accepted, or return it."))
    check_recipients(vacancy)
    _move(vacancy, VacancyStatus.PUBLISHED)
    vacancy.published_at, vacancy.return_reason = clock.now(), ""
    _tell_members(vacancy, "published")


def expire(vacancy: Vacancy, reason: str = "", by: Account | None = None) -> None:
    """Its last day has passed, or a liaison closes it."""
    _end(vacancy, VacancyStatus.EXPIRED, reason)
    _tell_members(vacancy, "expired")


# --- what they check -----------------------------------------------------------


def check_is(vacancy: Vacancy, status: VacancyStatus) -> None:
    if vacancy.status != status:
        raise RuleBroken(N_("This is no longer possible, because the state has changed. Open the page again."))


def has_standing(vacancy: Vacancy) -> bool:
    """Standing alone: what a company sees and does never depends on a silent hold (design: Domain)."""
    return standing.is_responsible(vacancy.company)


def check_standing(vacancy: Vacancy) -> None:
    if not has_standing(vacancy):
        raise RuleBroken(
            N_("Only a responsible employer can have an open vacancy. Look at what is missing from the standing.")
        )


def check_open_until(vacancy: Vacancy) -> None:
    if vacancy.last_day is None or vacancy.last_day < clock.today():
        raise RuleBroken(N_("The last day of this vacancy has passed."))


def check_recipients(vacancy: Vacancy) -> None:
    if not recipients(vacancy.id, confirmed_only=True):
        raise RuleBroken(N_("A liaison must confirm at least one recipient who is a member today."))


def _end(vacancy: Vacancy, status: VacancyStatus, reason: str = "") -> None:
    _move(vacancy, status, reason)
    vacancy.ended_at, vacancy.paused_by_standing = clock.now(), False


def _move(vacancy: Vacancy, to: VacancyStatus, reason: str = "") -> None:
    states.move(vacancy, to, NEXT, reason=reason[:REASON_IN_TRAIL])
    vacancy.version += 1


def _tell_members(vacancy: Vacancy, what: str) -> None:
    news.tell_members(vacancy.company, f"vacancy.{what}:{vacancy.id}:{vacancy.version}")


def tell_paused(vacancy: Vacancy) -> None:
    """The company learns that there is news when standing paused or reopened its vacancy."""
    _tell_members(vacancy, "standing")
    audit.record("vacancy.standing", "vacancy", vacancy.id, facts={"paused": vacancy.paused_by_standing})
