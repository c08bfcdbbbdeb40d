from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem
from portal.vacancies.routes import bp
from portal.vacancies.upkeep import periodic
from portal.vacancies.waiting import deactivation_blockers, waiting

OWN = tuple(
    f"vacancies.{name}"
    for name in ("own_show", "new", "job", "demands", "hours", "pay", "check", "recipients", "answer")
)
STAFF = tuple(f"vacancies.{name}" for name in ("show", "decide", "confirm", "return_", "publish", "pause"))

feature = Feature(
    name="vacancies",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("Vacancies"), "vacancies.own", Permission.VACANCY_WRITE, 30, OWN),
        NavItem(N_("Vacancies"), "vacancies.manage", Permission.VACANCY_READ, 30, STAFF),
        NavItem(N_("Open vacancies"), "vacancies.index", None, 5, ("vacancies.public",)),
    ),
    waiting=waiting,
    periodic=periodic,
    deactivation_blockers=deactivation_blockers,
)
