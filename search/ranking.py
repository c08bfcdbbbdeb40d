"""The order of matches: score, then who has waited longest, then a shuffle that no one can win by their code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from search.constraints import failures
from search.documents import ProfileDocument, VacancyDocument, Vocabulary
from search.scorer import Scale, score
from search.terms import Score

LIMIT = 50
STEPS_PER_POINT = 10_000  # scores closer than this are one score, so that waiting time decides
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Match:
    """`waiting_since` is the candidate's; in the other direction it is the day the vacancy was published."""

    code: str
    score: Score
    waiting_since: date


def candidates_among(
    profiles: Iterable[ProfileDocument],
    vacancy: VacancyDocument,
    vocabulary: Vocabulary,
    today: date,
    limit: int = LIMIT,
) -> tuple[Match, ...]:
    """Scores every profile that the constraints let pass. Exact, and what the engines are measured against."""
    scale = Scale(vacancy, vocabulary)
    matches = [
        Match(profile.code, scale.score(profile), profile.waiting_since)
        for profile in profiles
        if not failures(profile, vacancy, today)
    ]
    return in_order(matches, vacancy.code, limit)


def vacancies_for(
    profile: ProfileDocument,
    vacancies: Iterable[VacancyDocument],
    vocabulary: Vocabulary,
    today: date,
    limit: int = LIMIT,
) -> tuple[Match, ...]:
    """The other direction, by the same constraints and the same score."""
    matches = [
        Match(vacancy.code, score(profile, vacancy, vocabulary), vacancy.published_on)
        for vacancy in vacancies
        if not failures(profile, vacancy, today)
    ]
    matches.sort(key=lambda match: (*_rank(match), shuffle(profile.code, match.code), match.code))
    return tuple(matches[:limit])


def in_order(matches: Iterable[Match], vacancy_code: str, limit: int) -> tuple[Match, ...]:
    def place(match: Match) -> tuple[int, date, int, str]:
        return (*_rank(match), shuffle(match.code, vacancy_code), match.code)

    return tuple(sorted(matches, key=place)[:limit])


def steps(total: float) -> int:
    """The score as it counts for the order. The engines' columns do the same arithmetic."""
    return int(total * STEPS_PER_POINT + 0.5)


def _rank(match: Match) -> tuple[int, date]:
    return -steps(match.score.total), match.waiting_since


def shuffle(profile_code: str, vacancy_code: str) -> int:
    """A place that is the same for the pair on every machine and unrelated between vacancies."""
    return mix(fold(profile_code) ^ seed(vacancy_code))


def fold(profile_code: str) -> int:
    number = int(profile_code, 16)
    return (number >> 64) ^ (number & _MASK)


@lru_cache(maxsize=4096)
def seed(vacancy_code: str) -> int:
    return int.from_bytes(blake2b(vacancy_code.encode(), digest_size=8).digest(), "big")


def mix(number: int) -> int:
    """The finaliser of splitmix64: plain 64-bit steps, which the embedded engine repeats on whole columns."""
    number = (number + 0x9E3779B97F4A7C15) & _MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & _MASK
    return number ^ (number >> 31)
