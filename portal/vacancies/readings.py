"""A vacancy's row read as plain values for the rules, and its flags as they stand beside what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.vacancies import clients, words
from portal.vacancies.completeness import Demands, Gap, gaps
from portal.vacancies.models import FairnessFlag, FlagDecision, Vacancy
from portal.vacancies.recipients import recipients
from portal.vacancies.rules import Flag, flags_of
from portal.vacancies.terms import Terms
from portal.vocabulary import services as vocabulary

SAME = (
    "title", "description", "occupation", "municipality", "hours_min", "hours_max", "contract", "pay_from_cents",
    "pay_to_cents", "pay_unit", "agreement", "housing", "fees", "equipment", "cash_pay", "live_in", "remote_site",
    "chain", "for_client", "keeps_documents",
)  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One point to look at: the flag as the rules raise it today, and what was said and decided on these values."""

    flag: Flag
    row: FairnessFlag | None

    @property
    def decision(self) -> str:
        return str(self.row.decision) if self.row else FlagDecision.OPEN.value

    @property
    def accepted(self) -> bool:
        return self.decision == FlagDecision.ACCEPTED

    @property
    def text(self) -> str:
        """For the page, in its language."""
        return gettext(self.flag.rule.text, **_in_words(self.flag.values))


def terms_of(vacancy: Vacancy) -> Terms:
    return Terms(
        **{name: getattr(vacancy, name) for name in SAME},
        languages=tuple((row["code"], row["level"], row["must"]) for row in vacancy.languages),
        deductions=tuple(vacancy.deductions),
        clients=tuple(clients.in_words(vacancy)),
        scrutiny=needs_second_look(vacancy),
    )


def needs_second_look(vacancy: Vacancy) -> bool:
    """The company's field, or the field of the occupation: an agency's cook works in a restaurant."""
    occupation = vocabulary.find("occupation", vacancy.occupation)
    fields = [*vacancy.company.industries, occupation.more["sector"] if occupation else ""]
    return any(vocabulary.needs_scrutiny(each) for each in fields if each)


def gaps_of(vacancy: Vacancy, readers: int | None = None) -> tuple[Gap, ...]:
    """What is still missing before it can be sent; `readers` are its recipients of today, when counted already."""
    demands = Demands(
        essential=len(vacancy.essential_skills),
        posts=vacancy.posts,
        bands=tuple(vacancy.bands),
        contract_months=vacancy.contract_months,
        starts_on=vacancy.starts_on,
        last_day=vacancy.last_day,
        recipients=len(recipients(vacancy.id)) if readers is None else readers,
        outdated=tuple(_outdated(vacancy)),
    )
    return gaps(terms_of(vacancy), demands, clock.today())


def points_of(vacancy: Vacancy) -> list[Point]:
    """Everything to look at today; a value that changed since its flag was decided stands here undecided."""
    rows = db.session.scalars(select(FairnessFlag).where(FairnessFlag.vacancy_id == vacancy.id))
    known = {(row.rule, row.fingerprint): row for row in rows}
    return [Point(flag, known.get((flag.rule.code, flag.fingerprint))) for flag in flags_of(terms_of(vacancy))]


def _outdated(vacancy: Vacancy) -> list[str]:
    codes = [row["code"] for row in (*vacancy.essential_skills, *vacancy.optional_skills)]
    return [vocabulary.label("skill", code) for code in codes if not vocabulary.exists("skill", code)]


def _in_words(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "words": ", ".join(values.get("words", ())),
        "languages": ", ".join(vocabulary.label("language", code) for code in values.get("languages", ())),
        "clients": "; ".join(values.get("clients", ())) or gettext("not named yet"),
        "deductions": ", ".join(gettext(words.DEDUCTIONS[code]) for code in values.get("deductions", ())),
    }
