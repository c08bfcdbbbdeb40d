"""Programmes as other features use them: which there are, and who works in which."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from portal.accounts.models import Account, AccountStatus
from portal.core import audit
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.programmes.models import Programme, ProgrammeOfficer


def get(programme_id: UUID) -> Programme:
    """Raises `NotFound`."""
    programme = db.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound
    return programme


def find(code: str) -> Programme | None:
    return db.session.scalar(select(Programme).where(Programme.code == code))


def all_programmes() -> list[Programme]:
    return list(db.session.scalars(select(Programme).order_by(Programme.starts_on, Programme.code)))


def ids_of_officer(account_id: UUID) -> Select[Any]:
    """As a part of another query: the ids of the programmes in which this officer works."""
    return select(ProgrammeOfficer.programme_id).where(ProgrammeOfficer.account_id == account_id)


def of_officer(account_id: UUID) -> list[Programme]:
    """The programmes in which this officer works."""
    query = select(Programme).join(ProgrammeOfficer, ProgrammeOfficer.programme_id == Programme.id)
    query = query.where(ProgrammeOfficer.account_id == account_id).order_by(Programme.starts_on, Programme.code)
    return list(db.session.scalars(query))


def officers_of(programme_id: UUID) -> list[Account]:
    """The active officers of a programme, by name."""
    query = select(Account).join(ProgrammeOfficer, ProgrammeOfficer.account_id == Account.id)
    query = query.where(
        ProgrammeOfficer.programme_id == programme_id,
        Account.role == Role.OFFICER,
        Account.status == AccountStatus.ACTIVE,
    )
    return list(db.session.scalars(query.order_by(Account.sort_key, Account.id)))


def add_officer(programme_id: UUID, officer: Account) -> None:
    """From now on the officer may keep candidates of this programme; adding twice does nothing."""
    if officer.role != Role.OFFICER:
        raise RuleBroken(N_("Only a case officer works in a programme. Choose a case officer."), field="officer")
    same = (ProgrammeOfficer.programme_id == programme_id, ProgrammeOfficer.account_id == officer.id)
    if db.session.scalar(select(ProgrammeOfficer.id).where(*same)) is None:
        db.session.add(ProgrammeOfficer(programme_id=programme_id, account_id=officer.id))
        audit.record("programme.officer_added", "programme", programme_id, facts={"officer": officer.id})


def keep(
    code: str,
    *,
    names: tuple[str, str, str],
    starts_on: date,
    ends_on: date | None,
    facts: dict[str, Any],
    invented: bool,
) -> Programme:
    """Make it, or bring it to what is said here. `names` in Finnish, Swedish, English; `facts` sourced figures only."""
    programme = find(code)
    if programme is None:
        programme = Programme(code=code)
        db.session.add(programme)
        audit.record("programme.made", "programme", programme.id)
    programme.name_fi, programme.name_sv, programme.name_en = names
    programme.starts_on, programme.ends_on = starts_on, ends_on
    programme.facts, programme.invented = facts, invented
    db.session.flush()
    return programme
