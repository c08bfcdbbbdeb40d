"""Standing: what a responsible employer holds, found out from plain facts. A query with reasons, never a flag.

standing = approved ∧ right to act shown ∧ evidence fresh (each kind) ∧ commitment current ∧ each required training held
by a current member ∧ no visible review (design: Domain).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

APPROVED, RIGHT, EVIDENCE, COMMITMENT, TRAINING, REVIEW = (
    "approved", "right", "evidence", "commitment", "training", "review",
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """One kind of evidence; `until` is the last day of what was seen, None when nothing was."""

    kind: str
    label: str
    until: date | None


@dataclass(frozen=True)
class Learnt:
    """A required training: who holds it today, until when there are enough of them; or when the last one ended.

    `code` names the requirement. `ways` are the trainings that fill it, when there are several to choose from;
    `course_id` a self-paced course that gives one of them.
    """

    code: str
    title: str
    holders: tuple[str, ...]
    until: date | None
    ended_on: date | None
    needed: int = 1
    ways: tuple[str, ...] = ()
    course_id: UUID | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a company on a day. `status` is the company's; versions are numbers of the commitment.

    `version_coming` is one that is published and comes into force on its day; it may be signed before.
    """

    status: str
    approved_on: date | None
    acting: tuple[str, ...]
    evidence: tuple[Document, ...]
    version_in_force: int | None
    version_coming: tuple[int, date] | None
    version_signed: int | None
    signed_on: date | None
    signed_by: str
    trainings: tuple[Learnt, ...]
    under_review: bool


@dataclass(frozen=True)
class Finding:
    """One requirement. `until` is its last day, gone by when it is missing. `state` says why, as a code."""

    kind: str
    held: bool
    state: str
    code: str = ""
    label: str = ""
    until: date | None = None
    since: date | None = None
    by: tuple[str, ...] = ()
    numbers: tuple[int, int] = (0, 0)
    course_id: UUID | None = None
    ways: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else self.kind


def findings(facts: Facts, on: date) -> tuple[Finding, ...]:
    """Every requirement, the missing ones first."""
    found = [
        approval(facts),
        Finding(RIGHT, bool(facts.acting), "shown" if facts.acting else "never", by=facts.acting),
        *(freshness(document, on) for document in facts.evidence),
        promise(facts),
        *(learning(learnt) for learnt in facts.trainings),
    ]
    if facts.under_review:
        found.append(Finding(REVIEW, False, "open"))
    return tuple(sorted(found, key=lambda finding: finding.held))


def is_held(found: Sequence[Finding]) -> bool:
    return all(finding.held for finding in found)


def approval(facts: Facts) -> Finding:
    return Finding(APPROVED, facts.status == "approved", facts.status, since=facts.approved_on)


def freshness(document: Document, on: date) -> Finding:
    """Held through its last day, that day included."""
    held = document.until is not None and on <= document.until
    state = "seen" if held else "never" if document.until is None else "ended"
    return Finding(EVIDENCE, held, state, document.kind, document.label, document.until)


def promise(facts: Facts) -> Finding:
    """A signature under the version in force, or already under the coming one; an older one no longer counts.

    While a coming version is not signed, the last day is the one before it comes into force.
    """
    signed, current = facts.version_signed, facts.version_in_force
    held = current is not None and signed is not None and signed >= current
    until = None
    if held and facts.version_coming and facts.version_coming[0] != signed:
        until = facts.version_coming[1] - timedelta(days=1)
    state = "signed" if held else "unpublished" if current is None else "never" if signed is None else "older"
    by = (facts.signed_by,) if facts.signed_by else ()
    to_sign = facts.version_coming[0] if facts.version_coming else current or 0
    return Finding(COMMITMENT, held, state, until=until, since=facts.signed_on, by=by, numbers=(signed or 0, to_sign))


def learning(learnt: Learnt) -> Finding:
    held = learnt.until is not None
    state = "completed" if held else "few" if learnt.holders else "never" if learnt.ended_on is None else "ended"
    return Finding(
        TRAINING, held, state, learnt.code, learnt.title, learnt.until or learnt.ended_on,
        by=learnt.holders, numbers=(len(learnt.holders), learnt.needed), ways=learnt.ways, course_id=learnt.course_id,
    )  # fmt: skip
