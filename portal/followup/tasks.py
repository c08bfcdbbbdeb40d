"""Check-ins that wait for the officer, and what follow-up holds on a candidate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.core import clock, pages
from portal.core.access import Permission, Viewer, allows
from portal.core.errors import N_
from portal.core.registry import Held, Task
from portal.followup import queries, rules, services
from portal.followup.models import CheckInOutcome

OUTCOMES = {
    CheckInOutcome.DUE: N_("Due"),
    CheckInOutcome.FINE: N_("Fine"),
    CheckInOutcome.CONCERN: N_("A concern"),
    CheckInOutcome.NOT_REACHED: N_("Not reached"),
}


def waiting(viewer: Viewer) -> Iterator[Task]:
    if not allows(viewer, Permission.PLACEMENT_FOLLOW):
        return
    for check_in, profile, company in queries.due(viewer):
        due_at = clock.at(check_in.due_on, time(0))
        yield Task(
            _("Check-in, week %(week)d", week=check_in.week),
            url_for("followup.check_in", check_in_id=check_in.id),
            due_at,
            _("Candidate %(number)s, %(company)s", number=profile.case_number, company=company),
            "calendar",
            due_at,
        )


def held_on(candidate_id: UUID) -> Iterator[Held]:
    placements = services.of_candidate(candidate_id)
    if not placements:
        return
    yield Held(
        N_("Placements"),
        [
            {
                _("Kind"): _(rules.KINDS[each.kind]),
                _("Start"): pages.show_date(each.starts_on),
                _("End"): pages.show_date(each.ends_on),
                _("Hours a week"): str(each.hours),
                _("Pay"): pages.show_money(each.pay_cents),
                _("Contact at the workplace"): services.read_contact(each),
            }
            for each in placements
        ],
    )
    check_ins = services.check_ins_of([each.id for each in placements])
    said = {key: text for each in placements for key, text in services.read_words(each).items()}
    yield Held(
        N_("Check-ins"),
        [
            {
                _("Week"): str(each.week),
                _("Due"): pages.show_date(each.due_on),
                _("Outcome"): _(OUTCOMES[CheckInOutcome(each.status)]),
                _("Words"): said.get(each.id, ""),
            }
            for each in check_ins
        ],
    )
