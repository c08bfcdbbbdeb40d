"""Reference data, safe in production and harmless when loaded again.

The vocabulary, the real programme S21958 with sourced figures only, the training that is required, and the first
version of the commitment. What people changed since (a training's title, a newer commitment) is left as it is.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from portal.companies import services as companies
from portal.core.db import transaction
from portal.programmes import services as programmes
from portal.trainings import services as trainings
from portal.vocabulary import loader
from seeds import texts

VOCABULARY = Path(__file__).parent / "vocabulary"
COMMITMENT_FROM = date(2025, 1, 1)
TRAINING_MONTHS = 24
REQUIRED_FROM = date(2025, 1, 1)

S21958: dict[str, Any] = {
    "fund": "ESF 2014–2020",
    "priority": "5",
    "objective": "10.1",
    "authority": "Häme ELY Centre",
    "support_euros": [292_541, 284_801],
    "public_euros": [390_055, 379_735],
    "companies": [10, 5],
    "participants_planned": 20,
    "half_women": True,
    "regions": ["Uusimaa|Nyland"],
    "sub_regions": ["Porvoo|Borgå", "Helsinki|Helsingfors"],
    "municipalities": [
        "Hyvinkää|Hyvinge",
        "Kirkkonummi|Kyrkslätt",
        "Vantaa|Vanda",
        "Vihti|Vichtis",
        "Porvoo|Borgå",
        "Järvenpää|Träskända",
        "Tuusula|Tusby",
        "Espoo|Esbo",
        "Kauniainen|Grankulla",
        "Kerava|Kervo",
        "Helsinki|Helsingfors",
    ],
    "gender": {"analysis": True, "mainstreaming": True, "main_aim": False},
    "principles": {"wellbeing": [10, 7], "equality": [6, 6], "social_cultural": [10, 7], "intangible": [7, 7]},
}
"""Pairs are planned and realised, places are Finnish|Swedish; the principles stand as in the funder's form."""


def load() -> None:
    """Bring the reference data up to date, in one transaction of its own; call within an application context."""
    with transaction():
        loader.load(VOCABULARY)
        keep_programme()
        keep_training()
        keep_commitment()


def keep_programme() -> None:
    programmes.keep(
        "S21958", names=("IKUT", "IKUT", "IKUT"), starts_on=date(2020, 6, 1), ends_on=date(2023, 2, 28),
        facts=S21958, invented=False,
    )  # fmt: skip


def keep_training() -> None:
    if any(training.code == texts.TRAINING_CODE for training in trainings.all_trainings()):
        return
    training = trainings.create(
        trainings.Written(
            texts.TRAINING_CODE, texts.TRAINING_TEXTS, TRAINING_MONTHS, texts.TRAINING_TEACHES, ("fi", "sv", "en"), 90
        )
    )
    titles = {name: text for name, text in texts.TRAINING_TEXTS.items() if name.startswith("title_")}
    trainings.require(
        trainings.WrittenRequirement(titles, trainings=frozenset({training.id}), holders=1, starts_on=REQUIRED_FROM)
    )


def keep_commitment() -> None:
    if companies.find_current() is None:
        companies.publish(texts.COMMITMENT_FI, texts.COMMITMENT_SV, texts.COMMITMENT_EN, COMMITMENT_FROM)
