"""Identity, contact plan, safety and notes as sealed records: the only place that names the vault's purposes.

The contact plan and the non-disclosure order stand in a record of their own, so that a caller who must know *how* to
reach somebody does not learn *whom*.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from portal.candidates.values import Channel, Identity, Note, SafeContact, Safety
from portal.core import vault

IDENTITY, CONTACT, SAFETY, NOTES = "identity", "contact", "safety", "notes"
REASON = "candidates.reason"
NAMED = ("legal_name", "chosen_name", "phone", "email", "address", "gender")


def release_purpose(introduction_id: UUID) -> str:
    return f"release:{introduction_id.hex}"  # the purpose column holds 40 characters


def identity_from(record: dict[str, Any], contact: dict[str, Any]) -> Identity:
    born = record.get("birth_date")
    return Identity(
        **{name: record.get(name, "") for name in NAMED},
        birth_date=date.fromisoformat(born) if born else None,
        non_disclosure=bool(contact.get("non_disclosure", False)),
        safe_contact=contact_from(contact),
        version=record.get("version", 0),
    )


def open_identity(candidate_id: UUID) -> Identity:
    """Raises `KeyGone` after erasure. The caller leaves the audit entry."""
    parts = vault.open_parts(candidate_id, [IDENTITY, CONTACT])
    return identity_from(parts[IDENTITY], parts[CONTACT])


def open_names(candidate_ids: Sequence[UUID]) -> dict[UUID, Identity]:
    """Many identities without their contact plans; a candidate whose key is gone is left out."""
    opened = vault.open_many(candidate_ids, IDENTITY)
    return {candidate_id: identity_from(record, {}) for candidate_id, record in opened.items()}


def seal_identity(candidate_id: UUID, identity: Identity) -> None:
    """Keeps who the person is; the contact plan is sealed by `seal_contact`."""
    record: dict[str, Any] = {name: getattr(identity, name) for name in NAMED}
    record["birth_date"] = identity.birth_date.isoformat() if identity.birth_date else None
    record["version"] = identity.version
    vault.seal(candidate_id, IDENTITY, record)


def open_page(candidate_id: UUID, *, named: bool) -> tuple[Identity | None, SafeContact, bool, Safety]:
    """What an officer's page shows of a file. `named`: with the identity, and the caller leaves the audit entry."""
    parts = vault.open_parts(candidate_id, [IDENTITY, CONTACT, SAFETY] if named else [CONTACT, SAFETY])
    identity = identity_from(parts[IDENTITY], parts[CONTACT]) if named else None
    ordered = bool(parts[CONTACT].get("non_disclosure", False))
    return identity, contact_from(parts[CONTACT]), ordered, safety_from(parts[SAFETY])


def contact_from(record: dict[str, Any]) -> SafeContact:
    return SafeContact(
        channel=Channel(record["channel"]) if record.get("channel") else None,
        hours=record.get("hours", ""),
        language=record.get("language", ""),
        words=record.get("words", ""),
        may_leave_message=record.get("may_leave_message", False),
        version=record.get("version", 0),
        days=frozenset(record.get("days", ())),
        opens=time_from(record.get("opens")),
        closes=time_from(record.get("closes")),
        message_words=record.get("message_words", ""),
    )


def time_from(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def open_contact(candidate_id: UUID) -> tuple[SafeContact, bool]:
    """The plan, and whether a non-disclosure order is in force."""
    record = vault.open(candidate_id, CONTACT)
    return contact_from(record), bool(record.get("non_disclosure", False))


def under_non_disclosure(candidate_ids: Sequence[UUID]) -> set[UUID]:
    """A candidate whose key is gone is left out."""
    opened = vault.open_many(candidate_ids, CONTACT)
    return {candidate_id for candidate_id, record in opened.items() if record.get("non_disclosure", False)}


def seal_contact(candidate_id: UUID, plan: SafeContact, non_disclosure: bool) -> None:
    record = {
        "channel": plan.channel,
        "hours": plan.hours,
        "language": plan.language,
        "words": plan.words,
        "may_leave_message": plan.may_leave_message,
        "days": sorted(plan.days),
        "opens": plan.opens.isoformat() if plan.opens else None,
        "closes": plan.closes.isoformat() if plan.closes else None,
        "message_words": plan.message_words,
        "non_disclosure": non_disclosure,
        "version": plan.version,
    }
    vault.seal(candidate_id, CONTACT, record)


def safety_from(record: dict[str, Any]) -> Safety:
    return Safety(
        blocked_companies=frozenset(UUID(each) for each in record.get("companies", ())),
        blocked_groups=frozenset(UUID(each) for each in record.get("groups", ())),
        blocked_persons=tuple(record.get("persons", ())),
        blocked_outside=tuple(record.get("outside", ())),
        excluded_sectors=frozenset(record.get("sectors", ())),
        notes=record.get("notes", ""),
        version=record.get("version", 0),
    )


def open_safety(candidate_id: UUID) -> Safety:
    return safety_from(vault.open(candidate_id, SAFETY))


def open_safeties(candidate_ids: Sequence[UUID]) -> dict[UUID, Safety]:
    opened = vault.open_many(candidate_ids, SAFETY)
    return {candidate_id: safety_from(record) for candidate_id, record in opened.items()}


def seal_safety(candidate_id: UUID, safety: Safety) -> None:
    record = {
        "companies": sorted(str(each) for each in safety.blocked_companies),
        "groups": sorted(str(each) for each in safety.blocked_groups),
        "persons": list(safety.blocked_persons),
        "outside": list(safety.blocked_outside),
        "sectors": sorted(safety.excluded_sectors),
        "notes": safety.notes,
        "version": safety.version,
    }
    vault.seal(candidate_id, SAFETY, record)


def open_notes(candidate_id: UUID) -> list[Note]:
    """Newest first."""
    kept = vault.open(candidate_id, NOTES).get("notes", [])
    return [
        Note(datetime.fromisoformat(each["at"]), UUID(each["by"]), each["text"], each.get("outcome", ""))
        for each in reversed(kept)
    ]


def seal_note(candidate_id: UUID, note: Note) -> None:
    """Adds to the notes; the caller holds the candidate's row."""
    kept = vault.open(candidate_id, NOTES).get("notes", [])
    kept.append({"at": note.at.isoformat(), "by": str(note.by_id), "text": note.text, "outcome": note.outcome})
    vault.seal(candidate_id, NOTES, {"notes": kept})


def seal_reason(candidate_id: UUID, text: str) -> str:
    """A sentence about the candidate, as a token for a column; it dies with the candidate's key."""
    return vault.seal_text(text, REASON, candidate_id=candidate_id)


def open_reason(candidate_id: UUID | None, token: str) -> str:
    """The sentence, or nothing once the candidate was erased."""
    try:
        return vault.open_text(token, REASON, candidate_id=candidate_id) if candidate_id and token else ""
    except vault.KeyGone:
        return ""
