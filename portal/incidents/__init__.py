"""Incidents and reviews: the silent hold, and what a company may read."""

from collections.abc import Iterable

from flask import url_for
from flask_babel import gettext as _

from portal.core.access import Permission, Viewer, allows
from portal.core.registry import Feature, Task
from portal.incidents import services
from portal.incidents.routes import bp


def waiting(viewer: Viewer) -> Iterable[Task]:
    """A hold waits for each side until it has agreed to end it. The task names no company: others may look on."""
    if not allows(viewer, Permission.COMPANY_READ):
        return
    for incident in services.open_incidents(viewer):
        if not services.has_agreed(incident, viewer.role):
            href = url_for("incidents.show", incident_id=incident.id)
            yield Task(_("A hold is in force"), href, incident.opened_at, _("Decide together when it may end."), "lock")


feature = Feature(name="incidents", blueprints=(bp,), waiting=waiting)
