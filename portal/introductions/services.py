"""Introductions as other features use them. The verbs stand in modules named by their noun; this is the way in."""

from __future__ import annotations

from portal.introductions.meetings import record_hired, record_met
from portal.introductions.models import Introduction, IntroductionStatus
from portal.introductions.queries import Entry, entries, get, of_candidate, view_of

__all__ = [
    "Entry",
    "Introduction",
    "IntroductionStatus",
    "entries",
    "get",
    "of_candidate",
    "record_hired",
    "record_met",
    "view_of",
]
