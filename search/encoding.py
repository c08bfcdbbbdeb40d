"""Profiles as plain JSON values, for the engines' own storage, and back through the same checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from search.documents import HeldSkill, ProfileDocument, WishedOccupation

FORMAT = 1  # raise it when the encoding changes: an index written otherwise is then rebuilt, never misread


def encode(profile: ProfileDocument) -> dict[str, Any]:
    return {
        "code": profile.code,
        "skills": [[skill.code, skill.level] for skill in profile.skills],
        "languages": dict(profile.languages),
        "occupations": [[wish.code, wish.isco] for wish in profile.occupations],
        "municipality": profile.municipality,
        "region": profile.region,
        "reach_municipalities": sorted(profile.reach_municipalities),
        "reach_regions": sorted(profile.reach_regions),
        "bands": sorted(profile.bands),
        "hours": [profile.hours_min, profile.hours_max],
        "excluded_sectors": sorted(profile.excluded_sectors),
        "blocked_companies": sorted(profile.blocked_companies),
        "blocked_groups": sorted(profile.blocked_groups),
        "eligible_until": profile.eligible_until.isoformat() if profile.eligible_until else None,
        "waiting_since": profile.waiting_since.isoformat(),
    }


def decode(row: Mapping[str, Any]) -> ProfileDocument:
    """Raises ValueError, KeyError or TypeError when the row is not one that `encode` wrote."""
    lowest, highest = row["hours"]
    until = row["eligible_until"]
    return ProfileDocument(
        code=row["code"],
        skills=tuple(_skill(code, level) for code, level in row["skills"]),
        languages=row["languages"],
        occupations=tuple(_wish(code, isco) for code, isco in row["occupations"]),
        municipality=row["municipality"],
        region=row["region"],
        reach_municipalities=frozenset(row["reach_municipalities"]),
        reach_regions=frozenset(row["reach_regions"]),
        bands=frozenset(row["bands"]),
        hours_min=lowest,
        hours_max=highest,
        excluded_sectors=frozenset(row["excluded_sectors"]),
        blocked_companies=frozenset(row["blocked_companies"]),
        blocked_groups=frozenset(row["blocked_groups"]),
        eligible_until=date.fromisoformat(until) if until else None,
        waiting_since=date.fromisoformat(row["waiting_since"]),
    )


@lru_cache(maxsize=100_000)
def _skill(code: str, level: int) -> HeldSkill:
    return HeldSkill(code, level)


@lru_cache(maxsize=10_000)
def _wish(code: str, isco: str) -> WishedOccupation:
    return WishedOccupation(code, isco)
