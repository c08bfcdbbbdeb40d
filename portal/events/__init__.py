"""Events: what is on, the sign-up without an account, seats and the waiting list, attendance."""

from datetime import timedelta

from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic
from portal.events import letters, routes, schedule, tasks
from portal.events.blueprint import bp

__all__ = ["feature", "routes"]

feature = Feature(
    name="events",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("Events"), "events.index", None, 10, also=("events",)),
        NavItem(N_("Events"), "events.manage", Permission.EVENT_MANAGE, 60, also=("events",)),
    ),
    waiting=tasks.waiting,
    periodic=(
        Periodic("events.settle_seats", timedelta(minutes=1), schedule.settle_seats),
        Periodic("events.remind", timedelta(minutes=5), schedule.remind),
        Periodic("events.forget", timedelta(hours=1), schedule.forget),
    ),
    outbox_checks={letters.STILL_COMING: letters.still_coming, letters.STILL_OFFERED: letters.still_offered},
)
