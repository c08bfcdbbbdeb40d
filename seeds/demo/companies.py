"""Eight invented companies, one for each place on the road to a responsible employer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from portal.companies import commitments, evidence, groups, hearings, vetting
from portal.companies.models import Company, EvidenceKind, HearingKind, OwnerGroup, RightKind
from portal.companies.registrations import list_key
from portal.core import clock
from portal.core.db import db
from seeds.demo import cast
from seeds.demo.story import moment, person, scene


@dataclass(frozen=True)
class Invented:
    number: int
    name: str
    industry: str
    municipality: str
    owner: str
    applied_days_ago: int
    language: str = "fi"


COMPANIES = (
    Invented(12345, "Kuuralinna Siivous Oy", "81", "092", cast.AINO, 200),
    Invented(23456, "Sinikello Catering Oy", "56", "049", cast.HELMI, 180),
    Invented(34567, "Tuohikoppa Leipomo Oy", "C", "091", cast.TIMO, 170),
    Invented(45678, "Valkoapila Puhtaus Oy", "81", "091", cast.SAMPO, 150, "en"),
    Invented(56789, "Harmaahauki Logistiikka Oy", "H", "753", cast.RITVA, 20),
    Invented(67890, "Siltapuro Rakennus Oy", "F", "638", cast.LASSE, 3, "sv"),
    Invented(78901, "Pikkukuovi Varastot Oy", "H", "245", cast.KAISA, 120),
)
APPROVED = COMPANIES[:4]


def business_id(number: int) -> str:
    """The next number whose check digit exists: invented, though it passes the check."""
    while True:
        digits = f"{number:07d}"
        rest = sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
        if rest != 1:
            return f"{digits}-{(11 - rest) % 11}"
        number += 1


def by_owner(email: str) -> Company:
    return db.session.get_one(Company, person(email).company_id)


def load() -> None:
    for invented in COMPANIES:
        with moment(invented.applied_days_ago):
            register(invented)
    with moment(190):
        joonas = next(each for each in cast.MEMBERS if each.email == cast.JOONAS)
        cast.create(joonas, by_owner(cast.AINO).id)
    for invented in APPROVED:
        vet(invented, invented.applied_days_ago - 10)
        sign(invented, invented.applied_days_ago - 14)
    let_end(cast.SAMPO)
    review_half(cast.RITVA)
    hear(cast.KAISA)


def register(invented: Invented) -> None:
    words = next(each for each in cast.MEMBERS if each.email == invented.owner)
    group = OwnerGroup(name=invented.name)
    db.session.add(group)
    db.session.flush()
    identifier = business_id(invented.number)
    company = Company(
        business_id=identifier, name=invented.name, sort_key=list_key(invented.name, identifier),
        industry=invented.industry, municipality=invented.municipality, contact_name=words.name,
        contact_email=words.email, language=invented.language, owner_group_id=group.id, applied_at=clock.now(),
    )  # fmt: skip
    db.session.add(company)
    db.session.flush()
    cast.create(words, company.id)
    groups.add_person(company, words.name, "toimitusjohtaja")


def vet(invented: Invented, days_ago: int) -> None:
    with scene(days_ago, cast.MARJA) as marja:
        company, owner = by_owner(invented.owner), person(invented.owner)
        vetting.take_into_review(company, marja)
        vetting.show_right(company, owner, RightKind.SIGNATORY, "Kaupparekisteriote", marja)
        evidence.record(company, list(EvidenceKind), clock.today(), marja, note="Vastuu-raportti (keksitty)")
        db.session.flush()
        vetting.approve(company, marja)
    for back in (days_ago - 80, 30):
        if back < days_ago - 60:
            renew(invented, back)


def renew(invented: Invented, days_ago: int) -> None:
    """Tax and pension papers are seen again every three months."""
    if days_ago < 1:
        return
    with scene(days_ago, cast.MARJA) as marja:
        kinds = [EvidenceKind.TAX, EvidenceKind.PENSION]
        evidence.record(by_owner(invented.owner), kinds, clock.today(), marja)


def sign(invented: Invented, days_ago: int) -> None:
    """Under the version in force today, which may be younger than the company."""
    version = commitments.current_commitment()
    oldest = (clock.today() - version.in_force_from).days
    number = version.number
    db.session.rollback()
    with scene(min(days_ago, oldest), invented.owner) as owner:
        commitments.sign(by_owner(invented.owner), number, owner)


def let_end(owner: str) -> None:
    """One company whose tax certificate has ended: it says what to do next."""
    with scene(2, cast.MARJA):
        seen = clock.today() - timedelta(days=95)
        for row in db.session.scalars(db.select(evidence.Evidence).where(evidence.Evidence.kind == EvidenceKind.TAX)):
            if row.company_id == by_owner(owner).id:
                row.seen_on, row.valid_until = seen, clock.today() - timedelta(days=3)


def review_half(owner: str) -> None:
    with scene(12, cast.MARJA) as marja:
        company = by_owner(owner)
        vetting.take_into_review(company, marja)
        vetting.show_right(company, person(owner), RightKind.CALL_BACK, "Vaihteen kautta", marja)
        kinds = [kind for kind in EvidenceKind if kind not in (EvidenceKind.PENSION, EvidenceKind.HEALTH)]
        evidence.record(company, kinds, clock.today(), marja)


def hear(owner: str) -> None:
    """Approved once; now heard before a suspension, and the answer is waited for."""
    invented = next(each for each in COMPANIES if each.owner == owner)
    vet(invented, invented.applied_days_ago - 10)
    sign(invented, invented.applied_days_ago - 14)
    with scene(4, cast.MARJA) as marja:
        reasons = "Kaksi toimeksiantoa on teetetty alihankkijalla, jota ei ole mainittu selvityksissä (keksitty)."
        hearings.open_hearing(by_owner(owner), HearingKind.SUSPEND, reasons, clock.today() + timedelta(days=14), marja)
