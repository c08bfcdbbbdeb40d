"""What goes by itself: looks that are over, old glass and deputies; and who must hand over before they leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext, ngettext
from sqlalchemy import delete, func, select

from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.candidates import due, services
from portal.candidates.models import Candidate, CandidateStatus, Deputy, GlassBreak, IdentityShown
from portal.core import clock, retention, settings
from portal.core.db import db
from portal.core.errors import N_
from portal.core.pages import show_date
from portal.core.registry import Retention

KEPT = timedelta(days=365)  # the audit trail remembers longer


def forget_looks() -> int:
    return retention.count(delete(IdentityShown).where(IdentityShown.until < clock.now()))


def forget_glass() -> int:
    return retention.count(delete(GlassBreak).where(GlassBreak.until < clock.now() - KEPT))


def forget_deputies() -> int:
    return retention.count(delete(Deputy).where(Deputy.ends_on < clock.today() - KEPT))


RULES = (
    Retention(
        "candidates.files",
        N_("Closed files of candidates"),
        lambda: retention.months(settings.number(due.CLOSED_MONTHS)),
        None,
    ),
    Retention(
        "candidates.looks", N_("That an identity is shown just now"), lambda: gettext("Until its end"), forget_looks
    ),
    Retention(
        "candidates.glass", N_("Files opened by breaking the glass"), lambda: retention.days(KEPT.days), forget_glass
    ),
    Retention(
        "candidates.deputies", N_("Deputies, after their time"), lambda: retention.days(KEPT.days), forget_deputies
    ),
)


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


def warnings(account: Account) -> Iterator[str]:
    """Whose files stay without anybody when a deputy's account ends."""
    kept = select(Deputy.officer_id, Deputy.ends_on).where(
        Deputy.deputy_id == account.id, Deputy.ends_on >= clock.today()
    )
    rows = db.session.execute(kept.order_by(Deputy.starts_on, Deputy.id)).all()
    names = accounts.names(row.officer_id for row in rows)
    for row in rows:
        yield gettext(
            "Stands in for %(name)s until %(day)s. Name another deputy.",
            name=names.get(row.officer_id, ""),
            day=show_date(row.ends_on),
        )


def warn_of_one_programme() -> Iterator[str]:
    """For the settings page."""
    if services.only_one_programme():
        yield gettext(
            "Only one programme has candidates. Being introduced then tells what the programme is for. Open files of "
            "another programme too, or have the officers say so aloud."
        )
