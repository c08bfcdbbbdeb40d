"""The start page: what waits, oldest first; a company finds its standing, vacancies and introductions here."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core import pages
from portal.core.access import COMPANY_ROLES, Permission, Role, requires
from portal.home import alerts, company_start, greetings, overview, panels, welcome
from portal.home.blueprint import bp


@bp.get("/start")
@requires(Permission.ACCOUNT_OWN)
def start() -> ResponseReturnValue:
    if current_user.role in COMPANY_ROLES:
        return pages.render("home/start_company.html", **company_start.of(current_user))
    tasks = greetings.waiting_for(current_user)
    context: dict[str, Any] = {
        "greeting": greetings.greeting(current_user.display_name),
        "lead": greetings.lead(tasks),
        "tasks": greetings.lines(tasks),
        "nothing": greetings.nothing(current_user.role),
        "welcome": welcome.shown_to(current_user),
    }
    if current_user.role == Role.ADMINISTRATOR:
        return pages.render("home/start_administrator.html", parts=overview.parts(), alerts=alerts.recent(), **context)
    if current_user.role == Role.OFFICER and not context["welcome"]:  # whose next step is the same
        context["next"] = welcome.step_of_staff(current_user)
    if current_user.role == Role.LIAISON:
        context |= {"week": panels.this_week(current_user), "soon": panels.ending_soon()}
    return pages.render("home/start.html", **context)
