"""The card: what one vacancy may hear of one person, and how many people it fits. Pure (design: P2, P3).

Lines are dictionary codes only. Each coarser card is a function of the finer one, so the people it fits can only
become more; and a card says how coarse it is, so that silence about the rest tells nothing new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any, Protocol

FEW = 5
"""Below this many people the officer says aloud that somebody who knows the candidate may recognise them."""

COMMON_LANGUAGES = frozenset({"fi", "sv", "en"})
BAND_ORDER = ("weekday_day", "weekday_evening", "night", "weekend")


class Coarseness(StrEnum):
    EXACT = "exact"
    WITHOUT_HOURS = "without_hours"
    ONE_SKILL = "one_skill"
    ANY_SKILL = "any_skill"


class Holder(Protocol):
    """What of a profile a card may look at. Place, dates and the person are not among it."""

    @property
    def skills(self) -> Mapping[str, int]: ...
    @property
    def languages(self) -> Mapping[str, int]: ...
    @property
    def bands(self) -> Collection[str]: ...


@dataclass(frozen=True)
class Asked:
    """What the vacancy asked for. A licence is held or not; its level says nothing."""

    skills: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    bands: frozenset[str]
    licences: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LanguageLine:
    code: str
    level: int
    met: bool


@dataclass(frozen=True)
class Card:
    """`skills` names the asked skills that are met (all, or the first). `asked_skill`: at least one is met."""

    coarseness: Coarseness
    skills: tuple[str, ...]
    asked_skill: bool | None
    languages: tuple[LanguageLine, ...]
    bands: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "coarseness": str(self.coarseness)}

    @property
    def digest(self) -> str:
        """Names this exact card in the record of a consent, without repeating it."""
        return sha256(dumps(self.as_json(), sort_keys=True).encode()).hexdigest()[:24]


def from_json(values: Mapping[str, Any]) -> Card:
    return Card(
        coarseness=Coarseness(values["coarseness"]),
        skills=tuple(values["skills"]),
        asked_skill=values["asked_skill"],
        languages=tuple(LanguageLine(**line) for line in values["languages"]),
        bands=tuple(values["bands"]),
    )


def asked_of(
    essential: Sequence[Mapping[str, Any]],
    optional: Sequence[Mapping[str, Any]],
    languages: Sequence[Mapping[str, Any]],
    bands: Iterable[str],
    *,
    justified: Collection[str] = (),
    licences: Collection[str] = (),
) -> Asked:
    """A language other than fi, sv and en counts as asked only if the liaison justified it as essential."""
    allowed = COMMON_LANGUAGES | set(justified)
    return Asked(
        skills=tuple((each["code"], each["level"] or 1) for each in (*essential, *optional)),
        languages=tuple((each["code"], each["level"]) for each in languages if each["code"] in allowed),
        bands=frozenset(bands),
        licences=frozenset(licences),
    )


def card_of(profile: Holder, asked: Asked, coarseness: Coarseness = Coarseness.EXACT) -> Card:
    exact = Card(
        coarseness=Coarseness.EXACT,
        skills=tuple(code for code, level in asked.skills if _holds(profile, code, level, asked.licences)),
        asked_skill=None,
        languages=tuple(
            LanguageLine(code, level, profile.languages.get(code, 0) >= level) for code, level in asked.languages
        ),
        bands=tuple(band for band in BAND_ORDER if band in asked.bands and band in profile.bands),
    )
    return coarser(exact, coarseness)


def _holds(profile: Holder, code: str, level: int, licences: frozenset[str]) -> bool:
    return code in profile.skills and (code in licences or profile.skills[code] >= level)


def coarser(exact: Card, to: Coarseness) -> Card:
    """The same card saying less."""
    if to == Coarseness.EXACT:
        return exact
    without_hours = replace(exact, coarseness=to, bands=())
    if to == Coarseness.WITHOUT_HOURS:
        return without_hours
    if to == Coarseness.ONE_SKILL:
        return replace(without_hours, skills=exact.skills[:1])
    return replace(without_hours, skills=(), asked_skill=bool(exact.skills))


def fits(card: Card, others: Iterable[Card]) -> int:
    """How many of these exact cards, each of one person who could work there, read the same at this coarseness."""
    return sum(coarser(other, card.coarseness) == card for other in others)


def choices(exact: Card, pool: Iterable[Card]) -> list[tuple[Card, int]]:
    """Each card worth choosing with the number of people it fits, the exact one first.

    `pool` holds the exact card of every active person who could work there, this one's included.
    """
    everyone = list(pool)
    kinds = list(Coarseness) if exact.skills else [Coarseness.EXACT, Coarseness.WITHOUT_HOURS]
    cards = [coarser(exact, kind) for kind in kinds]
    return [(card, fits(card, everyone)) for card in cards]
