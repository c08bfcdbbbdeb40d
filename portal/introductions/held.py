"""What introductions hold on a candidate, for the candidate's right to know."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask_babel import gettext as _

from portal.core import pages
from portal.core.errors import N_
from portal.core.registry import Held
from portal.introductions import queries, sealing, words
from portal.introductions.models import IntroductionStatus


def held_on(candidate_id: UUID) -> Iterator[Held]:
    rows = queries.of_candidate(candidate_id)
    if rows:
        yield Held(N_("Introductions"), [_row(entry) for entry in queries.entries(rows)])


def _row(entry: queries.Entry) -> dict[str, str]:
    row, kept = entry.introduction, sealing.read(entry.introduction)
    return {
        _("Company"): entry.company_name,
        _("Vacancy"): entry.vacancy_title,
        _("State"): _(words.STATUSES[IntroductionStatus(row.status)]),
        _("Card shown to the company"): pages.show_date(row.offered_at),
        _("Details released"): pages.show_date(row.released_at),
        _("Meeting"): pages.show_datetime(row.meeting_at),
        _("Place"): kept.place,
        _("Who comes along"): kept.companion,
        _("Interpreter"): kept.interpreter,
        _("Ended"): pages.show_date(row.ended_at),
        _("Why it ended"): _(kept.reason) if kept.reason else "",
    }
