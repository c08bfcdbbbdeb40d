"""The values a vacancy may hold, each with its marked label."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core.errors import N_
from portal.vacancies.models import VacancyStatus as V

STEPS: Mapping[str, str] = {
    "job": N_("The job"),
    "demands": N_("Skills and languages"),
    "hours": N_("Hours and place"),
    "pay": N_("Pay and terms"),
    "check": N_("Check and send"),
}
"""In this order; each is an endpoint of its name."""

STATUS: Mapping[str, tuple[str, str]] = {
    V.DRAFT: (N_("Draft"), ""),
    V.SUBMITTED: (N_("Sent"), "info"),
    V.RETURNED: (N_("Returned"), "wait"),
    V.PUBLISHED: (N_("Open"), "good"),
    V.PAUSED: (N_("Paused"), "wait"),
    V.FILLED: (N_("Filled"), ""),
    V.WITHDRAWN: (N_("Withdrawn"), ""),
    V.EXPIRED: (N_("Closed"), ""),
}
"""(label, kind of tag)"""

IN_WORDS: Mapping[str, str] = {
    V.DRAFT: N_("Only your company sees this. Send it when it is ready."),
    V.SUBMITTED: N_("We are reading it. You usually hear within two working days."),
    V.RETURNED: N_("Something must change before we can publish this. The reason stands below."),
    V.PUBLISHED: N_("Open to our staff. We contact you if we propose someone; silence means nothing."),
    V.PAUSED: N_("Paused. Nobody new is proposed to you."),
    V.FILLED: N_("Filled. Nobody new is proposed to you."),
    V.WITHDRAWN: N_("Withdrawn. Nobody new is proposed to you."),
    V.EXPIRED: N_("Closed, because its last day has passed or we closed it. Nobody new is proposed to you."),
}
"""What the state means for the company. Nothing here may depend on candidates (design: P1)."""

CONTRACTS: Mapping[str, str] = {
    "permanent": N_("Until further notice"),
    "fixed_term": N_("For a fixed term"),
    "on_call": N_("On call"),
}
PAY_UNITS: Mapping[str, str] = {"hour": N_("an hour"), "month": N_("a month")}
HOUSING: Mapping[str, str] = {
    "no": N_("We offer no housing"),
    "optional": N_("We offer housing, and the person may live elsewhere"),
    "tied": N_("The person must live in housing that we arrange"),
}
DEDUCTIONS: Mapping[str, str] = {
    "transport": N_("Transport"),
    "food": N_("Food"),
    "clothes": N_("Work clothes"),
}
EQUIPMENT: Mapping[str, str] = {
    "company": N_("The company provides and pays it"),
    "employee": N_("The person brings or pays it"),
    "none": N_("None is needed"),
}
CHAIN: Mapping[str, str] = {
    "own": N_("In our own service, under our own direction"),
    "subcontract": N_("In our service, at a client we work for as a subcontractor"),
    "agency": N_("In our service, leased to another company"),
}
AGREEMENTS: Mapping[str, str] = {
    "tes_agriculture": N_("Rural industries"),
    "tes_auto": N_("Car trade and repair"),
    "tes_bus": N_("Bus and coach transport"),
    "tes_commerce": N_("Commerce"),
    "tes_construction": N_("Construction"),
    "tes_food": N_("Food industry"),
    "tes_hair": N_("Hairdressing"),
    "tes_health": N_("Health services, private"),
    "tes_hospitality": N_("Hotels, restaurants and leisure"),
    "tes_municipal": N_("Municipal sector, general (KVTES)"),
    "tes_painting": N_("Painting"),
    "tes_property": N_("Property services and cleaning"),
    "tes_road": N_("Road haulage"),
    "tes_security": N_("Security guarding"),
    "tes_social": N_("Social services, private"),
    "tes_technology": N_("Technology industries"),
    "tes_terminal": N_("Terminals and warehouses"),
    "tes_textile": N_("Textile care"),
    "tes_wellbeing": N_("Wellbeing services counties (HYVTES)"),
}
"""Collective agreements that are common in these occupations; any other may be named."""

OTHER_AGREEMENT = "other"
