"""The front page, the start pages, what every visitor may read, and the administrator's view of the service."""

from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic
from portal.home import anchor_mail, proof, routes, trail_checks
from portal.home.blueprint import bp

__all__ = ["feature", "routes"]

feature = Feature(
    name="home",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("How it works"), "home.front", None, 0),
        NavItem(N_("Start"), "home.start", Permission.ACCOUNT_OWN, 0, also=("standing.own",)),
        NavItem(N_("Audit trail"), "home.audit", Permission.AUDIT_READ, 84),
        NavItem(
            N_("Service"), "home.service", Permission.OUTBOX_READ, 86, ("home.outbox", "home.jobs", "home.retention")
        ),
    ),
    jobs={trail_checks.JOB: trail_checks.run},
    periodic=(
        Periodic("home.check_trail", trail_checks.EVERY, trail_checks.ask_by_the_clock),
        Periodic("home.mail_anchor", anchor_mail.EVERY, anchor_mail.send),
    ),
    commands=(proof.command,),
)
