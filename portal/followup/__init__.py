"""Follow-up after a placement. Nothing here reaches the company."""

from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem
from portal.followup import services, tasks
from portal.followup.routes import bp

feature = Feature(
    name="followup",
    blueprints=(bp,),
    navigation=(NavItem(N_("Follow-up"), "followup.index", Permission.PLACEMENT_FOLLOW, 50, also=("followup",)),),
    waiting=tasks.waiting,
    held_on=tasks.held_on,
    erase=services.erase,
    erasure_refusals=services.erasure_refusals,
)
