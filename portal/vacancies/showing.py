"""A vacancy in words for its pages: the same facts for the company, the staff and, in part, the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel import numbers
from flask_babel import gettext as _

from portal.core import languages
from portal.core.pages import show_date, show_money
from portal.vacancies import clients, words
from portal.vacancies.models import Vacancy
from portal.vocabulary import services as vocabulary

Pair = tuple[str, str]


@dataclass(frozen=True)
class Facts:
    """(label, value) pairs by step, and the skills as lines; an empty value shows a dash."""

    job: list[Pair]
    essential: list[str]
    optional: list[str]
    languages: list[str]
    hours: list[Pair]
    pay: list[Pair]


def facts_of(vacancy: Vacancy) -> Facts:
    return Facts(
        [(_("Occupation"), occupation(vacancy)), (_("People looked for"), number(vacancy.posts))],
        [skill(row) for row in vacancy.essential_skills],
        [skill(row) for row in vacancy.optional_skills],
        [language(row) for row in vacancy.languages],
        list(_hours(vacancy)),
        list(_pay(vacancy)),
    )


def public_facts_of(vacancy: Vacancy) -> list[Pair]:
    """What a visitor reads."""
    return [
        (_("Occupation"), occupation(vacancy)),
        (_("Municipality"), municipality(vacancy)),
        (_("When"), listed(words_of(vocabulary.BANDS, vacancy.bands))),
        (_("Hours a week"), hours(vacancy)),
        (_("Contract"), contract(vacancy)),
        (_("Pay"), pay(vacancy)),
        (_("Collective agreement"), agreement(vacancy)),
        (_("First day at work"), show_date(vacancy.starts_on)),
        (_("Open until"), show_date(vacancy.last_day)),
    ]


def _hours(vacancy: Vacancy) -> Iterable[Pair]:
    yield _("Municipality"), municipality(vacancy)
    yield _("Workplace"), vacancy.work_site
    yield _("When"), listed(words_of(vocabulary.BANDS, vacancy.bands))
    yield _("Hours a week"), hours(vacancy)
    yield _("Contract"), contract(vacancy)
    yield _("First day at work"), show_date(vacancy.starts_on)
    yield _("Open until"), show_date(vacancy.last_day)


def _pay(vacancy: Vacancy) -> Iterable[Pair]:
    yield _("Pay"), pay(vacancy)
    yield _("Collective agreement"), agreement(vacancy)
    yield _("Housing"), word(words.HOUSING, vacancy.housing)
    yield _("Deductions"), listed(words_of(words.DEDUCTIONS, vacancy.deductions)) or _("Nothing")
    yield _("Equipment"), word(words.EQUIPMENT, vacancy.equipment)
    yield _("How the work is arranged"), word(words.CHAIN, vacancy.chain)
    yield _("Work is done for"), done_for(vacancy)
    yield _("A fee or a deposit"), yes_no(vacancy.fees)
    yield _("Pay in cash"), yes_no(vacancy.cash_pay)
    yield _("Living at the workplace"), yes_no(vacancy.live_in)
    yield _("Remote workplace"), yes_no(vacancy.remote_site)
    yield _("Documents are kept"), yes_no(vacancy.keeps_documents)


def occupation(vacancy: Vacancy) -> str:
    return vocabulary.label("occupation", vacancy.occupation) if vacancy.occupation else ""


def municipality(vacancy: Vacancy) -> str:
    return vocabulary.label("municipality", vacancy.municipality) if vacancy.municipality else ""


def skill(row: Mapping[str, Any]) -> str:
    name = vocabulary.label("skill", row["code"])
    if vocabulary.is_licence(row["code"]):
        return name
    return _("%(skill)s: %(level)s", skill=name, level=_(vocabulary.LEVELS[row["level"]]))


def language(row: Mapping[str, Any]) -> str:
    name, level = vocabulary.label("language", row["code"]), vocabulary.CEFR[row["level"]]
    if row["must"]:
        return _("%(language)s at least %(level)s, a must", language=name, level=level)
    return _("%(language)s at least %(level)s, a wish", language=name, level=level)


def hours(vacancy: Vacancy) -> str:
    least, most = vacancy.hours_min, vacancy.hours_max
    if least is None or most is None or least == most:
        return number(least if least is not None else most)
    return f"{least}–{most}"


def contract(vacancy: Vacancy) -> str:
    kind = word(words.CONTRACTS, vacancy.contract)
    if vacancy.contract == "fixed_term" and vacancy.contract_months:
        return _("%(contract)s, %(months)d months", contract=kind, months=vacancy.contract_months)
    return kind


def pay(vacancy: Vacancy) -> str:
    least, most = vacancy.pay_from_cents, vacancy.pay_to_cents
    if least is None:
        return ""
    unit = word(words.PAY_UNITS, vacancy.pay_unit)
    if most is None or most == least:
        return f"{show_money(least)} {unit}"
    bare = numbers.format_decimal(least / 100, "#,##0.00", locale=languages.current())
    return f"{bare}–{show_money(most)} {unit}"


def done_for(vacancy: Vacancy) -> str:
    """The clients, or "nobody else" where that was the answer."""
    return "; ".join(clients.in_words(vacancy)) or (_("No other company") if vacancy.for_client is False else "")


def agreement(vacancy: Vacancy) -> str:
    """A code of the list in words, or the name as the company wrote it."""
    return word(words.AGREEMENTS, vacancy.agreement)


def word(labels: Mapping[str, str], value: str) -> str:
    return _(labels[value]) if value in labels else value


def words_of(labels: Mapping[str, str], values: Iterable[str]) -> list[str]:
    """In the order of the table."""
    return [_(label) for value, label in labels.items() if value in set(values)]


def listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def number(value: int | None) -> str:
    return "" if value is None else str(value)
