"""What an entry of the audit trail holds beside its verb, in words: facts, and the codes that are their values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from portal.accounts.routes.administration import STATUS_LABELS as ACCOUNT_STATES
from portal.candidates import words as candidate_words
from portal.companies import texts
from portal.core import settings
from portal.core.errors import N_
from portal.core.pages import ROLE_LABELS, show_date, show_datetime
from portal.core.registry import registry
from portal.events import exporting
from portal.events import words as event_words
from portal.followup import rules as followup_rules
from portal.followup import tasks as followup_tasks
from portal.home.words import short
from portal.introductions import rules as introduction_rules
from portal.introductions import words as introduction_words
from portal.matching.rules import DISMISSALS
from portal.trainings.courses import words as course_words
from portal.trainings.requests import words as request_words
from portal.trainings.rules import EVIDENCE
from portal.vacancies import words as vacancy_words
from portal.vacancies.rules import BY_CODE
from portal.vacancies.staff_forms import DECISIONS

LABELS = {
    "absent": N_("Absent"),
    "account": N_("Account"),
    "added": N_("Added"),
    "answer": N_("Answer"),
    "answer_by": N_("Answer by"),
    "at": N_("When"),
    "attempt": N_("Try"),
    "by": N_("By"),
    "call_on": N_("Next call"),
    "card": N_("Card"),
    "change": N_("What changed"),
    "chosen": N_("Chosen"),
    "coarseness": N_("How much the card says"),
    "code": N_("Language"),
    "companies": N_("Companies"),
    "company": N_("Company"),
    "confirmed": N_("Confirmed"),
    "consents": N_("Consents"),
    "count": N_("How many"),
    "decision": N_("Decision"),
    "deputy": N_("Deputy"),
    "detail": N_("Detail"),
    "document": N_("Document"),
    "due_at": N_("To leave"),
    "ends_on": N_("Last day"),
    "event": N_("Event"),
    "evidence": N_("Shown by"),
    "fields": N_("Fields"),
    "forced": N_("In spite of a warning"),
    "gain": N_("Companies that gain standing"),
    "form": N_("File format"),
    "glass_breaks": N_("Glass broken"),
    "group": N_("Owner group"),
    "hearing": N_("Hearing"),
    "holders": N_("Members"),
    "identity_looks": N_("Identity reads"),
    "in_force_from": N_("In force from"),
    "introduction": N_("Introduction"),
    "introductions": N_("Introductions"),
    "k": N_("Candidates whom the card fits"),
    "kind": N_("Kind"),
    "kinds": N_("Kinds"),
    "languages": N_("Languages"),
    "left": N_("Left"),
    "lines": N_("Lines"),
    "lose": N_("Companies that lose standing"),
    "messages": N_("Messages"),
    "months": N_("Months"),
    "number": N_("Number"),
    "officer": N_("Case officer"),
    "on": N_("Day"),
    "outcome": N_("Outcome"),
    "paused": N_("Paused"),
    "person": N_("Person"),
    "placement": N_("Placement"),
    "present": N_("Present"),
    "question": N_("Question"),
    "read_through": N_("Read through together"),
    "reason": N_("Reason"),
    "reference": N_("Which one"),
    "right": N_("Right answers"),
    "registration": N_("Registration"),
    "required": N_("Required"),
    "retired": N_("No longer given"),
    "review": N_("Review"),
    "role": N_("Role"),
    "rule": N_("Rule"),
    "sealed": N_("Sealed records"),
    "section": N_("Section"),
    "seq": N_("Entry"),
    "skills": N_("Skills"),
    "starts_on": N_("From"),
    "step": N_("Step"),
    "subject": N_("On what"),
    "suggested": N_("Suggested by a liaison"),
    "text": N_("Words of the message"),
    "told": N_("Attendees told"),
    "training": N_("Training"),
    "trainings": N_("Trainings"),
    "until": N_("Until"),
    "vacancy": N_("Vacancy"),
    "version": N_("Version"),
    "why": N_("Why"),
    "word": N_("Word"),
}


def codes_of(*tables: Mapping[Any, Any]) -> dict[str, str]:
    """One table of code → marked word; what a table says of a tag besides is left out."""
    return {str(code): word if isinstance(word, str) else word[0] for table in tables for code, word in table.items()}


STATES: Mapping[str, Mapping[str, str]] = {
    "account": codes_of(ACCOUNT_STATES, ROLE_LABELS),
    "attendance_import": {"read": N_("Read"), "recorded": N_("Recorded"), "discarded": N_("Put away")},
    "candidate": candidate_words.STATUSES,
    "check_in": codes_of(followup_tasks.OUTCOMES),
    "company": codes_of(texts.STATUS),
    "course": codes_of(course_words.STATUS),
    "event": codes_of(event_words.STATUS),
    "incident": {"open": N_("Open"), "resolved": N_("Resolved")},
    "introduction": codes_of(introduction_words.STATUSES),
    "placement": {"started": N_("Started"), "ended": N_("Ended")},
    "newsletter_subscription": codes_of(event_words.NEWSLETTER),
    "sign_up": codes_of(event_words.SIGN_UP),
    "training_request": codes_of(request_words.STATUS),
    "vacancy": codes_of(vacancy_words.STATUS),
}
"""What is moved (the subject of the entry), and the words of its states."""

RULES = {code: rule.title for code, rule in BY_CODE.items()}
VALUES: Mapping[str, Mapping[str, str]] = {
    "company.change_confirmed": codes_of(texts.GUARDED),
    "company.change_proposed": codes_of(texts.GUARDED),
    "company.document_sent": codes_of(texts.EVIDENCE),
    "company.evidence": codes_of(texts.EVIDENCE),
    "company.former_struck": codes_of(texts.FORMER),
    "company.hearing_decided": {
        texts.CARRIED_OUT: N_("Carried out"), texts.DROPPED: N_("Dropped"), texts.ENDED: N_("Ended"),
    },
    "company.hearing_opened": codes_of(texts.HEARING),
    "company.right_shown": codes_of(texts.RIGHT),
    "completion.recorded": EVIDENCE,
    "consent.recorded": {**candidate_words.CONSENT_KINDS, **candidate_words.ANSWERS},
    "consent.withdrawn": candidate_words.CONSENT_KINDS,
    "contact.made": candidate_words.OUTCOMES,
    "export.made": exporting.KINDS,
    "glass.broken": candidate_words.GLASS_REASONS,
    "introduction.answered": {"accepted": N_("Accepted"), "declined": N_("Declined")},
    "introduction.asked": codes_of(introduction_words.CARDS),
    "introduction.company_word": introduction_rules.COMPANY_WORDS,
    "match.dismissed": DISMISSALS,
    "message.posted": candidate_words.TEXTS,
    "placement.started": followup_rules.KINDS,
    "vacancy.flag_decided": codes_of(RULES, DECISIONS),
    "vacancy.flag_answered": RULES,
    "vacancy.saved": vacancy_words.STEPS,
}  # fmt: skip
"""The codes that an entry of a verb holds. What is not here is shown as it was kept."""

NAMED = ("endpoint", "setting")
"""Subjects that have a name, so that no id is shown."""

DAY = len("2026-12-03")


def on(subject: str, subject_id: str) -> str:
    """Which one: the page, the setting, or the beginning of the id."""
    if subject == "endpoint":
        return page(subject_id)
    if subject == "setting" and subject_id in settings.declared:
        return _(settings.declared[subject_id].label)
    return short(subject_id)


def page(endpoint: str) -> str:
    """Its place in the navigation, else the place of its feature."""
    items = [item for feature in registry for item in feature.navigation]
    part = endpoint.split(".", maxsplit=1)[0]
    for found in (
        [item for item in items if item.endpoint == endpoint or endpoint in item.also],
        [item for item in items if item.endpoint.startswith(f"{part}.")],
    ):
        if found:
            return _(found[0].label)
    return endpoint


def facts(verb: str, subject: str, values: Mapping[str, Any]) -> str:
    """`before → after`, then the rest as label and value."""
    codes = codes_of(STATES.get(subject, {}), ROLE_LABELS if "role" in values else {}, VALUES.get(verb, {}))
    rest = {name: value for name, value in values.items() if name not in ("from", "to")}
    said = [f"{shown(values.get('from'), codes)} → {shown(values['to'], codes)}"] if "to" in values else []
    return ", ".join(said + [f"{label(name)}: {shown(value, codes)}" for name, value in rest.items()])


def label(name: str) -> str:
    return _(LABELS[name]) if name in LABELS else name


def shown(value: Any, codes: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(shown(part, codes) for part in value) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None:
        return "–"
    if isinstance(value, str) and value in codes:
        return _(codes[value])
    return moment(str(value)) or short(value)


def moment(text: str) -> str:
    """A day or an instant as the reader writes it; nothing when it is neither."""
    try:
        if len(text) == DAY:
            return show_date(date.fromisoformat(text))
        at = datetime.fromisoformat(text) if text[:2] == "20" and "T" in text else None
    except ValueError:
        return ""
    return show_datetime(at) if at is not None and at.tzinfo is not None else ""
