"""How many people a card fits: over everyone active who could work there, whoever keeps their file (design: P3)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.candidates import services as candidates
from portal.candidates.values import Profile, Safety
from portal.core import clock
from portal.core.db import db
from portal.introductions import card as cards
from portal.introductions.card import COMMON_LANGUAGES, Asked, Card
from portal.matching import behind, documents
from portal.vacancies.models import FairnessFlag, FlagDecision, Vacancy
from portal.vacancies.rules import BY_CODE, Flag
from portal.vocabulary import services as vocabulary
from search.constraints import failures

FOREIGN_LANGUAGE = "foreign_language"
UNBLOCKED = Safety()  # blocks are asked of the database at once, for all


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


@dataclass(frozen=True)
class Choices:
    """Each card that could be shown of this person, with k: the people it fits, this one included."""

    profile: Profile
    options: list[tuple[Card, int]]


def choices(candidate_id: UUID, vacancy: Vacancy) -> Choices:
    asked, active = asked_of(vacancy), candidates.all_active()
    me = next((each for each in active if each.candidate_id == candidate_id), None) or candidates.profile(candidate_id)
    others = [each for each in active if each.candidate_id != candidate_id]
    mine = cards.card_of(me, asked)
    able = [cards.card_of(each, asked) for each in could_work(others, vacancy)]
    return Choices(me, cards.choices(mine, [mine, *able]))


def could_work(profiles: list[Profile], vacancy: Vacancy) -> list[Profile]:
    """Those within every constraint, matching consent or not: they too might be known to the company."""
    those = behind.of(vacancy)
    asked, today = documents.of_vacancy(vacancy, those), clock.today()
    first_day = max(asked.starts_on, today)
    able = [
        each
        for each in profiles
        if each.may_work_on(first_day) and not failures(documents.of_profile(each, UNBLOCKED), asked, today)
    ]
    blocked = candidates.blocked_among([each.candidate_id for each in able], those)
    return [each for each in able if each.candidate_id not in blocked]
