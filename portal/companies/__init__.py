"""Companies: registration, vetting, evidence, owner groups, hearings, the commitment."""

from datetime import timedelta

from portal.companies import commitments, former, registrations, reminders, routes, tasks
from portal.companies.blueprint import bp
from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic

__all__ = ["feature", "routes"]

feature = Feature(
    name="companies",
    blueprints=(bp,),
    navigation=(
        NavItem(
            N_("Companies"),
            "companies.index",
            Permission.COMPANY_READ,
            20,
            also=("companies", "incidents", "standing.show"),
        ),
        NavItem(N_("Company"), "companies.own", Permission.COMPANY_OWN, 70, also=("companies",)),
        NavItem(N_("Register a company"), "companies.register", None, 30, also=("companies",)),
    ),
    waiting=tasks.waiting,
    periodic=(
        Periodic("companies.remind", timedelta(hours=1), reminders.remind),
        Periodic("companies.remind_of_commitment", timedelta(hours=1), commitments.remind),
        Periodic("companies.tell_of_repeats", timedelta(minutes=1), registrations.tell_of_repeats),
    ),
    retention=(former.RETENTION, registrations.RETENTION),
    deactivation_blockers=reminders.deactivation_blockers,
)
