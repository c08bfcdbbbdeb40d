"""The audit trail of one file in words: for the timeline, and for "who has looked"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import lazyload

from portal.accounts import services as accounts
from portal.candidates import words
from portal.core.access import Viewer
from portal.core.audit import AuditCandidate, AuditEntry
from portal.core.db import db
from portal.core.errors import N_

WHAT = {
    "candidate.opened": N_("File opened"),
    "candidate.moved": N_("State changed"),
    "candidate.handed_over": N_("Handed over to another case officer"),
    "identity.read": N_("Name and contact shown"),
    "identity.searched": N_("Name searched among the officer's own files"),
    "identity.written": N_("Name and contact written"),
    "contact.written": N_("Contact plan written"),
    "safety.read": N_("Safety opened"),
    "safety.written": N_("Safety written"),
    "contact.made": N_("Call or meeting"),
    "message.posted": N_("Message posted"),
    "message.taken_back": N_("Message taken back"),
    "profile.written": N_("Profile written"),
    "note.written": N_("Note written"),
    "notes.read": N_("Notes opened"),
    "consent.recorded": N_("Answer to a consent recorded"),
    "consent.withdrawn": N_("Consent taken back"),
    "glass.broken": N_("Opened by an officer outside their caseload"),
    "erasure.asked": N_("Asked to be erased"),
    "erasure.refused": N_("Erasing refused, with reasons"),
    "release.read": N_("Released details read by the company"),
    "introduction.drafted": N_("Introduction begun"),
    "introduction.asked": N_("Answer to a card recorded"),
    "introduction.moved": N_("Introduction moved on"),
    "introduction.answered": N_("The company answered a card"),
    "introduction.meeting_agreed": N_("Meeting agreed"),
    "introduction.company_word": N_("The company told how the meeting went"),
    "introduction.deletion_confirmed": N_("The company confirmed that it deleted the details"),
    "placement.started": N_("Work began"),
    "placement.moved": N_("Work ended"),
    "check_in.moved": N_("Check-in done"),
    "match.dismissed": N_("Vacancy set aside"),
    "match.restored": N_("Vacancy taken back"),
    "match.suggested": N_("A liaison suggested a vacancy"),
}
MOVES = {
    "asked": N_("Agreed to show a card"),
    "offered": N_("Card shown to the company"),
    "accepted": N_("The company wishes to meet"),
    "consented": N_("Agreed to give name and contact"),
    "released": N_("Name and contact given to the company"),
    "met": N_("Met the company"),
    "hired": N_("Found work"),
    "not_hired": N_("Not hired this time"),
    "refused": N_("Said no to an introduction"),
    "declined": N_("The company declined"),
    "lapsed": N_("Introduction lapsed"),
    "revoked": N_("Introduction ended here"),
    "expired": N_("The last day passed; the details are hidden"),
}
"""Where an introduction went, as the candidate would say it."""
OTHER = N_("Something in the file changed")
LOOKS = frozenset({"identity.searched", "notes.read", "safety.read"})
"""Read, not done: they stand under "who has looked", not on the timeline."""


@dataclass(frozen=True)
class Chapter:
    """One line of the story; texts are translated."""

    seq: int
    at: datetime
    title: str
    why: str
    by: str


def latest(candidate_id: UUID, limit: int = 12) -> list[AuditEntry]:
    """What was done in this file, newest first; looks that did nothing are left out."""
    of_candidate = select(AuditCandidate.entry_id).where(AuditCandidate.candidate_id == candidate_id)
    query = select(AuditEntry).where(AuditEntry.id.in_(of_candidate), AuditEntry.verb.not_in(LOOKS))
    return list(
        db.session.scalars(query.options(lazyload(AuditEntry.candidates)).order_by(AuditEntry.seq.desc()).limit(limit))
    )


def what(entry: AuditEntry) -> str:
    facts: Mapping[str, object] = entry.facts or {}
    title = gettext(WHAT.get(entry.verb, OTHER))
    if entry.verb == "candidate.moved":
        return f"{title}: {gettext(words.STATUSES.get(str(facts.get('to')), OTHER))}"
    if entry.verb == "introduction.moved" and str(facts.get("to")) in MOVES:
        return gettext(MOVES[str(facts["to"])])
    if entry.verb == "profile.written" and facts.get("read_through"):
        return gettext("Profile read through together")
    if entry.verb == "contact.made" and facts.get("outcome") in words.OUTCOMES:
        return gettext(words.OUTCOMES[str(facts["outcome"])])
    kind = words.CONSENT_KINDS.get(str(facts.get("kind")))
    if entry.verb.startswith("consent.") and kind:
        return f"{title}: {gettext(kind)}"
    return title


def told(entries: Iterable[AuditEntry], viewer: Viewer | None = None) -> list[Chapter]:
    """In the order given, with the names of those who acted; "you" for the viewer, when one is given."""
    listed, own = list(entries), viewer.id if viewer else None
    known = accounts.names(entry.account_id for entry in listed if entry.account_id != own)
    return [
        Chapter(
            entry.seq,
            entry.at,
            what(entry),
            gettext(entry.reason) if entry.reason else "",
            _by(entry.account_id, known, own),
        )
        for entry in listed
    ]


def _by(account_id: UUID | None, known: Mapping[UUID, str], own: UUID | None) -> str:
    if account_id is None:
        return gettext("the portal")
    return gettext("you") if account_id == own else known.get(account_id, gettext("a former account"))
