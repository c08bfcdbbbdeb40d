"""Staff and programmes of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pyotp

from portal.accounts import services as accounts
from portal.core.access import SECOND_FACTOR_ROLES, Role
from portal.core.db import db, transaction
from portal.programmes import services as programmes
from portal.programmes.models import Programme
from seeds.demo.story import person

PASSWORD = "reilu-kokeilu-2026"


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    role: Role
    what: str
    language: str = "fi"


ADMINISTRATOR, ADMINISTRATOR_2 = "anneli@reilu.example", "olli@reilu.example"
MARJA, PETRI = "marja@reilu.example", "petri@reilu.example"
ELINA, KATRI = "elina@reilu.example", "katri@reilu.example"
AINO, JOONAS = "aino@kuuralinna.example", "joonas@kuuralinna.example"
HELMI, TIMO, SAMPO = "helmi@sinikello.example", "timo@tuohikoppa.example", "sampo@valkoapila.example"
RITVA, LASSE, KAISA = "ritva@harmaahauki.example", "lasse@siltapuro.example", "kaisa@pikkukuovi.example"

STAFF = (
    Person(MARJA, "Marja Kivelä", Role.LIAISON, "liaison"),
    Person(PETRI, "Petri Sundqvist", Role.LIAISON, "liaison", "sv"),
    Person(ELINA, "Elina Saarela", Role.OFFICER, "case officer"),
    Person(KATRI, "Katri Niemelä", Role.OFFICER, "case officer, another caseload"),
    Person("sointu@kumppani.example", "Sointu Valmentaja", Role.COACH, "partner coach"),
    Person("reijo@reilu.example", "Reijo Raportti", Role.MANAGER, "project manager"),
    Person(ADMINISTRATOR, "Anneli Ylläpito", Role.ADMINISTRATOR, "administrator"),
    Person(ADMINISTRATOR_2, "Olli Ylläpito", Role.ADMINISTRATOR, "administrator"),
)
MEMBERS = (
    Person(AINO, "Aino Lehtovirta", Role.OWNER, "owner, Kuuralinna Siivous Oy, responsible employer"),
    Person(JOONAS, "Joonas Rautavaara", Role.RECRUITER, "recruiter, Kuuralinna Siivous Oy"),
    Person(HELMI, "Helmi Koskiaho", Role.OWNER, "owner, Sinikello Catering Oy, responsible employer"),
    Person(TIMO, "Timo Tuohinen", Role.OWNER, "owner, Tuohikoppa Leipomo Oy, responsible employer"),
    Person(SAMPO, "Sampo Apila", Role.OWNER, "owner, Valkoapila Puhtaus Oy, tax certificate ended", "en"),
    Person(RITVA, "Ritva Hauki", Role.OWNER, "owner, Harmaahauki Logistiikka Oy, in review"),
    Person(LASSE, "Lasse Siltanen", Role.OWNER, "owner, Siltapuro Rakennus Oy, just registered", "sv"),
    Person(KAISA, "Kaisa Kuovi", Role.OWNER, "owner, Pikkukuovi Varastot Oy, heard before a suspension"),
)
PEOPLE = STAFF + MEMBERS

PROGRAMMES = (
    ("KOKEILU-A", "Alku (keksitty ohjelma)", "Start (påhittat program)", "Start (invented programme)"),
    ("KOKEILU-B", "Silta (keksitty ohjelma)", "Bro (påhittat program)", "Bridge (invented programme)"),
)  # fmt: skip


def load() -> None:
    with transaction():
        for each in STAFF:
            create(each)
        made = [add_programme(*words) for words in PROGRAMMES]
        db.session.flush()
        for email in (ELINA, KATRI):
            officer = person(email)
            for programme in made:
                programmes.add_officer(programme.id, officer)


def create(invented: Person, company_id: UUID | None = None) -> None:
    accounts.create(
        invented.email,
        invented.name,
        invented.role,
        company_id,
        invented.language,
        password=PASSWORD,
        totp_secret=pyotp.random_base32() if invented.role in SECOND_FACTOR_ROLES else None,
    )


def add_programme(code: str, name_fi: str, name_sv: str, name_en: str) -> Programme:
    programme = Programme(
        code=code, name_fi=name_fi, name_sv=name_sv, name_en=name_en, starts_on=date(2025, 1, 1), invented=True
    )
    db.session.add(programme)
    return programme
