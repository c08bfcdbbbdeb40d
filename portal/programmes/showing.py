"""A programme's sourced figures in words. What is not sourced is not shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.core import languages
from portal.core.errors import N_
from portal.core.pages import show_date, show_number
from portal.programmes.models import Programme

PRINCIPLES: Mapping[str, str] = {
    "wellbeing": N_("Wellbeing"),
    "equality": N_("Equality"),
    "social_cultural": N_("Social and cultural equality"),
    "intangible": N_("Intangible products and services"),
}
GENDER: Mapping[str, str] = {
    "analysis": N_("Gender analysis made"),
    "mainstreaming": N_("Gender perspective in all work"),
    "main_aim": N_("Gender equality is the main aim"),
}

Row = tuple[str, str, str]


@dataclass(frozen=True)
class Figures:
    """`plan` rows are (label, planned, actual); `principles` (label, score); the others (label, value)."""

    basics: list[tuple[str, str]]
    plan: list[Row]
    area: list[tuple[str, str]]
    gender: list[tuple[str, str]]
    principles: list[tuple[str, str]]


def name(programme: Programme) -> str:
    names = {"sv": programme.name_sv, "en": programme.name_en}
    return names.get(languages.current()) or programme.name_fi


def figures_of(programme: Programme) -> Figures:
    facts = programme.facts
    gender, principles = facts.get("gender", {}), facts.get("principles", {})
    return Figures(
        [(label, str(value)) for label, value in _basics(programme, facts) if value],
        list(_plan(facts)),
        [(label, ", ".join(parts)) for label, parts in _area(facts) if parts],
        [(_(label), _("Yes") if gender[key] else _("No")) for key, label in GENDER.items() if key in gender],
        [(_(label), "/".join(map(str, principles[key]))) for key, label in PRINCIPLES.items() if key in principles],
    )


def _basics(programme: Programme, facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield _("Code"), programme.code
    yield _("Fund and period"), facts.get("fund")
    yield _("Priority"), facts.get("priority")
    yield _("Specific objective"), facts.get("objective")
    yield _("Authority"), facts.get("authority")
    yield _("From"), show_date(programme.starts_on)
    yield _("To"), show_date(programme.ends_on)


def _plan(facts: Mapping[str, Any]) -> Iterator[Row]:
    if "support_euros" in facts:
        yield _("EU and state funding"), *(_euros(each) for each in facts["support_euros"])
    if "public_euros" in facts:
        yield _("Public funding in all"), *(_euros(each) for each in facts["public_euros"])
    if "companies" in facts:
        yield _("Companies"), *(str(each) for each in facts["companies"])
    if "participants_planned" in facts:
        planned = _("%(number)s, at least half of them women", number=facts["participants_planned"])
        yield _("Participants"), planned if facts.get("half_women") else str(facts["participants_planned"]), ""


def _area(facts: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield _("Regions"), [_place(each) for each in facts.get("regions", ())]
    yield _("Sub-regions"), [_place(each) for each in facts.get("sub_regions", ())]
    yield _("Municipalities"), [_place(each) for each in facts.get("municipalities", ())]


def _place(name: str) -> str:
    """`Finnish|Swedish`, as the funder's form names it; one name where both are the same."""
    finnish, _bar, swedish = name.partition("|")
    return swedish if swedish and languages.current() == "sv" else finnish


def _euros(value: int) -> str:
    return f"{show_number(value)} €"
