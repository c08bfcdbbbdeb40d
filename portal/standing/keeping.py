"""Saving what is required: those who lose standing by it, and those who keep trainings, are told that there is news."""

from __future__ import annotations

from portal.accounts import services as accounts
from portal.companies import news
from portal.core import audit
from portal.core.access import Role
from portal.standing.previews import Preview
from portal.trainings import required
from portal.trainings import services as trainings


def keep(listed: required.Listed | None, written: required.WrittenRequirement, preview: Preview) -> None:
    """Raises `RuleBroken`."""
    if listed is None:
        row = trainings.require(written)
    else:
        row = listed.row
        trainings.change(row, written)
    if not preview.effects:
        return
    facts = {"gain": preview.gain, "lose": preview.lose}
    audit.record("requirement.effect_read", "requirement", row.id, facts=facts)
    once = f"requirement:{row.id}:{row.version}"
    news.tell(accounts.staff(Role.LIAISON), once)
    for company in {company.id: company for effect in preview.effects for company in effect.lose}.values():
        news.tell_owners(company, once)
