"""Standing of a company: worked out anew each time it is asked, with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.companies import services as companies
from portal.companies.models import Company
from portal.core import clock, languages
from portal.incidents import services as incidents
from portal.standing import rules
from portal.standing.words import Requirement, requirement
from portal.trainings import services as trainings

__all__ = ["Requirement", "Standing", "is_responsible", "may_receive", "standing_of"]


@dataclass(frozen=True)
class Standing:
    """`requirements` are worded for the reader, the missing ones first."""

    held: bool
    requirements: tuple[Requirement, ...]

    @property
    def missing(self) -> tuple[Requirement, ...]:
        return tuple(each for each in self.requirements if not each.held)


def standing_of(company: Company, on: date | None = None) -> Standing:
    """Whether the company is a responsible employer on the day, and why. Five statements, however much there is."""
    day = on or clock.today()
    found = rules.findings(facts_of(company, day), day)
    return Standing(rules.is_held(found), tuple(requirement(finding) for finding in found))


def is_responsible(company: Company) -> bool:
    """The one question for all that a company sees and does."""
    day = clock.today()
    return rules.is_held(rules.findings(facts_of(company, day), day))


def may_receive(company: Company) -> bool:
    """The gate before card, consent and release, and nothing else: no page or mail may tell the two apart."""
    return is_responsible(company) and not incidents.has_silent_hold(company.owner_group_id)


def is_responsible_but_for_trainings(company: Company, on: date) -> bool:
    """Whether trainings alone decide: for the preview of what is required of all."""
    return rules.is_held(rules.findings(facts_of(company, on, ()), on))


def facts_of(company: Company, day: date, learning: tuple[rules.Learnt, ...] | None = None) -> rules.Facts:
    """`learning` stands in place of what its members have learnt."""
    acting = companies.owners_with_right(company)
    version, signature, under_review = companies.promised(company, day, incidents.is_under_review(company.id))
    signer = next((each for each in acting if signature is not None and each.id == signature.signed_by_id), None)
    return rules.Facts(
        status=str(company.status),
        approved_on=clock.local_date(company.approved_at) if company.approved_at else None,
        acting=tuple(owner.display_name for owner in acting),
        evidence=tuple(
            rules.Document(str(state.kind), state.label, state.valid_until)
            for state in companies.evidence_status(company, day)
        ),
        version_in_force=version.in_force,
        version_coming=(version.coming, version.coming_from) if version.coming and version.coming_from else None,
        version_signed=signature.version_number if signature else None,
        signed_on=clock.local_date(signature.signed_at) if signature else None,
        signed_by=signer.display_name if signer else "",
        trainings=learnt(company, day) if learning is None else learning,
        under_review=under_review,
    )


def learnt(company: Company, day: date) -> tuple[rules.Learnt, ...]:
    language = languages.current()
    return tuple(
        rules.Learnt(
            str(each.row.id),
            each.row.title(language),
            each.holders,
            each.until,
            each.ended_on,
            each.needed,
            tuple(way.title(language) for way in each.trainings) if len(each.trainings) > 1 else (),
            each.course_id,
        )
        for each in trainings.required_of(company.id, day)
    )
