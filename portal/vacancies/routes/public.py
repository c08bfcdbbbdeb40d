"""Vacancies whose companies ticked the public list. The same for every visitor."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.core import pages
from portal.core.access import public as open_to_all
from portal.vacancies import queries
from portal.vacancies import services as vacancies
from portal.vacancies.models import Vacancy
from portal.vacancies.routes.blueprint import bp
from portal.vacancies.showing import language, municipality, pay, public_facts_of, skill


@bp.get("/vacancies")
@open_to_all
def index() -> ResponseReturnValue:
    page = pages.page_of(vacancies.public_list(), Vacancy.place, descending=True)
    names = queries.company_names(vacancy.company_id for vacancy in page.items)
    return pages.render("vacancies/index.html", page=page, names=names, municipality=municipality, pay=pay)


@bp.get("/vacancies/<uuid:vacancy_id>")
@open_to_all
def public(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = vacancies.get_public(vacancy_id)
    return pages.render(
        "vacancies/public.html", vacancy=vacancy,
        facts=public_facts_of(vacancy), essential=[skill(row) for row in vacancy.essential_skills],
        optional=[skill(row) for row in vacancy.optional_skills],
        languages=[language(row) for row in vacancy.languages],
    )  # fmt: skip
