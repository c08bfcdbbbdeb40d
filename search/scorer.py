"""The one score, 0–100, by the formula of the design (Matching). Both engines and both directions use it.

The sums run in a fixed order over plain floats (not `sum`, whose rounding differs between Python versions), so that
the engines' column arithmetic gives the same number to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.documents import SKILL_LEVELS, AskedSkill, ProfileDocument, VacancyDocument, Vocabulary
from search.terms import WEIGHTS, Detail, Reason, Score, Term, TermKind

__all__ = ["WEIGHTS", "Detail", "Reason", "Scale", "Score", "Term", "TermKind", "score"]

NEIGHBOUR_CREDIT = 0.3
MINOR_GROUP_VALUE, SUB_MAJOR_GROUP_VALUE = 0.6, 0.3
NEAR_VALUE, FAR_VALUE = 0.7, 0.3


def score(profile: ProfileDocument, vacancy: VacancyDocument, vocabulary: Vocabulary) -> Score:
    return Scale(vacancy, vocabulary).score(profile)


class Scale:
    """One vacancy made ready to score many profiles."""

    def __init__(self, vacancy: VacancyDocument, vocabulary: Vocabulary) -> None:
        self._vacancy = vacancy
        self._essential = [_Demand(asked, vocabulary) for asked in vacancy.essential]
        self._optional = [_Demand(asked, vocabulary) for asked in vacancy.optional]
        self._wished = wished_languages(vacancy)

    def score(self, profile: ProfileDocument) -> Score:
        held = {skill.code: skill.level for skill in profile.skills}
        parts = (
            (TermKind.ESSENTIAL, tuple([demand.detail(held) for demand in self._essential])),
            (TermKind.OPTIONAL, tuple([demand.detail(held) for demand in self._optional])),
            (TermKind.OCCUPATION, (_occupation(profile, self._vacancy),) if profile.occupations else ()),
            (TermKind.LANGUAGES, tuple([_language(profile, code, asked) for code, asked in self._wished])),
            (TermKind.NEARNESS, (_nearness(profile, self._vacancy),)),
        )
        return _total({kind: details for kind, details in parts if details})


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
    """The best credit that the held skills give for one asked skill."""
    return _Demand(asked, vocabulary).detail(held)


class _Demand:
    """An asked skill with every answer it can get. A licence is held or not, and no neighbour stands in for it."""

    __slots__ = ("_asked", "_by_level", "_neighbours", "_weight")

    def __init__(self, asked: AskedSkill, vocabulary: Vocabulary) -> None:
        self._asked = asked
        self._weight = vocabulary.weight(asked.code)
        self._by_level = {level: self._exact(level) for level in (None, *range(1, SKILL_LEVELS + 1))}
        self._neighbours = () if asked.licence else _neighbours(asked.code, vocabulary)

    def detail(self, held: Mapping[str, int]) -> Detail:
        exact = self._by_level[held.get(self._asked.code)]
        if exact.credit >= NEIGHBOUR_CREDIT:
            return exact
        for code, reason in self._neighbours:
            if code in held:
                asked = self._asked
                return Detail(asked.code, NEIGHBOUR_CREDIT, reason, held[code], asked.level, code, self._weight)
        return exact

    def _exact(self, level: int | None) -> Detail:
        asked = self._asked
        if asked.licence:
            credit, reason = (0.0, Reason.MISSING) if level is None else (1.0, Reason.MET)
            return Detail(asked.code, credit, reason, weight=self._weight)
        if level is None:
            return Detail(asked.code, 0.0, Reason.MISSING, None, asked.level, None, self._weight)
        reason = Reason.MET if level >= asked.level else Reason.PARTLY_LEVEL
        return Detail(asked.code, level_credit(level, asked.level), reason, level, asked.level, None, self._weight)


def _neighbours(code: str, vocabulary: Vocabulary) -> tuple[tuple[str, Reason], ...]:
    """The skills one step away. A sibling is two steps away and gives nothing."""
    broader = vocabulary.broader.get(code)
    up = () if broader is None else ((broader, Reason.PARTLY_BROADER),)
    return (*up, *((narrower, Reason.PARTLY_NARROWER) for narrower in vocabulary.narrower(code)))


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


def _language(profile: ProfileDocument, code: str, asked: int) -> Detail:
    held = profile.languages.get(code)
    if held is None:
        return Detail(code, 0.0, Reason.MISSING, None, asked)
    reason = Reason.MET if held >= asked else Reason.PARTLY_LEVEL
    return Detail(code, language_credit(held, asked), reason, held, asked)


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
