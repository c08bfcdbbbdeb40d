"""Incidents and reviews: the silent hold, and what a company may read."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.core import pages
from portal.core.access import Permission, Viewer, allows
from portal.core.errors import N_
from portal.core.registry import Feature, Held, Task
from portal.incidents import services
from portal.incidents.models import Incident
from portal.incidents.routes import bp


def waiting(viewer: Viewer) -> Iterable[Task]:
    """A hold waits for each side until it has agreed to end it. The task names no company: others may look on."""
    if not allows(viewer, Permission.COMPANY_READ):
        return
    for incident in services.open_incidents(viewer):
        if not services.has_agreed(incident, viewer.role):
            href = url_for("incidents.show", incident_id=incident.id)
            yield Task(_("A hold is in force"), href, incident.opened_at, _("Decide together when it may end."), "lock")


def held_on(candidate_id: UUID) -> Iterator[Held]:
    """The holds that this candidate's placements gave cause for."""
    incidents = services.of_candidate(candidate_id)
    if incidents:
        yield Held(N_("Holds"), [_row(incident) for incident in incidents])


def _row(incident: Incident) -> dict[str, str]:
    return {
        _("Companies"): ", ".join(company.name for company in services.companies_held(incident)),
        _("Since"): pages.show_date(incident.opened_at),
        _("Ended"): pages.show_date(incident.resolved_at),
        _("Why it ended"): " ".join(services.reasons_of(incident)),
    }


feature = Feature(
    name="incidents",
    blueprints=(bp,),
    waiting=waiting,
    held_on=held_on,
    erase=services.sever,
    erasure_refusals=services.erasure_refusals,
)
