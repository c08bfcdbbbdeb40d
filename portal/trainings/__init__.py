"""Trainings, completions and certificates."""

from datetime import timedelta

from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic, Retention
from portal.core.retention import months
from portal.events.certificates import provide
from portal.trainings import reminders, retention, routes, ways
from portal.trainings.blueprint import bp
from portal.trainings.courses import blueprint as course_pages
from portal.trainings.courses import offering, taking
from portal.trainings.courses import routes as course_routes
from portal.trainings.courses import rules as course_rules
from portal.trainings.given import GivenCertificates

__all__ = ["course_routes", "feature", "routes"]

provide(GivenCertificates())
ways.providers.append(offering.way)

feature = Feature(
    name="trainings",
    blueprints=(bp, course_pages.bp),
    navigation=(
        NavItem(N_("Trainings"), "trainings.catalogue", None, 15, also=("trainings.read",)),
        NavItem(N_("Check a certificate"), "trainings.certificate", None, 20),
        NavItem(
            N_("Trainings"),
            "trainings.own",
            Permission.COMPANY_OWN,
            60,
            also=("trainings", "courses", "events", "requests"),
        ),
    ),
    waiting=reminders.waiting,
    retention=(
        retention.COMPLETIONS,
        Retention(
            "trainings.answers",
            N_("Answers in the quiz of a course, after the try"),
            lambda: months(course_rules.ANSWERS_KEPT_MONTHS),
            taking.forget_answers,
        ),
    ),
    periodic=(Periodic("trainings.remind", timedelta(hours=1), reminders.remind),),
)
