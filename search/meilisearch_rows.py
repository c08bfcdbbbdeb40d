"""What the index holds and how it is asked: codes of [a-z0-9_], numbers, and the profile as `encoding` writes it.

Every row writes every filterable field, because `NOT IN` lets a document pass that lacks the field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from search.documents import ProfileDocument, VacancyDocument, Vocabulary
from search.encoding import FORMAT, encode
from search.meilisearch_server import KEY, Row

_EMPTY: Row = {
    "state": "",
    "bands": [],
    "hours_min": 0,
    "hours_max": 0,
    "eligible_until": 0,
    "place": [],
    "languages": [],
    "skills": [],
    "not_sectors": [],
    "not_companies": [],
    "not_groups": [],
}
SETTINGS: Row = {
    "searchableAttributes": [KEY],  # nothing is searched by words here
    "filterableAttributes": [KEY, *_EMPTY],
    "sortableAttributes": [],
}
MARKER = "marker"
LIVE = 'state = "live"'
GONE = 'state = "gone"'


@dataclass(frozen=True, slots=True)
class Marker:
    """A row of the index itself, written together with the rows it speaks of: they hold every change up to `number`.

    `nonce` differs at each write, so that a reader sees whether the index moved under it.
    """

    number: int
    generation: str
    nonce: str

    def row(self) -> Row:
        held = {"number": self.number, "generation": self.generation, "nonce": self.nonce, "format": FORMAT}
        return {**_EMPTY, KEY: MARKER, "state": "marker", "document": held}


def marker_of(row: Row) -> Marker | None:
    """None when the row was written by another version of this format; raises KeyError or TypeError on nonsense."""
    held: dict[str, Any] = row["document"]
    if held["format"] != FORMAT:
        return None
    return Marker(int(held["number"]), str(held["generation"]), str(held["nonce"]))


def live_row(profile: ProfileDocument) -> Row:
    own = [profile.municipality] if profile.municipality else []
    reach = {f"m_{code}" for code in (*own, *profile.reach_municipalities)}
    until = profile.eligible_until or date.max
    return {
        KEY: profile.code,
        "state": "live",
        "bands": sorted(profile.bands),
        "hours_min": profile.hours_min,
        "hours_max": profile.hours_max,
        "eligible_until": until.toordinal(),
        "place": sorted(reach | {f"r_{code}" for code in profile.reach_regions}),
        "languages": [f"{code}_{step}" for code, level in profile.languages.items() for step in range(1, level + 1)],
        "skills": [skill.code for skill in profile.skills],
        "not_sectors": sorted(sector.lower() for sector in profile.excluded_sectors),
        "not_companies": sorted(profile.blocked_companies),
        "not_groups": sorted(profile.blocked_groups),
        "document": encode(profile),
    }


def gone_row(code: str) -> Row:
    """Written in the same call as the marker, so that no order of two writers can bring a profile back."""
    return {**_EMPTY, KEY: code, "state": "gone", "document": None}


def constraints_filter(vacancy: VacancyDocument, today: date) -> str:
    parts = [
        LIVE,
        _among("bands", vacancy.bands),
        f"hours_min <= {vacancy.hours_max}",
        f"hours_max >= {vacancy.hours_min}",
        f"eligible_until >= {max(vacancy.starts_on, today).toordinal()}",
        _among("place", [f"m_{vacancy.municipality}", f"r_{vacancy.region}"]),
        _not_among("not_companies", vacancy.companies),
    ]
    if vacancy.groups:
        parts.append(_not_among("not_groups", vacancy.groups))
    if vacancy.sectors:
        parts.append(_not_among("not_sectors", [sector.lower() for sector in vacancy.sectors]))
    parts += [_among("languages", [f"{asked.code}_{asked.level}"]) for asked in vacancy.languages if asked.must]
    return " AND ".join(parts)


def skill_tiers(vacancy: VacancyDocument, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Filters for who holds an asked skill or a neighbour of one, and for who holds none; None when none is asked."""
    counting: set[str] = set()
    for asked in (*vacancy.essential, *vacancy.optional):
        counting.add(asked.code)
        if not asked.licence:
            counting.update(vocabulary.narrower(asked.code))
            counting.update(filter(None, [vocabulary.broader.get(asked.code)]))
    if not counting:
        return None
    return _among("skills", counting), _not_among("skills", counting)


def codes_filter(codes: Iterable[str]) -> str:
    return _among(KEY, codes)


def _among(field: str, values: Iterable[str]) -> str:
    return f"{field} IN [{_listed(values)}]"


def _not_among(field: str, values: Iterable[str]) -> str:
    return f"{field} NOT IN [{_listed(values)}]"


def _listed(values: Iterable[str]) -> str:
    """Quoted, so that no code is read as a word of the filter language; checked codes hold no quotes."""
    return ", ".join(f'"{value}"' for value in sorted(values))
