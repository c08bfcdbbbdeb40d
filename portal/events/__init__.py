"""Events: what is on, the sign-up without an account, seats and the waiting list, attendance."""

from datetime import timedelta

from flask_babel import gettext

from portal.core import settings
from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic, Retention
from portal.core.retention import days, hours
from portal.events import (
    answers,
    colleagues,
    exporting,
    forgetting,
    letters,
    limits,
    newsletter,
    question_rules,
    routes,
    rules,
    schedule,
    still_true,
    tasks,
)
from portal.events.blueprint import bp

__all__ = ["feature", "routes"]


def answers_kept() -> str:
    """Each question has its own time; none may have more than this."""
    return gettext("As the question says, at most %(days)s", days=days(question_rules.LONGEST_KEPT_DAYS))


feature = Feature(
    name="events",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("Events"), "events.index", None, 10, also=("events",)),
        NavItem(
            N_("Events"),
            "events.manage",
            Permission.EVENT_MANAGE,
            60,
            also=("events", "trainings", "courses", "requests", "standing.requirements"),
        ),
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
        Retention("events.answers", N_("Answers to the questions of an event"), answers_kept, answers.forget_old),
        Retention(
            "events.colleagues",
            N_("Whom a company signed up, after the event"),
            lambda: days(colleagues.KEPT.days),
            colleagues.forget_old,
        ),
        Retention(
            "events.newsletter_asked",
            N_("Newsletters that nobody confirmed"),
            lambda: days(newsletter.UNCONFIRMED_KEPT.days),
            newsletter.forget_unconfirmed,
        ),
        Retention(
            "events.newsletter_ended",
            N_("The record of a newsletter, after it was ended"),
            lambda: days(newsletter.RECORD_KEPT.days),
            newsletter.forget_ended,
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
        still_true.NAME: still_true.check,
        letters.WAS_THERE: letters.was_there,
    },
)
