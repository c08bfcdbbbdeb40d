"""Between the forms and the values they edit."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import select
from wtforms import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.candidates import names
from portal.candidates.contact_forms import ContactForm
from portal.candidates.forms import IdentityForm
from portal.candidates.models import Candidate
from portal.candidates.profile_forms import ProfileForm, SafetyForm
from portal.candidates.rules import ProfileFields
from portal.candidates.values import Channel, Identity, SafeContact, Safety
from portal.companies import services as companies
from portal.companies.models import Company, OwnerGroup
from portal.companies.rules import find_business_id
from portal.core.db import db, sort_key
from portal.core.errors import RuleBroken
from portal.vocabulary import services as vocabulary

FOUND = 10
FITS = 60


def identity_in(form: IdentityForm) -> Identity:
    return Identity(
        legal_name=form.legal_name.data or "", chosen_name=form.chosen_name.data or "", birth_date=form.birth_date.data,
        phone=form.phone.data or "", email=form.email.data or "", address=form.address.data or "",
        gender=form.gender.data or "",
    )  # fmt: skip


def plan_in(form: ContactForm) -> SafeContact:
    return SafeContact(
        Channel(form.channel.data), form.hours.data or "", form.language.data, form.words.data or "",
        form.may_leave_message.data, days=frozenset(form.days.data or ()), opens=form.opens.data,
        closes=form.closes.data, message_words=form.message_words.data or "",
    )  # fmt: skip


def plan_draft(plan: SafeContact, non_disclosure: bool) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(plan), "days": sorted(plan.days), "non_disclosure": non_disclosure})


def profile_draft(row: Candidate) -> SimpleNamespace:
    """The row in the shape of its form; terms in the order of their words."""

    def ordered(levels: dict[str, int], kind: str) -> list[dict[str, Any]]:
        codes = sorted(levels, key=lambda code: sort_key(vocabulary.label(kind, code)))
        return [{"code": code, "level": levels[code]} for code in codes]

    return SimpleNamespace(
        version=row.version,
        skills=ordered(row.skills, "skill"),
        languages=ordered(row.languages, "language"),
        occupations=[{"code": code} for code in row.occupations],
        municipality=row.municipality,
        reach_municipalities=[{"code": code} for code in row.reach_municipalities],
        reach_regions=list(row.reach_regions),
        bands=list(row.bands),
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        available_from=row.available_from,
        may_work="yes" if row.may_work else "no",
        eligible_until=row.eligible_until,
    )


def profile_in(form: ProfileForm) -> ProfileFields:
    return ProfileFields(
        skills={each["code"]: each["level"] for each in form.skills.data},
        languages={each["code"]: each["level"] for each in form.languages.data},
        occupations=tuple(each["code"] for each in form.occupations.data),
        municipality=form.municipality.data or None,
        reach_municipalities=tuple(each["code"] for each in form.reach_municipalities.data),
        reach_regions=tuple(form.reach_regions.data or ()),
        bands=tuple(form.bands.data or ()),
        hours_min=form.hours_min.data,
        hours_max=form.hours_max.data,
        available_from=form.available_from.data,
        may_work=form.may_work.data == "yes",
        eligible_until=form.eligible_until.data,
    )


def safety_draft(safety: Safety) -> SimpleNamespace:
    """A group that is blocked with one of its companies shows as that company alone."""
    held = select(Company.owner_group_id).where(Company.id.in_(safety.blocked_companies))
    with_company = set(db.session.scalars(held)) if safety.blocked_companies else set()
    return SimpleNamespace(
        version=safety.version,
        companies=[str(each) for each in sorted(safety.blocked_companies, key=str)],
        groups=[str(each) for each in sorted(safety.blocked_groups - with_company, key=str)],
        outside=[{"code": each} for each in safety.blocked_outside],
        persons=[{"code": name} for name in safety.blocked_persons],
        sectors=[{"code": code} for code in sorted(safety.excluded_sectors)],
        notes=safety.notes,
    )


def safety_in(form: SafetyForm) -> Safety:
    return Safety(
        blocked_companies=frozenset(UUID(each) for each in form.companies.data or ()),
        blocked_groups=frozenset(UUID(each) for each in form.groups.data or ()),
        blocked_outside=tuple(find_business_id(each["code"]) or each["code"] for each in form.outside.data),
        blocked_persons=tuple(each["code"] for each in form.persons.data),
        excluded_sectors=frozenset(each["code"] for each in form.sectors.data),
        notes=form.notes.data or "",
    )


def offer_companies(form: SafetyForm, draft: SimpleNamespace) -> list[Company] | None:
    """Fill the two lists with what is blocked, what was ticked and what was found; returns the found ones."""
    found = find_companies(form.find.data) if form.is_submitted() and form.find.data else None
    ticked = [*draft.companies, *request.form.getlist(form.companies.name)]
    known = {each.id: each for each in named_companies(ids_in(ticked))} | {each.id: each for each in found or ()}
    rows = sorted(known.values(), key=lambda company: company.sort_key)
    form.companies.choices = [SelectChoice(str(each.id), f"{each.name}, {each.business_id}") for each in rows]
    form.groups.choices = [SelectChoice(each, group_in_words(UUID(each))) for each in draft.groups]
    return found


def ids_in(texts: list[str]) -> set[UUID]:
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found


def named_companies(ids: set[UUID]) -> list[Company]:
    return list(db.session.scalars(select(Company).where(Company.id.in_(ids)))) if ids else []


def find_companies(text: str) -> list[Company]:
    """By Business ID, or by name with slips of the finger forgiven."""
    try:
        company = companies.find_by_business_id(companies.valid_business_id(text))
    except RuleBroken:
        company = None
    if company is not None:
        return [company]
    fits = {row.id: names.likeness(text, row.name) for row in db.session.execute(select(Company.id, Company.name))}
    best = sorted((each for each in fits if fits[each] >= 30), key=lambda each: -fits[each])[:FOUND]
    return sorted(named_companies(set(best)), key=lambda company: company.sort_key)


def group_in_words(group_id: UUID) -> str:
    """An owner group by its companies, or by its name when they have left it."""
    rows = companies.companies_in_group(group_id)
    return ", ".join(company.name for company in rows) or db.session.get_one(OwnerGroup, group_id).name
