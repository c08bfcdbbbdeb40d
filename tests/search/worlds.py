"""Invented pools for the search tests: plain builders, random worlds from a seed, and a source in memory."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from search.documents import (
    AskedLanguage,
    AskedSkill,
    HeldSkill,
    ProfileDocument,
    VacancyDocument,
    Vocabulary,
    WishedOccupation,
)

TODAY = date(2026, 3, 2)
SKILLS = [f"skill_{number}" for number in range(60)]
BROADER = {f"skill_{number}": f"skill_{number // 6}" for number in range(6, 60)}
VOCABULARY = Vocabulary({skill: 1 + number % 5 for number, skill in enumerate(SKILLS[:50])}, BROADER)
OCCUPATIONS = {"cleaner": "9112", "home_cleaner": "9111", "kitchen_help": "9412", "cook": "5120", "waiter": "5131"}
PLACES = {"091": "01", "049": "01", "092": "01", "853": "02", "837": "06", "179": "13"}
BANDS = ["weekday_day", "weekday_evening", "night", "weekend"]
SECTORS = ["A", "F", "I", "O", "41", "56", "81"]
LANGUAGES = ["fi", "sv", "en", "ar", "uk"]


def code(number: int) -> str:
    return UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128)).hex


def profile(**changes: object) -> ProfileDocument:
    """A candidate whom `vacancy()` suits in every hard constraint."""
    values: dict[str, object] = {
        "code": code(1),
        "skills": (HeldSkill("skill_7", 3),),
        "languages": {"fi": 3},
        "occupations": (WishedOccupation("cleaner", "9112"),),
        "municipality": "091",
        "region": "01",
        "reach_municipalities": frozenset({"049"}),
        "reach_regions": frozenset(),
        "bands": frozenset({"weekday_day"}),
        "hours_min": 20,
        "hours_max": 40,
        "excluded_sectors": frozenset(),
        "blocked_companies": frozenset(),
        "blocked_groups": frozenset(),
        "eligible_until": None,
        "waiting_since": date(2026, 1, 5),
    }
    return ProfileDocument(**{**values, **changes})


def vacancy(**changes: object) -> VacancyDocument:
    values: dict[str, object] = {
        "code": "vacancy_1",
        "company": "company_1",
        "group": "group_1",
        "sectors": frozenset({"O", "81"}),
        "occupation": "cleaner",
        "isco": "9112",
        "essential": (AskedSkill("skill_7", 3),),
        "optional": (),
        "languages": (AskedLanguage("fi", 2, must=True),),
        "municipality": "091",
        "region": "01",
        "bands": frozenset({"weekday_day"}),
        "hours_min": 30,
        "hours_max": 38,
        "starts_on": date(2026, 4, 1),
        "published_on": date(2026, 2, 1),
    }
    return VacancyDocument(**{**values, **changes})


def random_profile(chance: random.Random, number: int) -> ProfileDocument:
    home = chance.choice([*PLACES, None])
    wished = chance.sample(sorted(OCCUPATIONS), chance.randrange(3))
    lowest = chance.randrange(0, 30)
    return ProfileDocument(
        code=code(number),
        skills=tuple(HeldSkill(skill, chance.randint(1, 4)) for skill in chance.sample(SKILLS, chance.randrange(16))),
        languages={language: chance.randint(1, 6) for language in chance.sample(LANGUAGES, chance.randrange(4))},
        occupations=tuple(WishedOccupation(name, OCCUPATIONS[name]) for name in wished),
        municipality=home,
        region=PLACES[home] if home else chance.choice([None, "01"]),
        reach_municipalities=frozenset(chance.sample(sorted(PLACES), chance.randrange(3))),
        reach_regions=frozenset(chance.sample(["01", "02", "06", "13"], chance.randrange(2))),
        bands=frozenset(chance.sample(BANDS, chance.randrange(4))),
        hours_min=lowest,
        hours_max=lowest + chance.randrange(0, 20),
        excluded_sectors=frozenset(chance.sample(SECTORS, chance.choice([0, 0, 1]))),
        blocked_companies=frozenset(chance.sample(["company_1", "company_2", "company_3"], chance.choice([0, 0, 1]))),
        blocked_groups=frozenset(chance.sample(["group_1", "group_2"], chance.choice([0, 0, 1]))),
        eligible_until=chance.choice([None, TODAY + timedelta(days=chance.randrange(-30, 200))]),
        waiting_since=TODAY - timedelta(days=chance.randrange(0, 5) * 30),
    )


def random_vacancy(chance: random.Random, number: int) -> VacancyDocument:
    place = chance.choice(sorted(PLACES))
    occupation = chance.choice(sorted(OCCUPATIONS))
    asked = chance.sample(SKILLS, 10)
    cut = chance.randrange(6)
    lowest = chance.randrange(0, 38)
    return VacancyDocument(
        code=f"vacancy_{number}",
        company=chance.choice(["company_1", "company_2", "company_3"]),
        group=chance.choice([None, "group_1", "group_2"]),
        other_companies=frozenset(chance.sample(["company_1", "company_2", "company_3"], chance.choice([0, 0, 1]))),
        other_groups=frozenset(chance.sample(["group_1", "group_2"], chance.choice([0, 0, 1]))),
        sectors=frozenset(chance.choice([("O", "81"), ("I", "56"), ("F", "41"), ("A",)])),
        occupation=occupation,
        isco=OCCUPATIONS[occupation],
        essential=tuple(_asked(chance, skill) for skill in asked[:cut]),
        optional=tuple(_asked(chance, skill) for skill in asked[cut : cut + chance.randrange(4)]),
        languages=tuple(
            AskedLanguage(language, chance.randint(1, 3), must=chance.random() < 0.4)
            for language in chance.sample(LANGUAGES, chance.randrange(3))
        ),
        municipality=place,
        region=PLACES[place],
        bands=frozenset(chance.sample(BANDS, chance.randint(1, 4))),
        hours_min=lowest,
        hours_max=lowest + chance.randrange(0, 10),
        starts_on=TODAY + timedelta(days=chance.randrange(-10, 60)),
        published_on=TODAY - timedelta(days=chance.randrange(0, 60)),
    )


def _asked(chance: random.Random, skill: str) -> AskedSkill:
    return AskedSkill(skill, chance.randint(1, 4), licence=chance.random() < 0.1)


class MemorySource:
    """The portal's part, in memory: a log of changes over the profiles as they are now."""

    def __init__(self, profiles: Iterable[ProfileDocument] = ()) -> None:
        self.profiles: dict[str, ProfileDocument] = {}
        self._log: list[str] = []
        self.read_whole = 0
        for one in profiles:
            self.put(one)

    def put(self, one: ProfileDocument) -> None:
        self.profiles[one.code] = one
        self._log.append(one.code)

    def remove(self, gone: str) -> None:
        del self.profiles[gone]
        self._log.append(gone)

    def restore_backup(self, length: int) -> None:
        del self._log[length:]

    def head(self) -> int:
        return len(self._log)

    def everything(self) -> Iterable[ProfileDocument]:
        self.read_whole += 1
        return list(self.profiles.values())

    def changes_since(self, number: int) -> tuple[int, Mapping[str, ProfileDocument | None]]:
        return len(self._log), {changed: self.profiles.get(changed) for changed in self._log[number:]}
