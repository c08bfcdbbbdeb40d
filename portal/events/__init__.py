"""Events: what is on, the sign-up without an account, seats and the waiting list, attendance."""

from datetime import timedelta

from portal.core import settings
from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic, Retention
from portal.core.retention import days, hours
from portal.events import exporting, forgetting, letters, limits, routes, rules, schedule, tasks
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
        Periodic("events.thank", timedelta(minutes=5), schedule.thank),
    ),
    jobs={exporting.JOB: exporting.write},
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
        Retention(
            "events.names",
            N_("Names of attendees, after the event"),
            forgetting.kept,
            forgetting.forget_names,
            named=forgetting.named,
        ),
        Retention(
            "events.imports",
            N_("Attendance files that were read"),
            lambda: days(settings.number(forgetting.IMPORTS)),
            forgetting.forget_imports,
        ),
        Retention("events.attempts", N_("Tries of visitors"), lambda: hours(limits.KEPT_HOURS), limits.forget_old),
    ),
    outbox_checks={
        letters.STILL_COMING: letters.still_coming,
        letters.STILL_OFFERED: letters.still_offered,
        letters.WAS_THERE: letters.was_there,
    },
)
