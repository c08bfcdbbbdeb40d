"""Trainings, completions and certificates."""

from datetime import timedelta

from flask_babel import gettext

from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic, Retention
from portal.events import certificates
from portal.trainings import after_events, routes, services
from portal.trainings.blueprint import bp
from portal.trainings.given import GivenCertificates

__all__ = ["feature", "routes"]

certificates.provide(GivenCertificates())

feature = Feature(
    name="trainings",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("Check a certificate"), "trainings.certificate", None, 20),
        NavItem(N_("Trainings"), "trainings.own", Permission.COMPANY_OWN, 60, also=("trainings", "events")),
    ),
    periodic=(Periodic("trainings.remind", timedelta(hours=1), services.remind),),
    retention=(
        Retention(
            "trainings.ended",
            N_("Names of completions, after the names of their event"),
            lambda: gettext("While they carry a right"),
            after_events.forget_ended,
        ),
    ),
)
