"""Why a pair may not meet, why one is dismissed, and how a score reads: plain values."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core.errors import N_, RuleBroken

NOT_ACTIVE, NO_CONSENT, MAY_NOT_WORK, BLOCKED = "not_active", "no_consent", "may_not_work", "blocked"
NOT_OPEN = "not_open"

FAILURES: Mapping[str, str] = {
    NOT_OPEN: N_("The vacancy is not open."),
    NOT_ACTIVE: N_("The file is not active."),
    NO_CONSENT: N_("The consent to look for matches is missing or has ended."),
    MAY_NOT_WORK: N_("The right to work is not recorded."),
    BLOCKED: N_("A safety limit of the candidate stands against this company."),
    "blocked_company": N_("A safety limit of the candidate stands against this company."),
    "blocked_group": N_("A safety limit of the candidate stands against this company."),
    "excluded_sector": N_("The candidate does not want this sector."),
    "place": N_("The place is out of the candidate's reach."),
    "hours": N_("The hours do not fit."),
    "eligibility": N_("The right to work ends before the start."),
    "language": N_("A language that is a must is missing or below the level."),
}

DISMISSALS: Mapping[str, str] = {
    "hours": N_("The hours do not suit"),
    "way": N_("The way to work is too long"),
    "other_vacancy": N_("Better suited to another vacancy"),
    "skills": N_("The skills do not suit in practice"),
    "not_now": N_("Not the right moment"),
    "own_wish": N_("The candidate does not want it"),
    "other": N_("Another reason, in the notes"),
}


def check_dismissal(reason: str) -> None:
    if reason not in DISMISSALS:
        raise RuleBroken(N_("Choose why this is not a match."), field="reason")


def check_may_meet(failures: tuple[str, ...]) -> None:
    """The first thing that keeps the two apart, as a sentence."""
    if failures:
        raise RuleBroken(FAILURES[failures[0]])
