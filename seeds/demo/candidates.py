"""Twenty invented candidates in two invented programmes. Every surname says that it is an example."""

from __future__ import annotations

import random
from datetime import date, timedelta
from uuid import UUID

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.candidates.models import CandidateStatus
from portal.candidates.rules import ProfileFields
from portal.candidates.values import Channel, Identity, SafeContact, Safety
from portal.core import clock
from portal.programmes import services as programmes
from portal.vocabulary import services as vocabulary
from seeds.demo import cast, companies
from seeds.demo.story import scene

FIRST_NAMES = (
    "Aava", "Beni", "Ciara", "Dana", "Emil", "Fatou", "Goran", "Hilla", "Idris", "Jasmin", "Kofi", "Lumi", "Milo",
    "Nadia", "Oskari", "Pari", "Rania", "Sulo", "Taru", "Usko",
)  # fmt: skip
SURNAMES = ("Esimerkki", "Malli", "Näyte")
FIELDS = (
    ("kitchen_assistant", "baker"),
    ("cleaner_premises", "hospital_cleaner"),
    ("kitchen_assistant", "waiter"),
    ("baker", "kitchen_assistant"),
    ("cleaner_premises", "home_cleaner"),
)
HOMES = ("091", "049", "092", "257", "186")
LANGUAGES = ("ar", "fr", "so", "uk", "fa", "es", "tr", "vi")


def load() -> None:
    chance = random.Random(21958)
    for number, first_name in enumerate(FIRST_NAMES):
        officer = cast.ELINA if number % 5 < 3 else cast.KATRI
        with scene(120 - 5 * number, officer) as who:
            open_file(number, first_name, who, chance)


def open_file(number: int, first_name: str, officer: Account, chance: random.Random) -> UUID:
    programme = invented_programmes(officer)[number % 2]
    candidate_id = candidates.open_file(programme, officer)
    surname = SURNAMES[number % len(SURNAMES)]
    candidates.write_identity(
        candidate_id,
        Identity(
            legal_name=f"{first_name} {surname}", chosen_name=first_name, birth_date=date(1975 + number, 5, 3),
            phone=f"+35840000{number:04d}", email=f"{first_name.lower()}@posti.example", address="Keksitty katu 1",
        ),
        officer,
    )  # fmt: skip
    plan = SafeContact(Channel.CALL, "arkisin klo 10–14", "fi", "Soita Elinana, älä kerro mistä", False)
    candidates.write_contact(candidate_id, plan, number % 9 == 4, officer)
    candidates.write_profile(candidate_id, profile(number, chance), officer, read_through=True)
    if number % 6 == 1:
        blocked = frozenset({companies.by_owner(cast.SAMPO).id})
        safety = Safety(blocked_companies=blocked, notes="Ei samaan taloon (keksitty).")
        candidates.write_safety(candidate_id, safety, officer)
    until = clock.today() + timedelta(days=365)
    candidates.record_consent(candidate_id, "statistics", "given", by=officer, how="paper", language="fi", until=until)
    if number == len(FIRST_NAMES) - 1:
        return candidate_id  # the newest is still in intake, and has not been asked
    candidates.record_consent(candidate_id, "matching", "given", by=officer, how="paper", language="fi", until=until)
    candidates.move_to(candidate_id, CandidateStatus.ACTIVE, officer)
    if number == 7:
        candidates.move_to(candidate_id, CandidateStatus.PAUSED, officer)
    return candidate_id


def invented_programmes(officer: Account) -> list[UUID]:
    return [programme.id for programme in programmes.of_officer(officer.id) if programme.invented]


def profile(number: int, chance: random.Random) -> ProfileFields:
    wished = tuple(code for code in FIELDS[number % len(FIELDS)] if vocabulary.exists("occupation", code))
    skills: dict[str, int] = {}
    for code in wished:
        for skill, _weight in vocabulary.usual_skills(code):
            if chance.random() < 0.75:
                skills[skill] = 1 if vocabulary.is_licence(skill) else chance.choice((1, 2, 2, 3, 3, 4))
    languages = {"fi": chance.choice((1, 2, 2, 3, 3, 4)), LANGUAGES[number % len(LANGUAGES)]: 6}
    if chance.random() < 0.6:
        languages["en"] = chance.choice((2, 3, 4))
    return ProfileFields(
        skills=skills, languages=languages, occupations=wished, municipality=HOMES[number % len(HOMES)],
        reach_municipalities=(), reach_regions=("01",),
        bands=("weekday_day",) if number % 3 else ("weekday_day", "weekday_evening"),
        hours_min=20, hours_max=38, available_from=None, may_work=True,
        eligible_until=clock.today() + timedelta(days=600) if number % 4 == 0 else None,
    )  # fmt: skip
