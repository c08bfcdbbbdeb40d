"""The hard constraints. They come before ranking and are never traded for score (design: P4).

Blocked persons need the company's members and owners, so the portal checks them against the database.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from search.documents import ProfileDocument, VacancyDocument


class Constraint(StrEnum):
    BLOCKED_COMPANY = "blocked_company"
    BLOCKED_GROUP = "blocked_group"
    EXCLUDED_SECTOR = "excluded_sector"
    PLACE = "place"
    HOURS = "hours"
    ELIGIBILITY = "eligibility"
    LANGUAGE = "language"


def failures(profile: ProfileDocument, vacancy: VacancyDocument, today: date) -> tuple[Constraint, ...]:
    """Every constraint that keeps the two apart, in the order of the enum; empty when they may meet."""
    passed = {
        Constraint.BLOCKED_COMPANY: profile.blocked_companies.isdisjoint(vacancy.companies),
        Constraint.BLOCKED_GROUP: profile.blocked_groups.isdisjoint(vacancy.groups),
        Constraint.EXCLUDED_SECTOR: profile.excluded_sectors.isdisjoint(vacancy.sectors),
        Constraint.PLACE: in_reach(profile, vacancy),
        Constraint.HOURS: hours_fit(profile, vacancy),
        Constraint.ELIGIBILITY: profile.eligible_until is None
        or profile.eligible_until >= max(vacancy.starts_on, today),
        Constraint.LANGUAGE: speaks_every_must(profile, vacancy),
    }
    return tuple(constraint for constraint, holds in passed.items() if not holds)


def in_reach(profile: ProfileDocument, vacancy: VacancyDocument) -> bool:
    return (
        vacancy.municipality == profile.municipality
        or vacancy.municipality in profile.reach_municipalities
        or vacancy.region in profile.reach_regions
    )


def hours_fit(profile: ProfileDocument, vacancy: VacancyDocument) -> bool:
    """At least one shared availability band, and weekly hours that overlap (the ends included)."""
    overlap = profile.hours_min <= vacancy.hours_max and vacancy.hours_min <= profile.hours_max
    return overlap and not profile.bands.isdisjoint(vacancy.bands)


def speaks_every_must(profile: ProfileDocument, vacancy: VacancyDocument) -> bool:
    return all(profile.languages.get(asked.code, 0) >= asked.level for asked in vacancy.languages if asked.must)
