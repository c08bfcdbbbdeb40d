"""What goes by itself: looks that are over, old glass and deputies; and who must hand over before they leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from flask_babel import gettext, ngettext
from sqlalchemy import delete, func, select

from portal.accounts.models import Account
from portal.candidates import services
from portal.candidates.models import Candidate, CandidateStatus, Deputy, GlassBreak, IdentityShown
from portal.core import clock
from portal.core.db import db, transaction

KEPT = timedelta(days=365)  # the audit trail remembers longer


def clean_up() -> Mapping[str, int]:
    """Delete what has had its time; returns how many rows of each kind."""
    now = clock.now()
    old = {
        "identity_looks": delete(IdentityShown).where(IdentityShown.until < now),
        "glass_breaks": delete(GlassBreak).where(GlassBreak.until < now - KEPT),
        "deputies": delete(Deputy).where(Deputy.ends_on < clock.today() - KEPT),
    }
    return {kind: db.session.execute(query).rowcount for kind, query in old.items()}  # type: ignore[attr-defined]


def run() -> None:
    """For the worker."""
    with transaction():
        clean_up()


def blockers(account: Account) -> Iterator[str]:
    """A caseload is handed over before its officer's account is deactivated; closed files too."""
    query = select(func.count()).select_from(Candidate)
    kept = db.session.scalar(
        query.where(Candidate.officer_id == account.id, Candidate.status != CandidateStatus.ERASED)
    )
    if kept:
        yield ngettext(
            "One file is kept by this person. It must be handed over first.",
            "%(num)d files are kept by this person. They must be handed over first.",
            kept,
        )


def warn_of_one_programme() -> Iterator[str]:
    """For the settings page."""
    if services.only_one_programme():
        yield gettext(
            "Only one programme has candidates. Being introduced then tells what the programme is for. Open files of "
            "another programme too, or have the officers say so aloud."
        )
