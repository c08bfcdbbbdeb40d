"""Candidates: who a person is stays sealed; an officer keeps the file with them, in the room."""

from portal.candidates import contact, due, erasure, held, retention, routes
from portal.candidates.blueprint import bp
from portal.core import settings
from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem

__all__ = ["feature", "routes"]

settings.warnings.append(retention.warn_of_one_programme)

feature = Feature(
    name="candidates",
    blueprints=(bp,),
    navigation=(NavItem(N_("Candidates"), "candidates.index", Permission.CANDIDATE_KEEP, 10, also=("candidates",)),),
    waiting=due.waiting,
    held_on=held.held_on,
    outbox_checks={contact.CHECK: contact.may_leave},
    erase=erasure.erase_own,
    retention=retention.RULES,
    deactivation_blockers=retention.blockers,
    deactivation_warnings=retention.warnings,
)
