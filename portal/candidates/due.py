"""What waits for an officer in their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import url_for
from flask_babel import gettext

from portal.accounts import services as accounts
from portal.candidates import caseloads, consents, contact, files, reach, rules
from portal.candidates.models import Candidate, CandidateStatus, ConsentKind
from portal.candidates.values import ConsentRecord
from portal.companies.rules import months_after
from portal.core import clock, pages, settings
from portal.core.access import Role, Viewer
from portal.core.db import db
from portal.core.errors import N_
from portal.core.registry import Task

INTAKE_DAYS = settings.declare("candidates.intake_days", 14, N_("A file being opened waits after, days"))
CONSENT_DAYS = settings.declare("candidates.consent_days", 30, N_("A consent that ends is told before, days"))
READ_MONTHS = settings.declare("candidates.read_months", 6, N_("A profile is read through after, months"), most=36)
CLOSED_MONTHS = settings.declare("candidates.closed_months", 24, N_("A closed file is erased after, months"), most=120)
NEWS_DAYS = 14


@dataclass(frozen=True)
class Due:
    """One thing due in one file; `text` is translated."""

    candidate: Candidate
    text: str
    endpoint: str
    since: datetime

    @property
    def href(self) -> str:
        return url_for(self.endpoint, candidate_id=self.candidate.id)


def start_of(day: date) -> datetime:
    return clock.at(day, time(0, 0))


def of(rows: Iterable[Candidate], viewer: Viewer) -> list[Due]:
    """What is due in these files, oldest first."""
    kept = list(rows)
    answers = consents.latest_of([row.id for row in kept], ConsentKind.MATCHING)
    found = [each for row in kept for each in _of_one(row, answers.get(row.id), viewer)]
    found += _of_contact(kept)
    return sorted(found, key=lambda due: due.since)


def _of_one(row: Candidate, matching: ConsentRecord | None, viewer: Viewer) -> Iterator[Due]:
    today, status = clock.today(), CandidateStatus(row.status)
    if row.erasure_asked_on is not None:
        yield Due(row, gettext("Asked to be erased"), "candidates.erase", start_of(row.erasure_asked_on))
    if status == CandidateStatus.CLOSED:
        if row.closed_at and months_after(clock.local_date(row.closed_at), settings.number(CLOSED_MONTHS)) <= today:
            yield Due(row, gettext("Closed long ago: erase the file"), "candidates.erase", row.closed_at)
        return
    if row.officer_id == viewer.id and row.officer_since > max(row.opened_at, clock.now() - timedelta(days=NEWS_DAYS)):
        yield Due(row, gettext("Handed over to you"), "candidates.show", row.officer_since)
    if status == CandidateStatus.INTAKE:
        if clock.now() - row.opened_at > timedelta(days=settings.number(INTAKE_DAYS)):
            yield Due(row, gettext("Still being opened: finish it or close it"), "candidates.show", row.opened_at)
        return
    yield from _of_consent(row, matching, today)
    if rules.is_read_through_late(row.read_through_on, months_after(today, -settings.number(READ_MONTHS))):
        since = start_of(row.read_through_on) if row.read_through_on else row.opened_at
        yield Due(row, gettext("Read the profile through together"), "candidates.profile", since)


def _of_contact(kept: list[Candidate]) -> Iterator[Due]:
    """The next call when its day has come, and messages that did not leave."""
    open_files = {row.id: row for row in kept if row.status not in contact.OVER}
    for row in open_files.values():
        if row.call_on is not None and row.call_on <= clock.today():
            yield Due(row, gettext("Call, as the contact plan says"), "candidates.call", start_of(row.call_on))
    for message in contact.unsent(open_files):
        text = gettext("The message was not sent: call instead")
        yield Due(open_files[message.candidate_id], text, "candidates.call", message.due_at)


def _of_consent(row: Candidate, matching: ConsentRecord | None, today: date) -> Iterator[Due]:
    if matching is None or not matching.was_given or matching.withdrawn_at is not None:
        return
    warned_on = matching.until - timedelta(days=settings.number(CONSENT_DAYS))
    if matching.until < today:
        text = gettext("The consent to matches has ended: ask again")
        yield Due(row, text, "candidates.consents", start_of(matching.until + timedelta(days=1)))
    elif warned_on <= today:
        text = gettext("The consent to matches ends on %(day)s", day=pages.show_date(matching.until))
        yield Due(row, text, "candidates.consents", start_of(warned_on))


def waiting(viewer: Viewer) -> Iterator[Task]:
    """For the start page."""
    if viewer.role == Role.OFFICER:
        yield from _for_officer(viewer)


def _for_officer(viewer: Viewer) -> Iterator[Task]:
    rows = list(db.session.scalars(reach.caseload(viewer)))
    files.remember_caseload(viewer.id, rows)  # other features ask for it on the same page
    for due in of(rows, viewer):
        title = gettext("Candidate %(case_number)s", case_number=due.candidate.case_number)
        yield Task(title, due.href, due.since, text=due.text, icon="person")
    standing_in = caseloads.deputies_from(clock.today(), deputy_id=viewer.id)
    names = accounts.names(each.officer_id for each in standing_in)
    for each in standing_in:
        yield Task(
            gettext("You stand in for %(name)s", name=names.get(each.officer_id, "")),
            url_for("candidates.index"),
            start_of(each.starts_on),
            text=gettext("From %(first)s to %(last)s", first=pages.show_date(each.starts_on),
                         last=pages.show_date(each.ends_on)),
            icon="calendar",
        )  # fmt: skip
