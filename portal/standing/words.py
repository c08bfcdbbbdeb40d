"""A finding in words: what it is, where it stands, and what to do next, in the language of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core.pages import show_date
from portal.standing.rules import APPROVED, COMMITMENT, EVIDENCE, RIGHT, TRAINING, Finding


@dataclass(frozen=True)
class Requirement:
    """One line of the list. `until` is the last day it holds, or held; `by` names who holds it."""

    key: str
    held: bool
    title: str
    text: str
    until: date | None
    until_text: str
    by: tuple[str, ...]
    next_label: str
    next_endpoint: str
    course_id: UUID | None = None

    @property
    def next_href(self) -> str:
        """Made when it is shown, for a worker has no addresses."""
        return url_for(self.next_endpoint) if self.next_endpoint else ""

    @property
    def course_href(self) -> str:
        """The self-paced course that gives what is missing; '' where there is none."""
        return url_for("courses.overview", course_id=self.course_id) if self.course_id else ""


def requirement(finding: Finding) -> Requirement:
    wording = WORDS.get(finding.kind, review)
    title, text, next_label, next_endpoint = wording(finding)
    ends = finding.kind == COMMITMENT and finding.until is not None  # a coming version can be signed today
    return Requirement(
        key=finding.key,
        held=finding.held,
        title=title,
        text=text,
        until=finding.until,
        until_text=until_text(finding),
        by=finding.by,
        next_label="" if finding.held and not ends else next_label,
        next_endpoint="" if finding.held and not ends else next_endpoint,
        course_id=None if finding.held else finding.course_id,
    )


def until_text(finding: Finding) -> str:
    if finding.kind == COMMITMENT and finding.held and finding.until is None:
        return _("Until a new version")
    if finding.until is None:
        return ""
    if finding.held:
        return _("Until %(day)s", day=show_date(finding.until))
    return _("Ended %(day)s", day=show_date(finding.until))


Words = tuple[str, str, str, str]


def approval(finding: Finding) -> Words:
    texts = {
        "approved": _("Approved on %(day)s.", day=show_date(finding.since)),
        "applied": _("We have the application. A liaison starts on it within a few working days."),
        "in_review": _("A liaison is looking at the application."),
        "suspended": _("The company is suspended. It has the reasons, and how to contest them, in writing."),
        "rejected": _(
            "The application was rejected. The company has the reasons, and how to contest them, in writing."
        ),
        "closed": _("The company is closed."),
    }
    return _("Approved company"), texts[finding.state], _("See where the application stands"), "companies.own"


def right(finding: Finding) -> Words:
    if finding.held:
        text = _("Shown by %(names)s.", names=names(finding))
    else:
        text = _(
            "An owner shows that they may act for the company: as signatory, with a mandate, or when we call back."
        )
    return _("Right to act for the company"), text, _("See how to show it"), "companies.own"


def evidence(finding: Finding) -> Words:
    texts = {
        "seen": _("Seen and valid."),
        "never": _("We have not seen this yet."),
        "ended": _("What we have seen is too old."),
    }
    title = _("Background check: %(kind)s", kind=finding.label)
    return title, texts[finding.state], _("Send a document"), "companies.send_document"


def commitment(finding: Finding) -> Words:
    signed, to_sign = finding.numbers
    texts = {
        "signed": _("Version %(number)d, signed on %(day)s.", number=signed, day=show_date(finding.since)),
        "unpublished": _("There is no commitment to sign yet. We tell you when there is."),
        "never": _("An owner with the right to act signs the commitment of a responsible employer."),
        "older": _("Version %(old)d was signed. Sign the new version %(new)d.", old=signed, new=to_sign),
    }
    text = texts[finding.state]
    if finding.held and finding.by:
        text = _(
            "Version %(number)d, signed by %(name)s on %(day)s.",
            number=signed, name=names(finding), day=show_date(finding.since),
        )  # fmt: skip
    if finding.held and finding.until:
        text += " " + _("Sign the new version %(new)d before that day ends.", new=to_sign)
    if finding.state == "unpublished":
        return _("Commitment"), text, "", ""
    return _("Commitment"), text, _("Read and sign the commitment"), "companies.commitment"


def training(finding: Finding) -> Words:
    needed = finding.numbers[1] or 1
    asked = ngettext("One person in the company needs it.", "%(num)d people in the company need it.", needed)
    texts = {
        "completed": _("Completed by %(names)s.", names=names(finding)),
        "few": f"{asked} {_('Now completed by %(names)s.', names=names(finding))}",
        "never": asked,
        "ended": _("The last completion has ended. One person in the company needs it again."),
    }
    text = texts["never" if finding.state == "ended" and needed > 1 else finding.state]
    if finding.ways and not finding.held:
        text += " " + _("Any of these trainings will do: %(titles)s.", titles=", ".join(finding.ways))
    title = _("Training: %(title)s", title=finding.label)
    return title, text, _("See when it is held next"), "trainings.own"


def review(_finding: Finding) -> Words:
    """The same words for every company and every cause (design: Incident)."""
    return (
        _("Routine review"),
        _("Your standing is under routine review. We contact you; nothing is asked now."),
        "",
        "",
    )


def names(finding: Finding) -> str:
    return ", ".join(finding.by)


WORDS = {APPROVED: approval, RIGHT: right, EVIDENCE: evidence, COMMITMENT: commitment, TRAINING: training}
