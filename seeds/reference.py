"""Reference data, safe in production and harmless when loaded again: the vocabulary."""

from __future__ import annotations

from pathlib import Path

from portal.core.db import transaction
from portal.vocabulary import loader

VOCABULARY = Path(__file__).parent / "vocabulary"


def load() -> None:
    """Bring the reference data up to date, in one transaction of its own; call within an application context."""
    with transaction():
        loader.load(VOCABULARY)
