"""The documents that search sees. They are told as little as possible, by types that cannot hold more (design: P8).

No field holds gender, origin, age, religion, health or programme, and none can hold a name: everything is a code, a
small number or a date, checked when the value is made. A ValueError never repeats what it refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from search import checks
from search.checks import check_code, check_codes, check_date, check_level

SKILL_LEVELS = 4
LANGUAGE_LEVELS = 6  # A1 … C2
RARITY_WEIGHTS = {1: 1.0, 2: 1.25, 3: 1.5, 4: 1.75, 5: 2.0}
UNKNOWN_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """level: 1 knows, 2 does with support, 3 does alone, 4 teaches. For a licence the level says nothing."""

    code: str
    level: int

    def __post_init__(self) -> None:
        check_code(self.code, "A skill")
        check_level(self.level, "The level of a skill", SKILL_LEVELS)


@dataclass(frozen=True, slots=True)
class AskedSkill:
    code: str
    level: int
    licence: bool = False

    def __post_init__(self) -> None:
        check_code(self.code, "A skill")
        check_level(self.level, "The level of a skill", SKILL_LEVELS)


@dataclass(frozen=True, slots=True)
class AskedLanguage:
    """level: CEFR as 1 (A1) to 6 (C2). A must excludes who lacks it; a wish only adds to the score."""

    code: str
    level: int
    must: bool

    def __post_init__(self) -> None:
        check_code(self.code, "A language", checks.LANGUAGE)
        check_level(self.level, "The level of a language", LANGUAGE_LEVELS)


@dataclass(frozen=True, slots=True)
class WishedOccupation:
    code: str
    isco: str

    def __post_init__(self) -> None:
        check_code(self.code, "An occupation")
        check_code(self.isco, "The ISCO code of an occupation", checks.ISCO)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDocument:
    """One candidate who consented to matching. `eligible_until` None means no end; empty reach means no reach."""

    code: str
    skills: tuple[HeldSkill, ...]
    languages: Mapping[str, int] = field(hash=False)
    occupations: tuple[WishedOccupation, ...]
    municipality: str | None
    region: str | None
    reach_municipalities: frozenset[str]
    reach_regions: frozenset[str]
    bands: frozenset[str]
    hours_min: int
    hours_max: int
    excluded_sectors: frozenset[str]
    blocked_companies: frozenset[str]
    blocked_groups: frozenset[str]
    eligible_until: date | None
    waiting_since: date

    def __post_init__(self) -> None:
        check_code(self.code, "The code of a profile", checks.UUID_HEX)
        self._freeze_lists()
        self._freeze_places()
        self._freeze_safety()
        _set(self, "bands", checks.check_bands(self.bands, "Availability"))
        checks.check_hours(self.hours_min, self.hours_max)
        if self.eligible_until is not None:
            check_date(self.eligible_until, "The end of eligibility")
        check_date(self.waiting_since, "The start of waiting")

    def _freeze_lists(self) -> None:
        _set(self, "skills", tuple(self.skills))
        _set(self, "occupations", tuple(self.occupations))
        checks.check_no_repeats([skill.code for skill in self.skills], "Skills")
        checks.check_no_repeats([wish.code for wish in self.occupations], "Wished occupations")
        for code, level in self.languages.items():
            check_code(code, "A language", checks.LANGUAGE)
            check_level(level, "The level of a language", LANGUAGE_LEVELS)
        _set(self, "languages", MappingProxyType(dict(self.languages)))

    def _freeze_places(self) -> None:
        if self.municipality is not None:
            check_code(self.municipality, "A municipality", checks.MUNICIPALITY)
        if self.region is not None:
            check_code(self.region, "A region", checks.REGION)
        municipalities = check_codes(self.reach_municipalities, "Municipalities in reach", checks.MUNICIPALITY)
        _set(self, "reach_municipalities", municipalities)
        _set(self, "reach_regions", check_codes(self.reach_regions, "Regions in reach", checks.REGION))

    def _freeze_safety(self) -> None:
        _set(self, "excluded_sectors", check_codes(self.excluded_sectors, "Excluded sectors", checks.SECTOR))
        _set(self, "blocked_companies", check_codes(self.blocked_companies, "Blocked companies"))
        _set(self, "blocked_groups", check_codes(self.blocked_groups, "Blocked owner groups"))


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyDocument:
    """One vacancy. `sectors` holds the section and, when known, the division, so that excluding either is enough.

    `other_companies` and `other_groups` stand behind it too: whom the work is done for, sister companies, and the
    groups that any of them belonged to before.
    """

    code: str
    company: str
    group: str | None
    sectors: frozenset[str]
    occupation: str
    isco: str
    essential: tuple[AskedSkill, ...]
    optional: tuple[AskedSkill, ...]
    languages: tuple[AskedLanguage, ...]
    municipality: str
    region: str
    bands: frozenset[str]
    hours_min: int
    hours_max: int
    starts_on: date
    published_on: date
    other_companies: frozenset[str] = frozenset()
    other_groups: frozenset[str] = frozenset()

    @property
    def companies(self) -> frozenset[str]:
        return self.other_companies | {self.company}

    @property
    def groups(self) -> frozenset[str]:
        return self.other_groups if self.group is None else self.other_groups | {self.group}

    def __post_init__(self) -> None:
        check_code(self.code, "The code of a vacancy")
        check_code(self.company, "The company of a vacancy")
        if self.group is not None:
            check_code(self.group, "The owner group of a vacancy")
        _set(self, "other_companies", check_codes(self.other_companies, "The companies behind a vacancy"))
        _set(self, "other_groups", check_codes(self.other_groups, "The owner groups behind a vacancy"))
        check_code(self.occupation, "The occupation of a vacancy")
        check_code(self.isco, "The ISCO code of a vacancy", checks.ISCO)
        check_code(self.municipality, "The municipality of a vacancy", checks.MUNICIPALITY)
        check_code(self.region, "The region of a vacancy", checks.REGION)
        _set(self, "sectors", check_codes(self.sectors, "The sectors of a vacancy", checks.SECTOR))
        _set(self, "bands", checks.check_bands(self.bands, "The shifts of a vacancy"))
        checks.check_hours(self.hours_min, self.hours_max)
        check_date(self.starts_on, "The start of a vacancy")
        check_date(self.published_on, "The publishing of a vacancy")
        self._freeze_demands()

    def _freeze_demands(self) -> None:
        for name in ("essential", "optional", "languages"):
            demands = tuple(getattr(self, name))
            checks.check_no_repeats([demand.code for demand in demands], f"The {name} demands of a vacancy")
            _set(self, name, demands)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the scorer must know of the skills: rarity (1 common … 5 rare) and the broader skill, one step up."""

    rarity: Mapping[str, int] = field(default_factory=dict, hash=False)
    broader: Mapping[str, str] = field(default_factory=dict, hash=False)
    _narrower: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for code, rarity in self.rarity.items():
            check_code(code, "A skill")
            check_level(rarity, "The rarity of a skill", len(RARITY_WEIGHTS))
        narrower: dict[str, list[str]] = {}
        for code, parent in self.broader.items():
            check_code(code, "A skill")
            check_code(parent, "A broader skill")
            if code == parent:
                raise ValueError("A skill must not be broader than itself.")
            narrower.setdefault(parent, []).append(code)
        _set(self, "rarity", MappingProxyType(dict(self.rarity)))
        _set(self, "broader", MappingProxyType(dict(self.broader)))
        _set(self, "_narrower", {code: tuple(sorted(children)) for code, children in narrower.items()})

    def weight(self, skill: str) -> float:
        rarity = self.rarity.get(skill)
        return UNKNOWN_WEIGHT if rarity is None else RARITY_WEIGHTS[rarity]

    def narrower(self, skill: str) -> tuple[str, ...]:
        return self._narrower.get(skill, ())


def _set(document: object, name: str, value: object) -> None:
    """Assigns during __post_init__ of a frozen dataclass."""
    object.__setattr__(document, name, value)
