"""The one score, 0–100, by the formula of the design (Matching). Both engines and both directions use it.

The sums run in a fixed order over plain floats (not `sum`, whose rounding differs between Python versions), so that
the engines' column arithmetic gives the same number to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from search.documents import AskedSkill, ProfileDocument, VacancyDocument, Vocabulary

NEIGHBOUR_CREDIT = 0.3
MINOR_GROUP_VALUE, SUB_MAJOR_GROUP_VALUE = 0.6, 0.3
NEAR_VALUE, FAR_VALUE = 0.7, 0.3


class TermKind(StrEnum):
    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    OCCUPATION = "occupation"
    LANGUAGES = "languages"
    NEARNESS = "nearness"


WEIGHTS = {
    TermKind.ESSENTIAL: 60,
    TermKind.OPTIONAL: 15,
    TermKind.OCCUPATION: 15,
    TermKind.LANGUAGES: 5,
    TermKind.NEARNESS: 5,
}


class Reason(StrEnum):
    MET = "met"
    PARTLY_LEVEL = "partly_level"
    PARTLY_BROADER = "partly_broader"
    PARTLY_NARROWER = "partly_narrower"
    SAME_MINOR_GROUP = "same_minor_group"
    SAME_SUB_MAJOR_GROUP = "same_sub_major_group"
    SAME_MUNICIPALITY = "same_municipality"
    SAME_REGION = "same_region"
    NAMED_BY_CANDIDATE = "named_by_candidate"
    FURTHER_AWAY = "further_away"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of a term. `via` is the neighbour that gave the credit; `weight` is its share within the term."""

    code: str
    credit: float
    reason: Reason
    held: int | None = None
    asked: int | None = None
    via: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """`value` is 0…1, `weight` counts against the other parts present, `points` are of the 100."""

    kind: TermKind
    weight: int
    value: float
    points: float
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Only the parts that are present have a term; nearness always is, so the total is always defined."""

    total: float
    terms: tuple[Term, ...]


def score(profile: ProfileDocument, vacancy: VacancyDocument, vocabulary: Vocabulary) -> Score:
    held = {skill.code: skill.level for skill in profile.skills}
    parts = {
        TermKind.ESSENTIAL: _skills(vacancy.essential, held, vocabulary),
        TermKind.OPTIONAL: _skills(vacancy.optional, held, vocabulary),
        TermKind.OCCUPATION: (_occupation(profile, vacancy),) if profile.occupations else (),
        TermKind.LANGUAGES: _languages(profile, vacancy),
        TermKind.NEARNESS: (_nearness(profile, vacancy),),
    }
    return _total({kind: details for kind, details in parts.items() if details})


def ceiling_without_skills(vacancy: VacancyDocument) -> float:
    """The most that a profile can reach which holds no asked skill and no neighbour of one."""
    whole = WEIGHTS[TermKind.OCCUPATION] + WEIGHTS[TermKind.NEARNESS]
    if wished_languages(vacancy):
        whole += WEIGHTS[TermKind.LANGUAGES]
    missed = (WEIGHTS[TermKind.ESSENTIAL] if vacancy.essential else 0) + (
        WEIGHTS[TermKind.OPTIONAL] if vacancy.optional else 0
    )
    return 100 * whole / (whole + missed)


def level_credit(held: int, asked: int) -> float:
    """A skill that is held, against the level asked."""
    return 1.0 if held >= asked else 0.3 + 0.4 * held / asked


def language_credit(held: int, asked: int) -> float:
    return min(1.0, held / asked)


def wished_languages(vacancy: VacancyDocument) -> list[tuple[str, int]]:
    """The languages that only add to the score. A must is a constraint: all who pass it hold it, so it ranks nobody,
    and when every language is a must the part is absent instead of a gift to everybody."""
    return [(asked.code, asked.level) for asked in vacancy.languages if not asked.must]


def skill_detail(asked: AskedSkill, held: Mapping[str, int], vocabulary: Vocabulary) -> Detail:
    """The best credit that the held skills give for one asked skill. A licence is held or not."""
    weight = vocabulary.weight(asked.code)
    level = held.get(asked.code)
    if asked.licence:
        return _detail(
            asked.code, 0.0 if level is None else 1.0, Reason.MISSING if level is None else Reason.MET, weight
        )
    credit = 0.0 if level is None else level_credit(level, asked.level)
    if credit < NEIGHBOUR_CREDIT:
        neighbour, reason = _neighbour(asked.code, held, vocabulary)
        if neighbour is not None:
            return _detail(asked.code, NEIGHBOUR_CREDIT, reason, weight, held[neighbour], asked.level, neighbour)
    reason = Reason.MISSING if level is None else Reason.MET if level >= asked.level else Reason.PARTLY_LEVEL
    return _detail(asked.code, credit, reason, weight, level, asked.level)


def _neighbour(code: str, held: Mapping[str, int], vocabulary: Vocabulary) -> tuple[str | None, Reason]:
    """A held skill one step away. A sibling is two steps away and gives nothing."""
    broader = vocabulary.broader.get(code)
    if broader in held:
        return broader, Reason.PARTLY_BROADER
    for narrower in vocabulary.narrower(code):
        if narrower in held:
            return narrower, Reason.PARTLY_NARROWER
    return None, Reason.MISSING


@lru_cache(maxsize=20_000)
def _detail(  # noqa: PLR0917 - a cache is asked fastest by position
    code: str,
    credit: float,
    reason: Reason,
    weight: float,
    held: int | None = None,
    asked: int | None = None,
    via: str | None = None,
) -> Detail:
    """The few details that a vacancy can have, shared between its candidates."""
    return Detail(code, credit, reason, held, asked, via, weight)


def _skills(asked: tuple[AskedSkill, ...], held: Mapping[str, int], vocabulary: Vocabulary) -> tuple[Detail, ...]:
    return tuple(skill_detail(skill, held, vocabulary) for skill in asked)


def _occupation(profile: ProfileDocument, vacancy: VacancyDocument) -> Detail:
    options = [Detail(vacancy.occupation, 0.0, Reason.MISSING)]
    for wish in profile.occupations:
        if wish.code == vacancy.occupation:
            options.append(Detail(vacancy.occupation, 1.0, Reason.MET, via=wish.code))
        elif wish.isco[:3] == vacancy.isco[:3]:
            options.append(Detail(vacancy.occupation, MINOR_GROUP_VALUE, Reason.SAME_MINOR_GROUP, via=wish.code))
        elif wish.isco[:2] == vacancy.isco[:2]:
            options.append(
                Detail(vacancy.occupation, SUB_MAJOR_GROUP_VALUE, Reason.SAME_SUB_MAJOR_GROUP, via=wish.code)
            )
    return max(options, key=lambda option: option.credit)


def _languages(profile: ProfileDocument, vacancy: VacancyDocument) -> tuple[Detail, ...]:
    details = []
    for code, asked in wished_languages(vacancy):
        held = profile.languages.get(code)
        credit = 0.0 if held is None else language_credit(held, asked)
        reason = Reason.MISSING if held is None else Reason.MET if held >= asked else Reason.PARTLY_LEVEL
        details.append(Detail(code, credit, reason, held, asked))
    return tuple(details)


def _nearness(profile: ProfileDocument, vacancy: VacancyDocument) -> Detail:
    place = vacancy.municipality
    if profile.municipality == place:
        return Detail(place, 1.0, Reason.SAME_MUNICIPALITY)
    if profile.region == vacancy.region:
        return Detail(place, NEAR_VALUE, Reason.SAME_REGION)
    if place in profile.reach_municipalities or vacancy.region in profile.reach_regions:
        return Detail(place, NEAR_VALUE, Reason.NAMED_BY_CANDIDATE)
    return Detail(place, FAR_VALUE, Reason.FURTHER_AWAY)


def _total(parts: Mapping[TermKind, tuple[Detail, ...]]) -> Score:
    whole = sum(WEIGHTS[kind] for kind in parts)
    reached = 0.0
    terms = []
    for kind, details in parts.items():
        value = _weighted_mean(details)
        reached += WEIGHTS[kind] * value
        terms.append(Term(kind, WEIGHTS[kind], value, 100 * WEIGHTS[kind] * value / whole, details))
    return Score(100 * reached / whole, tuple(terms))


def _weighted_mean(details: tuple[Detail, ...]) -> float:
    reached = whole = 0.0
    for detail in details:
        reached += detail.weight * detail.credit
        whole += detail.weight
    return reached / whole
