"""How long matching takes: one JSON object a line on standard output, progress on standard error.

python -m tests.benchmarks.bench_match [profiles]
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from search.documents import AskedLanguage, AskedSkill, HeldSkill, ProfileDocument, VacancyDocument, Vocabulary
from search.embedded import EmbeddedEngine
from search.lookup import Entry, LookUp
from search.ranking import candidates_among
from tests.search.worlds import TODAY, MemorySource, code, profile, vacancy

SKILLS = [f"skill_{number}" for number in range(468)]
POPULARITY = [1 / (1 + number) ** 0.7 for number in range(468)]
VOCABULARY = Vocabulary(
    {skill: 1 + number * 5 // 468 for number, skill in enumerate(SKILLS)},
    {f"skill_{number}": f"skill_{number // 5}" for number in range(5, 468)},
)
REGIONS = [f"{number:02d}" for number in range(1, 20)]
SECTIONS = "ABCDEFGHIJKLMNOPQRSTUV"
QUERIES = 400
SYLLABLES = ["sii", "vous", "tra", "ktor", "len", "kei", "ttiö", "hoi", "to", "var", "as", "tyo", "li", "pää", "rö"]


def main() -> None:
    chance = random.Random(20260302)
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    source = MemorySource(_profile(chance, number) for number in range(1, size + 1))
    with tempfile.TemporaryDirectory() as directory:
        engine = EmbeddedEngine(Path(directory) / "index", source, lambda: VOCABULARY)
        started = time.perf_counter()
        engine.rebuild()
        _tell("index_rebuild", time.perf_counter() - started, "s", engine="embedded", profiles=size)
        for filters in ("usual", "weak"):
            asked = [_vacancy(chance, number, filters) for number in range(QUERIES)]
            _measure(engine, source, asked, filters)
        for number in range(1, 101):
            source.put(source.profiles[code(number)])
        asked = [_vacancy(chance, number, "usual") for number in range(QUERIES)]
        _measure(engine, source, asked, "usual, 100 changes not yet indexed")
    _measure_look_up(chance)


def _measure(engine: EmbeddedEngine, source: MemorySource, asked: list[VacancyDocument], filters: str) -> None:
    size = len(source.profiles)
    print(f"{filters}: {len(asked)} vacancies over {size} profiles", file=sys.stderr)  # noqa: T201 - progress
    engine.candidates_for(asked[0], TODAY)
    times, exact = [], True
    for number, one in enumerate(asked):
        started = time.perf_counter()
        found = engine.candidates_for(one, TODAY)
        times.append(1000 * (time.perf_counter() - started))
        if number < 20:
            exact &= found.matches == candidates_among(source.profiles.values(), one, VOCABULARY, TODAY)
    facts = {"engine": "embedded", "profiles": size, "filters": filters}
    _tell("match_p50", _percentile(times, 50), "ms", **facts)
    _tell("match_p95", _percentile(times, 95), "ms", bound=5, **facts)
    _tell("match_exact", int(exact), "1 = the same as scoring everyone", bound=1, higher_is_better=True, **facts)


def _measure_look_up(chance: random.Random) -> None:
    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 5)))

    entries = [
        Entry(str(number), {"fi": f"{word()} {word()}", "sv": word(), "en": word()}, {"fi": (word(), word())})
        for number in range(1500)
    ]
    look_up, times = LookUp(entries), []
    for entry in chance.sample(entries, QUERIES):
        label = entry.labels["fi"]
        place = chance.randrange(1, len(label))
        started = time.perf_counter()
        look_up.find(label[:place] + label[place + 1 :], "fi")
        times.append(1000 * (time.perf_counter() - started))
    _tell("look_up_p95", _percentile(times, 95), "ms", bound=10, labels=5 * len(entries))


def _profile(chance: random.Random, number: int) -> ProfileDocument:
    """15 skills of natural popularity, 1–4 languages, one of 19 regions, here and there a block."""
    names: set[str] = set()
    while len(names) < 15:
        names.update(chance.choices(SKILLS, POPULARITY, k=15 - len(names)))
    spoken = chance.sample(["fi", "sv", "en", "ar", "uk", "ru"], chance.randint(1, 4))
    region = chance.choice(REGIONS)
    return profile(
        code=code(number),
        skills=tuple(HeldSkill(name, chance.randint(1, 4)) for name in sorted(names)),
        languages={language: chance.randint(1, 6) for language in spoken},
        municipality=f"{region}{chance.randrange(5)}",
        region=region,
        reach_municipalities=frozenset(),
        reach_regions=frozenset({region, "01"} if chance.random() < 0.2 else {region}),
        bands=frozenset(chance.sample(["weekday_day", "weekday_evening", "night", "weekend"], 2)),
        excluded_sectors=frozenset(chance.sample(SECTIONS, chance.randrange(3))),
        blocked_companies=frozenset({f"company_{chance.randrange(50)}"} if chance.random() < 0.2 else ()),
        waiting_since=TODAY - timedelta(days=chance.randrange(700)),
    )


def _vacancy(chance: random.Random, number: int, filters: str) -> VacancyDocument:
    """Usual: a few in a hundred live near and speak enough. Weak: anybody who can come to a very large region."""
    names = list(dict.fromkeys(chance.choices(SKILLS, POPULARITY, k=12)))
    region = chance.choice(REGIONS)
    usual = vacancy(
        code=f"vacancy_{number}",
        company=f"company_{chance.randrange(50)}",
        sectors=frozenset({chance.choice(SECTIONS)}),
        essential=tuple(AskedSkill(name, chance.randint(1, 4)) for name in names[:5]),
        optional=tuple(AskedSkill(name, chance.randint(1, 4)) for name in names[5:10]),
        languages=(AskedLanguage("fi", 3, must=True), AskedLanguage("en", 3, must=False)),
        municipality=f"{region}0",
        region=region,
    )
    if filters.startswith("usual"):
        return usual
    everywhere = frozenset({"weekday_day", "weekday_evening", "night", "weekend"})
    return replace(usual, languages=(), bands=everywhere, region="01", municipality="010")


def _percentile(times: list[float], percent: int) -> float:
    return sorted(times)[len(times) * percent // 100]


def _tell(name: str, value: float, unit: str, **facts: object) -> None:
    print(json.dumps({"name": name, **facts, "value": round(value, 3), "unit": unit}), flush=True)  # noqa: T201 - output


if __name__ == "__main__":
    main()
