"""Introductions for tests, led by the real verbs. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from portal.accounts.models import Account
from portal.companies.models import Company
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db
from portal.introductions import drafting, meetings, offers, releases
from portal.introductions.card import Coarseness
from portal.introductions.drafting import Answer
from portal.introductions.meetings import Meeting
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from portal.introductions.releases import Fields
from portal.vacancies.models import Vacancy
from tests.factories import candidates, standing, vacancies
from tests.factories.accounts import account

FITTING: dict[str, Any] = {
    "skills": {"cleaning_premises": 3, "vacuuming_mopping": 2},
    "languages": {"fi": 3, "en": 1},
    "municipality": "091",
    "bands": ("weekday_day",),
    "hours_min": 20,
    "hours_max": 40,
}
"""A profile that may do the work of `vacancies.COMPLETE`."""


@dataclass
class World:
    """One vacancy of a responsible employer, the people around it, and a candidate who may do the work."""

    liaison: Account
    officer: Account
    other_officer: Account
    company: Company
    owner: Account
    reader: Account
    vacancy: Vacancy
    candidate_id: UUID


def world(**overrides: Any) -> World:
    """Keyword arguments: `candidate` and `vacancy` change the two; both recipients are confirmed."""
    liaison = account(Role.LIAISON)
    db.session.flush()
    programme = candidates.programme()
    officer, other = candidates.officer(programme), candidates.officer(programme)
    company, owner = standing.responsible_company(liaison)
    reader = account(Role.RECRUITER, company_id=company.id)
    db.session.flush()
    vacancy = vacancies.vacancy(company, owner, recipients=(owner, reader), **overrides.get("vacancy", {}))
    vacancies.accept_all(vacancy, liaison)
    changes = overrides.get("candidate", {})
    candidate_id = candidates.candidate(
        officer, programme, **{**changes, "profile": FITTING | changes.get("profile", {})}
    )
    db.session.flush()
    return World(liaison, officer, other, company, owner, reader, vacancy, candidate_id)


def yes(**overrides: Any) -> Answer:
    values: dict[str, Any] = {
        "answer": "given", "how": "paper", "language": "en", "interpreter": False,
        "until": clock.today() + timedelta(days=50),
    }  # fmt: skip
    return Answer(**(values | overrides))


def no() -> Answer:
    return yes(answer="refused")


ROAD = (S.DRAFTED, S.ASKED, S.OFFERED, S.ACCEPTED, S.CONSENTED, S.RELEASED, S.MET)


def introduction(of: World, status: S = S.DRAFTED, **overrides: Any) -> Introduction:
    """Led to this state along the shortest road. `candidate_id`, `vacancy` and `coarseness` may differ."""
    row = drafting.draft(
        overrides.get("candidate_id", of.candidate_id), overrides.get("vacancy", of.vacancy), of.officer
    )
    for step in ROAD[1 : ROAD.index(status) + 1]:
        lead(of, row, step, **overrides)
        db.session.flush()
    return row


def lead(of: World, row: Introduction, to: S, **overrides: Any) -> None:
    """One step along the road."""
    if to == S.ASKED:
        drafting.ask(row, overrides.get("coarseness", Coarseness.EXACT), of.officer)
    elif to == S.OFFERED:
        agree(of, row)
        offers.offer(row, of.officer)
    elif to == S.ACCEPTED:
        offers.accept(row, "Monday or Tuesday at 10, at the office", of.owner)
    elif to == S.CONSENTED:
        releases.record_release_answer(row, yes(), overrides.get("fields") or all_fields(of), of.officer)
    elif to == S.RELEASED:
        releases.release(row, of.liaison)
    elif to == S.MET:
        agree_on_meeting(of, row)
        meetings.record_met(row, of.officer)


def agree(of: World, row: Introduction) -> None:
    drafting.record_card_answer(row, yes(), aloud=True, by=of.officer)


def all_fields(of: World, **overrides: Any) -> Fields:
    values: dict[str, Any] = {
        "recipients": frozenset({of.owner.id, of.reader.id}), "name": "legal", "route": "phone", "may_work": True,
    }  # fmt: skip
    return Fields(**(values | overrides))


def agree_on_meeting(of: World, row: Introduction) -> None:
    meetings.agree(row, Meeting(clock.now() + timedelta(days=2), "Esimerkkikatu 1", "the case officer", ""), of.officer)
