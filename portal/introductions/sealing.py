"""What people wrote about one introduction, sealed for its candidate; each record for whoever may read it (design: P8).

The named recipients read where they meet; why it ended, who comes along and who interprets are for the officer alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.core import vault
from portal.core.errors import N_
from portal.introductions.models import Introduction

SEALED = N_("The reason is sealed in the candidate’s file.")
"""What the audit trail says in place of words that somebody typed about a candidate."""


@dataclass(frozen=True)
class Kept:
    """Empty texts where nothing was written, and after erasure."""

    reason: str = ""
    place: str = ""
    companion: str = ""
    interpreter: str = ""


def _ending(introduction: Introduction) -> str:
    return f"ending:{introduction.id.hex}"


def _place(introduction: Introduction) -> str:
    return f"place:{introduction.id.hex}"


def _meeting(introduction: Introduction) -> str:
    return f"meeting:{introduction.id.hex}"


def read(introduction: Introduction) -> Kept:
    """All of it, in one statement, or in none while nothing can be there; for the officer who keeps the file."""
    if introduction.ended_at is None and introduction.meeting_at is None:
        return Kept()
    purposes = _ending(introduction), _place(introduction), _meeting(introduction)
    ending, place, meeting = vault.open_parts(introduction.candidate_id, purposes).values()
    return Kept(
        ending.get("reason", ""), place.get("place", ""), meeting.get("companion", ""), meeting.get("interpreter", "")
    )


def place_of(introduction: Introduction) -> str:
    """Where they meet; for the named recipients too."""
    return str(vault.open(introduction.candidate_id, _place(introduction)).get("place", ""))


def keep_reason(introduction: Introduction, reason: str) -> None:
    if reason:
        vault.seal(introduction.candidate_id, _ending(introduction), {"reason": reason})


def keep_meeting(introduction: Introduction, place: str, companion: str, interpreter: str) -> None:
    """Who comes along may be a relative, and an interpreter hints at origin."""
    vault.seal(introduction.candidate_id, _place(introduction), {"place": place})
    vault.seal(introduction.candidate_id, _meeting(introduction), {"companion": companion, "interpreter": interpreter})
