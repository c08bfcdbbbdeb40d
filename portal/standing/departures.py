"""What a company loses with a member: trainings that count through this person alone, and with them its standing."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.companies import services as companies
from portal.companies.models import CompanyStatus
from portal.core import clock, languages
from portal.trainings import services as trainings


def warnings(account: Account) -> Iterator[str]:
    """A warning and no blocker: whoever has left a company must not keep their access until a colleague has learnt."""
    if account.company_id is None or not account.is_active:
        return
    company = companies.by_id(account.company_id)
    for title in held_by_nobody_else(account) if company.status == CompanyStatus.APPROVED else []:
        said = _("Nobody else at %(company)s holds the training “%(title)s”.", company=company.name, title=title)
        also = _("Without it the company is no responsible employer, until another colleague has completed it.")
        yield f"{said} {also}"


def held_by_nobody_else(account: Account) -> list[str]:
    """The titles of what is required that the company holds today through this member alone."""
    day, company_id = clock.today(), account.company_id
    if company_id is None:
        return []
    stays = {each.row.id for each in trainings.required_of(company_id, day, without=account.id) if each.held}
    held = [each.row for each in trainings.required_of(company_id, day) if each.held]
    return [row.title(languages.current()) for row in held if row.id not in stays]
