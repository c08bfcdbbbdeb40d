"""Which texts of an event are written in which language."""

from __future__ import annotations

from dataclasses import dataclass

from portal.events import rules
from portal.events.models import Event


@dataclass(frozen=True)
class State:
    """`missing`: parts that another language has and this one lacks, so that its page falls back and says so."""

    language: str
    missing: tuple[str, ...]


def state(event: Event, language: str) -> State:
    spoken = {part: event.spoken(part, language) for part in rules.PARTS}
    return State(language, tuple(part for part, text in spoken.items() if text.falls_back))
