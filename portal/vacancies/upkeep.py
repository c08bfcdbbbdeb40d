"""What the worker does with vacancies: closes those whose last day has passed, and follows companies' standing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.sql import ColumnElement

from portal.core import clock, states
from portal.core.db import db, transaction
from portal.core.registry import Periodic
from portal.vacancies import services as vacancies
from portal.vacancies.models import NEXT, Vacancy, VacancyStatus

LIVE = (VacancyStatus.PUBLISHED, VacancyStatus.PAUSED)


def close_past() -> None:
    """Expire what was open through yesterday."""
    _each((Vacancy.status.in_(LIVE), Vacancy.last_day < clock.today()), vacancies.expire)


def follow_standing() -> None:
    """When standing lapses, published vacancies pause by themselves; when it is held again they open again."""
    _each((Vacancy.status == VacancyStatus.PUBLISHED,), _pause_without_standing)
    _each((Vacancy.status == VacancyStatus.PAUSED, Vacancy.paused_by_standing.is_(True)), _open_with_standing)


def _pause_without_standing(vacancy: Vacancy) -> None:
    if not vacancies.has_standing(vacancy):
        _move(vacancy, VacancyStatus.PAUSED, paused_by_standing=True)


def _open_with_standing(vacancy: Vacancy) -> None:
    if vacancies.has_standing(vacancy) and vacancies.recipients(vacancy.id, confirmed_only=True):
        _move(vacancy, VacancyStatus.PUBLISHED, paused_by_standing=False)


def _move(vacancy: Vacancy, to: VacancyStatus, *, paused_by_standing: bool) -> None:
    states.move(vacancy, to, NEXT)
    vacancy.version += 1
    vacancy.paused_by_standing = paused_by_standing
    vacancies.tell_paused(vacancy)


def _each(conditions: tuple[ColumnElement[bool], ...], act: Callable[[Vacancy], None]) -> None:
    """Each row in a transaction of its own, asked again under its lock: safe to repeat and to run twice at once."""
    with transaction():
        ids: list[UUID] = list(db.session.scalars(select(Vacancy.id).where(*conditions)))
    for vacancy_id in ids:
        with transaction():
            row = select(Vacancy).where(Vacancy.id == vacancy_id, *conditions).with_for_update()
            vacancy = db.session.scalar(row)
            if vacancy is not None:
                act(vacancy)


periodic = (
    Periodic("vacancies.close_past", timedelta(minutes=15), close_past),
    Periodic("vacancies.follow_standing", timedelta(minutes=5), follow_standing),
)
