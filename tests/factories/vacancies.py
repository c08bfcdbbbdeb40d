"""Vacancies for tests. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.accounts.models import Account
from portal.companies.models import Company
from portal.core import clock
from portal.core.db import db, sort_key
from portal.vacancies.models import FairnessFlag, FlagDecision, Recipient, Vacancy, VacancyStatus
from portal.vacancies.readings import points_of

COMPLETE: dict[str, Any] = {
    "title": "Window cleaner",
    "description": "Windows of offices, in a team of two.",
    "occupation": "cleaner_premises",
    "essential_skills": [{"code": "cleaning_premises", "level": 2}, {"code": "vacuuming_mopping", "level": 2}],
    "optional_skills": [{"code": "waste_sorting", "level": 1}],
    "languages": [{"code": "fi", "level": 2, "must": True}, {"code": "en", "level": 2, "must": False}],
    "municipality": "091",
    "work_site": "Esimerkkikatu 1",
    "bands": ["weekday_day"],
    "hours_min": 30,
    "hours_max": 37,
    "contract": "permanent",
    "pay_from_cents": 1250,
    "pay_to_cents": 1400,
    "pay_unit": "hour",
    "agreement": "tes_property",
    "for_client": False,
    "posts": 2,
}


def vacancy(
    of: Company, by: Account, status: VacancyStatus | str = VacancyStatus.PUBLISHED, *,
    recipients: tuple[Account, ...] | None = None, confirmed: bool = True, **overrides: Any,
) -> Vacancy:  # fmt: skip
    """Complete and in this state. `by` wrote it and reads the cards unless `recipients` says who."""
    now, today = clock.now(), clock.today()
    sent = status not in (VacancyStatus.DRAFT,)
    out = status in (VacancyStatus.PUBLISHED, VacancyStatus.PAUSED)
    values = COMPLETE | {
        "company_id": of.id, "status": str(status), "starts_on": today + timedelta(days=30),
        "last_day": today + timedelta(days=60), "written_by_id": by.id, "written_at": now,
        "submitted_at": now if sent else None, "published_at": now if out else None,
    } | overrides  # fmt: skip
    made = Vacancy(**values, title_key=sort_key(values["title"]))
    db.session.add(made)
    db.session.flush()
    for reader in (by,) if recipients is None else recipients:
        db.session.add(recipient(made, reader) if confirmed else Recipient(vacancy_id=made.id, account_id=reader.id))
    db.session.flush()
    return made


def recipient(of: Vacancy, reader: Account) -> Recipient:
    """One whom a liaison confirmed, as they are called today."""
    return Recipient(
        vacancy_id=of.id, account_id=reader.id, confirmed_at=clock.now(), confirmed_name=reader.display_name,
        confirmed_email=reader.email,
    )  # fmt: skip


def draft(of: Company, by: Account, **overrides: Any) -> Vacancy:
    return vacancy(of, by, VacancyStatus.DRAFT, confirmed=False, **overrides)


def accept_all(of: Vacancy, by: Account) -> None:
    """A liaison accepted every point of today."""
    for point in points_of(of):
        row = point.row or FairnessFlag(
            vacancy_id=of.id, rule=point.flag.rule.code, fingerprint=point.flag.fingerprint, raised_at=clock.now()
        )
        row.decision, row.reason, row.decided_by_id = FlagDecision.ACCEPTED, "Checked.", by.id
        row.decided_at = clock.now()
        db.session.add(row)
    db.session.flush()
