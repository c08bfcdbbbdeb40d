"""Introductions as other features use them. The verbs stand in modules named by their noun; this is the way in."""

from __future__ import annotations

from portal.introductions.drafting import check_may_draft, draft
from portal.introductions.endings import end_others
from portal.introductions.meetings import record_hired, record_met
from portal.introductions.models import Introduction, IntroductionStatus
from portal.introductions.queries import (
    Entry,
    entries,
    get,
    latest_read_by,
    live_between,
    of_candidate,
    open_cards,
    view_of,
    with_ids,
)

__all__ = [
    "Entry",
    "Introduction",
    "IntroductionStatus",
    "check_may_draft",
    "draft",
    "end_others",
    "entries",
    "get",
    "latest_read_by",
    "live_between",
    "of_candidate",
    "open_cards",
    "record_hired",
    "record_met",
    "view_of",
    "with_ids",
]
