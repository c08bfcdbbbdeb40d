"""Events: what is on, the sign-up without an account, seats and the waiting list, attendance."""

from datetime import timedelta

from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic, Retention
from portal.core.retention import days, hours
from portal.events import letters, limits, routes, rules, schedule, still_true, tasks
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
    ),
    retention=(
        Retention(
            "events.needs",
            N_("What attendees need to take part, after the event"),
            lambda: days(rules.NEEDS_KEPT.days),
            schedule.forget_needs,
        ),
        Retention(
            "events.unconfirmed",
            N_("Sign-ups that nobody confirmed in time"),
            lambda: days(rules.UNCONFIRMED_KEPT.days),
            schedule.forget_unconfirmed,
        ),
        Retention("events.attempts", N_("Tries of visitors"), lambda: hours(limits.KEPT_HOURS), limits.forget_old),
    ),
    outbox_checks={
        letters.STILL_COMING: letters.still_coming,
        letters.STILL_OFFERED: letters.still_offered,
        still_true.NAME: still_true.check,
    },
)
