"""Which pages are shot, and as whom: people of the demonstration, and things found by what they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.accounts.models import Account
from portal.candidates.models import Candidate, CandidateStatus
from portal.companies.models import Company
from portal.core.db import db
from portal.introductions.models import Introduction, IntroductionStatus
from portal.programmes.models import Programme
from portal.vacancies.models import FairnessFlag, Vacancy, VacancyStatus
from seeds.demo import cast

Arguments = dict[str, Any]


def nothing() -> Arguments:
    return {}


def company(name: str) -> Callable[[], Arguments]:
    return lambda: {"company_id": db.session.scalars(select(Company.id).where(Company.name == name)).one()}


def vacancy(title: str) -> Callable[[], Arguments]:
    query = select(Vacancy.id).where(Vacancy.title == title, Vacancy.status != VacancyStatus.DRAFT)
    return lambda: {"vacancy_id": db.session.scalars(query).first()}


def vacancy_with_points() -> Arguments:
    """The one that waits to be read and has fairness points."""
    query = select(Vacancy.id).join(FairnessFlag, FairnessFlag.vacancy_id == Vacancy.id)
    return {"vacancy_id": db.session.scalars(query.where(Vacancy.status == VacancyStatus.SUBMITTED)).first()}


def introduction(status: IntroductionStatus) -> Callable[[], Arguments]:
    query = select(Introduction.id).where(Introduction.status == status).order_by(Introduction.number)
    return lambda: {"introduction_id": db.session.scalars(query).first()}


def candidate() -> Arguments:
    """Of Elina's, the one who has waited longest."""
    mine = select(Candidate.id).join(Account, Account.id == Candidate.officer_id).where(Account.email == cast.ELINA)
    waiting = mine.where(Candidate.status == CandidateStatus.ACTIVE).order_by(Candidate.waiting_since, Candidate.id)
    return {"candidate_id": db.session.scalars(waiting).first()}


def programme(code: str) -> Callable[[], Arguments]:
    return lambda: {"programme_id": db.session.scalars(select(Programme.id).where(Programme.code == code)).one()}


@dataclass(frozen=True)
class Shot:
    """One picture in each language; `at` is the id of what is scrolled to the top of it."""

    name: str
    email: str
    endpoint: str
    arguments: Callable[[], Arguments] = nothing
    at: str = ""


MANAGER = "reijo@reilu.example"
SHOTS = (
    Shot("company-start", cast.AINO, "home.start"),
    Shot("company-vacancy", cast.AINO, "vacancies.own_show", vacancy("Siivooja, aamuvuorot"), "main"),
    Shot("company-card", cast.HELMI, "introductions.card", introduction(IntroductionStatus.OFFERED), "main"),
    Shot("liaison-start", cast.MARJA, "home.start"),
    Shot("liaison-company", cast.MARJA, "companies.show", company("Harmaahauki Logistiikka Oy"), "evidence"),
    Shot("liaison-vacancy", cast.MARJA, "vacancies.decide", vacancy_with_points, "main"),
    Shot("officer-candidate", cast.ELINA, "candidates.show", candidate, "main"),
    Shot("officer-matches", cast.ELINA, "matching.for_vacancy", vacancy("Siivooja, aamuvuorot"), "main"),
    Shot("officer-sheet", cast.ELINA, "introductions.sheet", introduction(IntroductionStatus.ASKED), "main"),
    Shot("manager-programme", MANAGER, "programmes.show", programme("S21958"), "plan"),
    Shot("administrator-start", cast.ADMINISTRATOR, "home.start"),
)
