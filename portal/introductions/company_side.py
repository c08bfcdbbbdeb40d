"""The company's side of introductions: who reads a card, and which cards a reader finds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.accounts.models import Account, AccountStatus
from portal.core import clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import NotFound
from portal.introductions.company_view import Seen
from portal.introductions.models import CardReader, Introduction
from portal.introductions.queries import loaded, view_of
from portal.vacancies import services as vacancies
from portal.vacancies.models import Recipient


def open_cards(vacancy_id: UUID) -> int:
    """How many the company still sees as open, whatever became of them behind it."""
    now = clock.now()
    query = select(Introduction).where(Introduction.vacancy_id == vacancy_id, _may_be_open(now))
    return sum(view_of(row, now).is_open for row in db.session.scalars(query))


def may_wait() -> ColumnElement[bool]:
    """SQL: leaves out the cards that wait for nothing of the company's; the view decides about the rest."""
    return and_(
        or_(Introduction.answered_at.is_(None), Introduction.released_at.is_not(None)),
        Introduction.deletion_confirmed_at.is_(None),
    )


def _may_be_open(now: datetime) -> ColumnElement[bool]:
    """Leaves out what is over for certain; the view decides about the rest."""
    return and_(
        Introduction.offered_at.is_not(None),
        or_(Introduction.answer_by > now, Introduction.answer_date > now),
    )


def rows_of(introduction_id: UUID) -> list[CardReader]:
    query = select(CardReader).where(CardReader.introduction_id == introduction_id)
    return list(db.session.scalars(query))


def reader_ids(introduction_id: UUID, *, released: bool = False) -> set[UUID]:
    """Who reads the card; with `released` who reads the released fields."""
    return {each.account_id for each in rows_of(introduction_id) if each.released or not released}


def reader_accounts(introduction_id: UUID, *, released: bool = False) -> list[Account]:
    """By name; also those who have left the company since."""
    query = (
        select(Account)
        .join(CardReader, CardReader.account_id == Account.id)
        .where(CardReader.introduction_id == introduction_id)
        .order_by(Account.sort_key, Account.id)
    )
    return list(db.session.scalars(query.where(CardReader.released) if released else query))


def recipients_today(introduction: Introduction) -> list[Account]:
    """Those the release names whom a liaison confirms today: one who was taken out reads no details any more."""
    query = (
        select(Account)
        .join(CardReader, CardReader.account_id == Account.id)
        .join(Recipient, Recipient.account_id == Account.id)
        .where(CardReader.introduction_id == introduction.id, CardReader.released)
        .where(Recipient.vacancy_id == introduction.vacancy_id, vacancies.is_confirmed())
        .where(Account.status == AccountStatus.ACTIVE, Account.company_id == introduction.company_id)
        .order_by(Account.sort_key, Account.id)
    )
    return list(db.session.scalars(query))


def reader_names(introduction_id: UUID, *, released: bool = False) -> dict[UUID, str]:
    """The names they go by today."""
    return {each.id: each.display_name for each in reader_accounts(introduction_id, released=released)}


def read_by(viewer: Viewer) -> Select[Introduction]:
    """The cards this member was named for, at the company they belong to, from the offer on, while a liaison's
    confirmation holds: behind a name or an address that changed since, somebody else may sit (design: P5).
    """
    confirmed = (
        select(Recipient.id)
        .join(Account, Account.id == Recipient.account_id)
        .where(Recipient.vacancy_id == Introduction.vacancy_id, Recipient.account_id == viewer.id)
        .where(vacancies.is_confirmed())
        .correlate(Introduction)
    )
    return (
        select(Introduction)
        .where(confirmed.exists())
        .join(CardReader, CardReader.introduction_id == Introduction.id)
        .where(CardReader.account_id == viewer.id, Introduction.company_id == viewer.company_id)
        .where(Introduction.offered_at <= clock.now())
    )


def get_as_reader(introduction_id: UUID, viewer: Viewer, *, lock: bool = False) -> Introduction:
    """Raises `NotFound` for whoever is not among the named recipients, another member of the company too."""
    row = loaded(read_by(viewer).where(Introduction.id == introduction_id), lock)
    if row is None or view_of(row).seen == Seen.ABSENT:
        raise NotFound
    return row


def latest_read_by(viewer: Viewer, after_code: str, length: int) -> list[Introduction]:
    """Newest offer first, from the card `after_code` on. The code is the only name of a card that a company knows."""
    query = read_by(viewer)
    if after_code:
        last = db.session.execute(
            read_by(viewer)
            .where(Introduction.card_code == after_code)
            .with_only_columns(Introduction.offered_at, Introduction.id)
        ).one_or_none()
        if last is None:
            raise NotFound
        earlier = and_(Introduction.offered_at == last.offered_at, Introduction.id < last.id)
        query = query.where(or_(Introduction.offered_at < last.offered_at, earlier))
    query = query.order_by(Introduction.offered_at.desc(), Introduction.id.desc()).limit(length)
    return list(db.session.scalars(query))
