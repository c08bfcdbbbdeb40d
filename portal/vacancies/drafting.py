"""The verbs of a draft: begun, and saved step by step, as incomplete as it may be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db, sort_key
from portal.core.errors import N_, NotFound, RuleBroken
from portal.vacancies import clients, recipients
from portal.vacancies.models import Vacancy, VacancyStatus
from portal.vocabulary import services as vocabulary

EDITED_IN = frozenset({VacancyStatus.DRAFT, VacancyStatus.RETURNED})
USUAL_LEVEL = 2
"""Does with support: the level proposed with a usual skill, to be raised by who needs more."""

TICKS = ("fees", "cash_pay", "live_in", "remote_site", "keeps_documents")

Row = dict[str, Any]


def begin(by: Account) -> Vacancy:
    """A new draft of the member's company, added to the session; `save_job` gives it its title."""
    if by.company_id is None:
        raise NotFound
    vacancy = Vacancy(
        company_id=by.company_id, title="", status=VacancyStatus.DRAFT, written_by_id=by.id, written_at=clock.now(),
        description="", occupation="", essential_skills=[], optional_skills=[], version=0,
    )  # fmt: skip
    db.session.add(vacancy)
    return vacancy


def save_job(vacancy: Vacancy, *, title: str, occupation: str, description: str, posts: int, by: Account) -> None:
    """A chosen occupation proposes its usual skills, as long as nobody has written other ones."""
    usual_before, usual_now = usual_rows(vacancy.occupation), usual_rows(occupation)
    if (vacancy.essential_skills, vacancy.optional_skills) in (([], []), usual_before):
        vacancy.essential_skills, vacancy.optional_skills = usual_now
    vacancy.title, vacancy.title_key = title, sort_key(title)
    vacancy.occupation, vacancy.description, vacancy.posts = occupation, description, posts
    _saved(vacancy, "job", by)


def save_demands(
    vacancy: Vacancy, *, essential: Sequence[Row], optional: Sequence[Row], languages: Sequence[Row], by: Account
) -> None:
    """Skills as {code, level}, languages as {code, level, must}; a skill is essential or optional, not both."""
    both = {row["code"] for row in essential} & {row["code"] for row in optional}
    if both:
        raise RuleBroken(
            N_("“%(term)s” is essential and good to have. Take one of them away."), field="optional_skills",
            term=vocabulary.label("skill", min(both)),
        )  # fmt: skip
    vacancy.essential_skills = [_skill(row) for row in essential]
    vacancy.optional_skills = [_skill(row) for row in optional]
    vacancy.languages = [{"code": row["code"], "level": row["level"], "must": bool(row["must"])} for row in languages]
    _saved(vacancy, "demands", by)


def save_hours(
    vacancy: Vacancy,
    *,
    municipality: str,
    work_site: str,
    bands: Sequence[str],
    hours: tuple[int | None, int | None],
    contract: str,
    contract_months: int | None,
    starts_on: date | None,
    last_day: date | None,
    by: Account,
) -> None:
    least, most = hours
    if least is not None and most is not None and most < least:
        raise RuleBroken(N_("The most hours are fewer than the least. Write a higher number."), field="hours_max")
    vacancy.municipality, vacancy.work_site, vacancy.bands = municipality, work_site, list(bands)
    vacancy.hours_min, vacancy.hours_max = hours
    vacancy.contract = contract
    vacancy.contract_months = contract_months if contract == "fixed_term" else None
    vacancy.starts_on, vacancy.last_day = starts_on, last_day
    _saved(vacancy, "hours", by)


def save_pay(
    vacancy: Vacancy,
    *,
    pay: tuple[int | None, int | None],
    pay_unit: str,
    agreement: str,
    housing: str,
    deductions: Sequence[str],
    equipment: str,
    chain: str,
    for_client: bool | None,
    done_for: Sequence[Row],
    ticked: Collection[str],
    by: Account,
) -> None:
    """`pay` in cents, from and to; `ticked` names the boxes of `TICKS` that hold. `done_for` holds clients as
    {business_id, name}; they count unless the answer was that the work is done for no other company.
    """
    least, most = pay
    if least is not None and most is not None and most < least:
        raise RuleBroken(N_("The highest pay is below the lowest. Write a higher sum."), field="pay_to_cents")
    vacancy.pay_from_cents, vacancy.pay_to_cents = pay
    vacancy.pay_unit, vacancy.agreement = pay_unit, agreement
    vacancy.housing, vacancy.deductions = housing, list(deductions)
    vacancy.equipment, vacancy.chain = equipment, chain
    vacancy.for_client = for_client
    vacancy.clients = [] if for_client is False else clients.checked(done_for, vacancy.company)
    for name in TICKS:
        setattr(vacancy, name, name in ticked)
    _saved(vacancy, "pay", by)


def save_check(vacancy: Vacancy, *, recipient_ids: Collection[UUID], public: bool, by: Account) -> None:
    check_editable(vacancy)
    recipients.choose(vacancy, recipient_ids, by)
    vacancy.public = public
    _saved(vacancy, "check", by)


def usual_rows(occupation: str) -> tuple[list[Row], list[Row]]:
    """(essential, optional) rows to edit; a licence has no level, which is stored as 1."""
    rows: dict[str, list[Row]] = {"essential": [], "optional": []}
    for code, weight in vocabulary.usual_skills(occupation):
        rows[weight].append(_skill({"code": code, "level": USUAL_LEVEL}))
    return rows["essential"], rows["optional"]


def check_editable(vacancy: Vacancy) -> None:
    if vacancy.status not in EDITED_IN:
        raise RuleBroken(N_("This vacancy has been sent and can no longer be edited. Open the page again."))


def _skill(row: Row) -> Row:
    return {"code": row["code"], "level": 1 if vocabulary.is_licence(row["code"]) else row["level"]}


def _saved(vacancy: Vacancy, step: str, by: Account) -> None:
    check_editable(vacancy)
    vacancy.version += 1
    audit.record("vacancy.saved", "vacancy", vacancy.id, facts={"step": step, "version": vacancy.version}, by=by.id)
    db.session.flush()
