"""Vacancies in each state. The words are invented; the demands are dictionary values."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.accounts.models import Account
from portal.core import clock
from portal.vacancies import drafting, flags, readings, recipients
from portal.vacancies import services as vacancies
from portal.vacancies.models import FlagDecision, Vacancy
from seeds.demo import cast, companies
from seeds.demo.story import person, scene

FINNISH_A2 = {"code": "fi", "level": 2, "must": False}
KITCHEN = {
    "title": "Keittiöapulainen", "occupation": "kitchen_assistant", "municipality": "049",
    "work_site": "Sinikellon keskuskeittiö", "agreement": "tes_hospitality", "pay": (1220, 1350),
}  # fmt: skip
WAITER = {
    "title": "Salityöntekijä", "occupation": "waiter", "municipality": "049", "work_site": "Lounasravintola Sinikello",
    "agreement": "tes_hospitality", "pay": (1220, None),
}  # fmt: skip
CLEANER = {
    "title": "Siivooja, aamuvuorot", "occupation": "cleaner_premises", "municipality": "092",
    "work_site": "Koulut Tikkurilassa", "agreement": "tes_property", "pay": (1192, 1260), "public": True,
}  # fmt: skip
HOTEL: dict[str, Any] = {
    "title": "Kerroshoitaja", "occupation": "hotel_room_attendant", "municipality": "091", "work_site": "Hotelli Kuura",
    "agreement": "tes_property", "pay": (1192, None),
}  # fmt: skip
LEASED: dict[str, Any] = {
    "title": "Lounasravintolan siivooja", "occupation": "cleaner_premises", "municipality": "049",
    "work_site": "Lounasravintola Sinikello", "agreement": "tes_property", "pay": (1210, 1290), "chain": "agency",
    "client": "Sinikello Catering Oy",
}  # fmt: skip
"""Leased out to a company that is registered here: what stands against the client stands against this vacancy."""
BAKER = {
    "title": "Leipurin apulainen", "occupation": "baker", "municipality": "091",
    "work_site": "Tuohikopan leipomo", "agreement": "tes_food", "pay": (1290, 1400),
}  # fmt: skip


def load() -> None:
    publish(LEASED, cast.AINO, 33)
    publish(KITCHEN, cast.HELMI, 30)
    publish(CLEANER, cast.AINO, 28)
    publish(BAKER, cast.TIMO, 75)
    with scene(2, cast.HELMI) as helmi:
        vacancies.submit(write(WAITER, helmi), helmi)
    with scene(1, cast.AINO) as aino:
        draft = drafting.begin(aino)
        drafting.save_job(draft, title=HOTEL["title"], occupation=HOTEL["occupation"], description="", posts=1, by=aino)


def write(words: dict[str, Any], owner: Account) -> Vacancy:
    vacancy = drafting.begin(owner)
    drafting.save_job(
        vacancy, title=words["title"], occupation=words["occupation"], posts=1, by=owner,
        description="Opastamme sinut työhön ensimmäisen viikon ajan. Tämä paikka on keksitty.",
    )  # fmt: skip
    essential = vacancy.essential_skills[:3]
    drafting.save_demands(
        vacancy, essential=[{**row, "level": 2} for row in essential], optional=vacancy.optional_skills[:3],
        languages=[FINNISH_A2], by=owner,
    )  # fmt: skip
    drafting.save_hours(
        vacancy, municipality=words["municipality"], work_site=words["work_site"], bands=["weekday_day"],
        hours=(30, 37), contract="permanent", contract_months=None, starts_on=clock.today() + timedelta(days=45),
        last_day=clock.today() + timedelta(days=75), by=owner,
    )  # fmt: skip
    drafting.save_pay(
        vacancy, pay=words["pay"], pay_unit="hour", agreement=words["agreement"], housing="no", deductions=[],
        equipment="company", chain=words.get("chain", "own"), for_client="client" in words,
        done_for=clients(words), ticked=[], by=owner,
    )  # fmt: skip
    drafting.save_check(vacancy, recipient_ids=[owner.id], public=bool(words.get("public")), by=owner)
    return vacancy


def clients(words: dict[str, Any]) -> list[dict[str, str]]:
    if "client" not in words:
        return []
    client = next(each for each in companies.COMPANIES if each.name == words["client"])
    return [{"business_id": companies.business_id(client.number), "name": client.name}]


def publish(words: dict[str, Any], owner: str, days_ago: int) -> None:
    with scene(days_ago + 1, owner) as writer:
        vacancy = write(words, writer)
        vacancies.submit(vacancy, writer)
        vacancy_id = vacancy.id
    with scene(days_ago, cast.MARJA) as marja:
        vacancy = vacancies.by_id(vacancy_id)
        for point in readings.points_of(vacancy):
            flags.decide(
                vacancy, point.flag.rule.code, point.flag.fingerprint, decision=FlagDecision.ACCEPTED,
                reason="Tarkistettu työehtosopimuksesta ja yrityksen kanssa (keksitty).", by=marja,
            )  # fmt: skip
        recipients.confirm(vacancy, [person(owner).id], marja)
        vacancies.publish(vacancy, marja)
