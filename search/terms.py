"""What a score is made of. The portal turns the kinds and reasons into words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
