"""The features, in the order of the story. Imported here and nowhere else as a list."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import config as configuration
from portal.core.registry import Feature

NAMES = (
    "accounts",
    "vocabulary",
    "programmes",
    "sheets",
    "companies",
    "events",
    "candidates",
    "incidents",
    "trainings",
    "trainings.requests",
    "standing",
    "vacancies",
    "matching",
    "introductions",
    "followup",
    "home",
)


def all_features() -> list[Feature]:
    """Every feature; all rows are known first, since foreign keys point across features."""
    for name in NAMES:
        if find_spec(f"portal.{name}.models"):
            import_module(f"portal.{name}.models")
    return [import_module(f"portal.{name}").feature for name in NAMES]


def has_demo_data(config: configuration.Config) -> bool:
    """Demo data brings the banner, the visible code and the demo mailbox; production refuses it at the start."""
    return config.demo and not config.production
