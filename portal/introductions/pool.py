"""How many people a card fits: over everyone active who could work there, whoever keeps their file (design: P3)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.candidates import services as candidates
from portal.candidates.values import Profile
from portal.companies.models import Company
from portal.core import clock
from portal.core.db import db
from portal.introductions import card as cards
from portal.introductions.card import COMMON_LANGUAGES, Asked, Card
from portal.matching import documents
from portal.vacancies.models import FairnessFlag, FlagDecision, Vacancy
from portal.vacancies.rules import BY_CODE, Flag
from portal.vocabulary import services as vocabulary
from search.constraints import failures

FOREIGN_LANGUAGE = "foreign_language"


def asked_of(vacancy: Vacancy) -> Asked:
    """What the vacancy asked for, as far as a card may answer it."""
    skills = [each["code"] for each in (*vacancy.essential_skills, *vacancy.optional_skills)]
    return cards.asked_of(
        vacancy.essential_skills,
        vacancy.optional_skills,
        vacancy.languages,
        vacancy.bands,
        justified=justified_languages(vacancy),
        licences=[code for code in skills if vocabulary.is_licence(code)],
    )


def justified_languages(vacancy: Vacancy) -> frozenset[str]:
    """Beside fi, sv and en: those that a liaison accepted, with a reason, as they stand in the vacancy today."""
    foreign = sorted({each["code"] for each in vacancy.languages} - COMMON_LANGUAGES)
    if not foreign:
        return frozenset()
    flag = Flag(BY_CODE[FOREIGN_LANGUAGE], {"languages": tuple(foreign)})
    accepted = select(FairnessFlag.id).where(
        FairnessFlag.vacancy_id == vacancy.id,
        FairnessFlag.rule == FOREIGN_LANGUAGE,
        FairnessFlag.fingerprint == flag.fingerprint,
        FairnessFlag.decision == FlagDecision.ACCEPTED,
    )
    return frozenset(foreign) if db.session.scalar(accepted) else frozenset()


def exact_card(candidate_id: UUID, vacancy: Vacancy) -> Card:
    return cards.card_of(candidates.profile(candidate_id), asked_of(vacancy))


def choices(candidate_id: UUID, vacancy: Vacancy, company: Company) -> list[tuple[Card, int]]:
    """Each card that could be shown, with k: the people it fits, this one included."""
    asked = asked_of(vacancy)
    mine = cards.card_of(candidates.profile(candidate_id), asked)
    able = [each for each in could_work(vacancy, company) if each.candidate_id != candidate_id]
    return cards.choices(mine, [mine, *(cards.card_of(each, asked) for each in able)])


def could_work(vacancy: Vacancy, company: Company) -> list[Profile]:
    """The active candidates within the constraints, matching consent or not: they might be known to the company."""
    active, today = candidates.all_active(), clock.today()
    opened, asked = candidates.safeties([each.candidate_id for each in active]), documents.of_vacancy(vacancy, company)
    first_day = max(asked.starts_on, today)
    able = [
        each
        for each in active
        if each.candidate_id in opened
        and each.may_work_on(first_day)
        and not failures(documents.of_profile(each, opened[each.candidate_id]), asked, today)
    ]
    blocked = candidates.blocked_among([each.candidate_id for each in able], company)
    return [each for each in able if each.candidate_id not in blocked]
