"""Profiles and vacancies as search sees them. Companies, groups and candidates appear as codes only (design: P8).

The index knows every block by company, owner group (of today and earlier) and Business ID, of the employer and of the
clients the work is done for. What is compared forgivingly, names of persons and of companies that are not registered,
is asked of the database whenever a list is made.
"""

from __future__ import annotations

from uuid import UUID

from portal.candidates.limits import Behind
from portal.candidates.values import Profile, Safety
from portal.companies import services as companies
from portal.companies.rules import find_business_id
from portal.core import clock, vault
from portal.matching import behind
from portal.vacancies.models import Vacancy
from portal.vocabulary import services as vocabulary
from search.documents import (
    AskedLanguage,
    AskedSkill,
    HeldSkill,
    ProfileDocument,
    VacancyDocument,
    WishedOccupation,
)

MOST_HOURS = 60
"""A week's hours when a vacancy names no upper end."""


def block_code(named: UUID | str) -> str:
    """A company or owner group (by id) or a Business ID in the index: a keyed hash, so that a stolen index names
    nobody's danger.
    """
    return vault.keyed_hash(str(named), "index")[:24]


def blocked_codes(safety: Safety) -> frozenset[str]:
    written = {business_id for each in safety.blocked_outside if (business_id := find_business_id(each))}
    return frozenset(map(block_code, safety.blocked_companies | written))


def of_profile(profile: Profile, safety: Safety) -> ProfileDocument:
    """A retired or unknown term simply does not count; the profile page shows it as something to look at."""
    known = [code for code in profile.occupations if vocabulary.find("occupation", code)]
    home = profile.municipality
    return ProfileDocument(
        code=profile.candidate_id.hex,
        skills=tuple(
            HeldSkill(code, level) for code, level in profile.skills.items() if vocabulary.find("skill", code)
        ),
        languages=profile.languages,
        occupations=tuple(WishedOccupation(code, vocabulary.isco(code)) for code in known),
        municipality=home,
        region=vocabulary.municipality_region(home) if home else None,
        reach_municipalities=profile.reach_municipalities,
        reach_regions=profile.reach_regions,
        bands=profile.bands,
        hours_min=profile.hours_min,
        hours_max=profile.hours_max,
        excluded_sectors=safety.excluded_sectors,
        blocked_companies=blocked_codes(safety),
        blocked_groups=frozenset(map(block_code, safety.blocked_groups)),
        eligible_until=profile.eligible_until,
        waiting_since=profile.waiting_since,
    )


def of_vacancy(vacancy: Vacancy, those: Behind | None = None) -> VacancyDocument:
    """Needs a complete vacancy (submitted or later). Raises `ValueError` for a draft with gaps."""
    those = those or behind.of(vacancy)
    company = those.companies[0]
    start = vacancy.starts_on or clock.today()
    return VacancyDocument(
        code=vacancy.id.hex,
        company=block_code(company.id),
        group=block_code(company.owner_group_id),
        other_companies=company_codes(those),
        other_groups=frozenset(map(block_code, those.groups)),
        sectors=sectors_of(vacancy, those),
        occupation=vacancy.occupation,
        isco=vocabulary.isco(vacancy.occupation),
        essential=asked(vacancy.essential_skills),
        optional=asked(vacancy.optional_skills),
        languages=tuple(AskedLanguage(each["code"], each["level"], each["must"]) for each in vacancy.languages),
        municipality=vacancy.municipality,
        region=vocabulary.municipality_region(vacancy.municipality),
        bands=frozenset(vacancy.bands),
        hours_min=vacancy.hours_min or 0,
        hours_max=vacancy.hours_max or MOST_HOURS,
        starts_on=start,
        published_on=clock.local_date(vacancy.published_at) if vacancy.published_at else clock.today(),
    )


def company_codes(those: Behind) -> frozenset[str]:
    """Sister companies and clients too; each by its id, where it has one here, and by its Business ID."""
    houses = {block_code(each.id) for each in those.houses}
    return frozenset(houses | {block_code(each.business_id) for each in those.firms})


def sectors_of(vacancy: Vacancy, those: Behind) -> frozenset[str]:
    """The fields of employer and clients, and the work's own: an agency's cook works in a restaurant."""
    work = vocabulary.find("occupation", vacancy.occupation)
    own = vocabulary.industry_codes(work.more["sector"] if work else "")
    return own.union(*(companies.sectors_of(each) for each in those.companies))


def asked(rows: list[dict[str, object]]) -> tuple[AskedSkill, ...]:
    return tuple(
        AskedSkill(str(row["code"]), int(str(row["level"] or 1)), vocabulary.is_licence(str(row["code"])))
        for row in rows
    )
