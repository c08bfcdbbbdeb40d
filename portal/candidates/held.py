"""Everything this feature holds on one person, in words: for subject access (GDPR 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from flask_babel import gettext

from portal.candidates import caseloads, consents, contact, sealing, words
from portal.candidates.models import Candidate, GlassBreak
from portal.candidates.values import Identity, Note, SafeContact, Safety
from portal.companies import services as companies
from portal.core import pages
from portal.core.db import db
from portal.core.errors import N_
from portal.core.registry import Held
from portal.vocabulary import services as vocabulary


def held_on(candidate_id: UUID) -> Iterator[Held]:
    """The caller leaves the audit entry: this opens every sealed part."""
    row = db.session.get(Candidate, candidate_id)
    if row is None:
        return
    yield Held(N_("Name and contact"), [_identity(sealing.open_identity(row.id))])
    yield Held(N_("Profile"), [_profile(row)])
    yield Held(N_("Safety"), [_safety(sealing.open_safety(row.id))])
    yield Held(N_("Consents"), [_consent(each) for each in consents.of(row.id)])
    opened = [_glass(row.id, each) for each in caseloads.glass_of(row.id)]
    yield Held(N_("Opened from outside the caseload"), opened)
    sent = [{pages.show_datetime(each.posted_at): gettext(words.TEXTS[each.text])} for each in contact.of(row.id)]
    yield Held(N_("Messages"), sent)
    notes = [{pages.show_datetime(note.at): _note(note)} for note in sealing.open_notes(row.id)]
    yield Held(N_("Notes"), notes)


def _said(pairs: Mapping[str, object]) -> dict[str, str]:
    return {label: str(value) for label, value in pairs.items() if value not in (None, "", [])}


def _yes_no(value: bool) -> str:
    return gettext("Yes") if value else gettext("No")


def _identity(who: Identity) -> dict[str, str]:
    plan = who.safe_contact
    channel = gettext(words.CHANNELS[plan.channel]) if plan.channel else ""
    return _said(
        {
            gettext("Name"): who.legal_name,
            gettext("Called by"): who.chosen_name,
            gettext("Date of birth"): pages.show_date(who.birth_date),
            gettext("Telephone"): who.phone,
            gettext("E-mail"): who.email,
            gettext("Address"): who.address,
            gettext("Gender"): gettext(words.GENDERS[who.gender]) if who.gender in words.GENDERS else who.gender,
            gettext("Safe contact"): channel,
            gettext("When"): plan.hours,
            gettext("In which language"): vocabulary.label("language", plan.language) if plan.language else "",
            gettext("Words to use"): plan.words,
            gettext("A voice message may be left"): _yes_no(plan.may_leave_message),
            gettext("A message may come on"): message_hours(plan),
            gettext("Words of a message"): plan.message_words,
            gettext("Non-disclosure for personal safety"): _yes_no(who.non_disclosure),
        }
    )


def days_in_words(days: list[int]) -> str:
    """Monday–Friday where the days follow one another, else each by name."""
    names = [gettext(words.WEEKDAYS[day]) for day in days]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def _glass(candidate_id: UUID, broken: GlassBreak) -> dict[str, str]:
    return {pages.show_datetime(broken.broken_at): sealing.open_reason(candidate_id, broken.reason)}


def _note(note: Note) -> str:
    outcome = gettext(words.OUTCOMES[note.outcome]) if note.outcome else ""
    return ". ".join(part for part in (outcome, note.text) if part)


def message_hours(plan: SafeContact) -> str:
    """Days and hours of messages in words, or nothing."""
    if not plan.days or plan.opens is None or plan.closes is None:
        return ""
    return f"{days_in_words(sorted(plan.days))} {words.clock_words(plan.opens)}–{words.clock_words(plan.closes)}"


def _profile(row: Candidate) -> dict[str, str]:
    def labels(kind: str, codes: object) -> str:
        return ", ".join(vocabulary.label(kind, code) for code in codes)  # type: ignore[attr-defined]  # JSON lists

    skills = ", ".join(f"{vocabulary.label('skill', code)}, {level}" for code, level in row.skills.items())
    spoken = ", ".join(
        f"{vocabulary.label('language', code)} {vocabulary.CEFR[level]}" for code, level in row.languages.items()
    )
    return _said(
        {
            gettext("Case number"): row.case_number,
            gettext("State"): gettext(words.STATUSES[row.status]),
            gettext("File opened"): pages.show_date(row.opened_at),
            gettext("Skills"): skills,
            gettext("Languages"): spoken,
            gettext("Work wished for"): labels("occupation", row.occupations),
            gettext("Lives in"): vocabulary.label("municipality", row.municipality) if row.municipality else "",
            gettext("Can also work in"): labels("municipality", row.reach_municipalities),
            gettext("Regions"): labels("region", row.reach_regions),
            gettext("Hours"): ", ".join(gettext(vocabulary.BANDS[band]) for band in row.bands),
            gettext("Hours a week"): f"{row.hours_min}–{row.hours_max}",
            gettext("Can start on"): pages.show_date(row.available_from),
            gettext("Has the right to work in Finland"): _yes_no(row.may_work),
            gettext("Right to work until"): pages.show_date(row.eligible_until),
            gettext("Last read through"): pages.show_date(row.read_through_on),
        }
    )


def _safety(safety: Safety) -> dict[str, str]:
    blocked = [companies.by_id(each).name for each in safety.blocked_companies]
    for group_id in safety.blocked_groups:
        blocked += [company.name for company in companies.companies_in_group(group_id)]
    return _said(
        {
            gettext("Blocked companies"): ", ".join(sorted(set(blocked))),
            gettext("Blocked companies that are not here"): ", ".join(safety.blocked_outside),
            gettext("Blocked persons"): ", ".join(safety.blocked_persons),
            gettext("Sectors kept away"): ", ".join(
                vocabulary.label("industry", each) for each in sorted(safety.excluded_sectors)
            ),
            gettext("Notes on safety"): safety.notes,
        }
    )


def _consent(consent: consents.ConsentRecord) -> dict[str, str]:
    withdrawn = consent.withdrawn_at
    return _said(
        {
            gettext("Consent to"): gettext(words.CONSENT_KINDS[consent.kind]),
            gettext("Answer"): gettext(words.ANSWERS[consent.answer]),
            gettext("How"): gettext(words.HOW[consent.how]),
            gettext("In which language"): vocabulary.label("language", consent.language),
            gettext("With an interpreter"): _yes_no(consent.interpreter),
            gettext("Recorded"): pages.show_datetime(consent.recorded_at),
            gettext("Until"): pages.show_date(consent.until),
            gettext("Taken back"): pages.show_datetime(withdrawn) if withdrawn else "",
        }
    )
