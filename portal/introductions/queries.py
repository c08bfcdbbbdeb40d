"""Finding introductions. Who may see one stands in the query; a stranger's id is not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, false, func, or_, select

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.companies.models import Company
from portal.core import clock
from portal.core.access import Role, Viewer
from portal.core.db import db
from portal.core.errors import NotFound
from portal.introductions import company_view
from portal.introductions.company_view import View
from portal.introductions.models import NEXT, CardReader, Introduction, IntroductionStatus
from portal.vacancies.models import Vacancy

S = IntroductionStatus
LIVE = frozenset(status for status, following in NEXT.items() if following)


@dataclass(frozen=True)
class Entry:
    """An introduction in a list, with the words it is known by."""

    introduction: Introduction
    vacancy_title: str
    company_name: str

    @property
    def view(self) -> View:
        return view_of(self.introduction)


def view_of(introduction: Introduction, now: datetime | None = None) -> View:
    return company_view.see(company_view.instants_of(introduction), now or clock.now())


def loaded(query: Select[Introduction], lock: bool) -> Introduction | None:
    return db.session.scalar(query.with_for_update() if lock else query)


# --- staff --------------------------------------------------------------------


def get(introduction_id: UUID, viewer: Viewer, *, lock: bool = False) -> Introduction:
    """The officer who keeps the candidate's file (or a deputy today). Raises `NotFound`."""
    row = loaded(select(Introduction).where(Introduction.id == introduction_id), lock)
    if row is None or not candidates.is_kept_by(row.candidate_id, viewer):
        raise NotFound
    return row


def get_from_outside(introduction_id: UUID, viewer: Viewer, *, lock: bool = False) -> Introduction:
    """For whoever may know the card, but neither the person nor the caseload: a liaison, or a second officer.

    A liaison sees what was offered to companies; an officer only what waits for a second person in their programmes.
    """
    query = select(Introduction).where(Introduction.id == introduction_id)
    if viewer.role == Role.LIAISON:
        query = query.where(Introduction.offered_at.is_not(None))
    elif viewer.role == Role.OFFICER:
        query = query.where(Introduction.status == S.CONSENTED)
    else:
        query = query.where(false())
    row = loaded(within_programmes(query, viewer), lock)
    if row is None:
        raise NotFound
    return row


def get_to_release(introduction_id: UUID, viewer: Viewer, *, lock: bool = False) -> Introduction:
    """What waits for a second person, whoever keeps the file; the verb says who may be that person."""
    query = select(Introduction).where(Introduction.id == introduction_id, Introduction.status == S.CONSENTED)
    row = loaded(within_programmes(query, viewer), lock)
    if row is None:
        raise NotFound
    return row


def within_programmes(query: Select[Introduction], viewer: Viewer) -> Select[Introduction]:
    """An officer works in their programmes only; a liaison in none, and releases for any (design: Roles)."""
    if viewer.role != Role.OFFICER:
        return query
    return query.where(Introduction.candidate_id.in_(candidates.within_programmes(viewer)))


def following(introduction: Introduction) -> frozenset[IntroductionStatus]:
    return NEXT[S(introduction.status)]


def companies_seen(viewer: Viewer) -> list[tuple[UUID, str]]:
    """For the filter: the companies of the introductions this person may see."""
    seen = visible_to(viewer).with_only_columns(Introduction.company_id)
    rows = db.session.execute(select(Company.id, Company.name).where(Company.id.in_(seen)).order_by(Company.sort_key))
    return [(company_id, name) for company_id, name in rows]


def visible_to(viewer: Viewer) -> Select[Introduction]:
    """An officer's own candidates'; for a liaison whatever was offered to a company."""
    if viewer.role == Role.LIAISON:
        return select(Introduction).where(Introduction.offered_at.is_not(None))
    if viewer.role != Role.OFFICER:
        return select(Introduction).where(false())
    mine = [each.candidate_id for each in candidates.of_officer(viewer)]
    return select(Introduction).where(Introduction.candidate_id.in_(mine))


def filtered(query: Select[Introduction], *, status: str, company_id: UUID | None) -> Select[Introduction]:
    """`status` is a state, "live" or "" for all."""
    if status == "live":
        query = query.where(Introduction.status.in_(LIVE))
    elif status:
        query = query.where(Introduction.status == status)
    return query.where(Introduction.company_id == company_id) if company_id else query


def entries(rows: Sequence[Introduction]) -> list[Entry]:
    """With the vacancies' and companies' names, in one statement."""
    wanted = {row.vacancy_id for row in rows}
    found = db.session.execute(
        select(Vacancy.id, Vacancy.title, Company.name)
        .join(Company, Company.id == Vacancy.company_id)
        .where(Vacancy.id.in_(wanted))
    )
    names = {vacancy_id: (title, name) for vacancy_id, title, name in found}
    return [Entry(row, *names[row.vacancy_id]) for row in rows]


def case_number_of(introduction: Introduction) -> str:
    """For the officer who keeps the file, who must see at once whose introduction it is."""
    return candidates.profile(introduction.candidate_id).case_number


def live_between(candidate_id: UUID, vacancy_id: UUID) -> Introduction | None:
    return db.session.scalar(
        select(Introduction).where(
            Introduction.candidate_id == candidate_id,
            Introduction.vacancy_id == vacancy_id,
            Introduction.status.in_(LIVE),
        )
    )


def of_candidate(candidate_id: UUID) -> list[Introduction]:
    query = select(Introduction).where(Introduction.candidate_id == candidate_id)
    return list(db.session.scalars(query.order_by(Introduction.drafted_at, Introduction.id)))


def awaiting_second_person(viewer: Viewer) -> list[Introduction]:
    """What this person may release: they took no part in it, and an officer works in the candidate's programme."""
    query = select(Introduction).where(
        Introduction.status == S.CONSENTED,
        Introduction.answer_date > clock.now(),
        Introduction.drafted_by_id != viewer.id,
    )
    query = within_programmes(query, viewer).order_by(Introduction.answer_date, Introduction.id)
    return [row for row in db.session.scalars(query) if str(viewer.id) not in row.took_part_ids]


def next_number(year: int) -> str:
    """2026-0118: for staff, in the order of drafting."""
    last = db.session.scalar(select(func.max(Introduction.number)).where(Introduction.number.like(f"{year}-%")))
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"


@dataclass(frozen=True)
class People:
    """Who reads the card, and the names of everyone else in the story."""

    readers: list[Account]
    names: dict[UUID, str]


def people_of(introduction: Introduction) -> People:
    """In one statement; for the officer who keeps the candidate."""
    acted = (introduction.drafted_by_id, introduction.suggested_by_id, introduction.answered_by_id,
             introduction.released_by_id)  # fmt: skip
    reads = and_(CardReader.account_id == Account.id, CardReader.introduction_id == introduction.id)
    found = db.session.execute(
        select(Account, CardReader.id)
        .outerjoin(CardReader, reads)
        .where(or_(CardReader.id.is_not(None), Account.id.in_([each for each in acted if each])))
        .order_by(Account.sort_key, Account.id)
    ).all()
    return People(
        [account for account, reader in found if reader is not None],
        {account.id: account.display_name for account, _reader in found},
    )
