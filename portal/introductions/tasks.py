"""What waits for whom in introductions; few statements, for they stand on every start page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import or_

from portal.candidates import services as candidates
from portal.core import clock
from portal.core.access import Permission, Viewer, allows
from portal.core.db import db
from portal.core.registry import Task
from portal.introductions import company_side, company_view, exposed, queries
from portal.introductions.company_view import Seen
from portal.introductions.models import Introduction, IntroductionStatus
from portal.introductions.queries import Entry

S = IntroductionStatus
MOST = 50


def waiting(viewer: Viewer) -> Iterator[Task]:
    if allows(viewer, Permission.INTRODUCTION_DRAFT):
        yield from _for_officer(viewer)
    if allows(viewer, Permission.INTRODUCTION_RELEASE):
        yield from _for_second_person(viewer)
    if allows(viewer, Permission.INTRODUCTION_ANSWER):
        yield from _for_recipient(viewer)


def _for_officer(viewer: Viewer) -> Iterator[Task]:
    statuses = [S.DRAFTED, S.ASKED, S.ACCEPTED, S.RELEASED, S.MET]
    query = queries.visible_to(viewer).where(
        or_(Introduction.status.in_(statuses), Introduction.exposed_since.is_not(None))
    )
    first = Introduction.exposed_since.is_(None), Introduction.drafted_at
    rows = list(db.session.scalars(query.order_by(*first).limit(MOST)))
    case_numbers = {each.candidate_id: each.case_number for each in candidates.of_officer(viewer)}
    for entry in queries.entries(rows) if rows else []:
        case_number = case_numbers[entry.introduction.candidate_id]
        if exposed.is_exposed(entry.introduction):
            yield _exposed_task(entry, case_number)
        if entry.introduction.status in statuses:
            yield _officer_task(entry, case_number)


def _whose(entry: Entry, case_number: str) -> str:
    return _(
        "Candidate %(number)s: %(vacancy)s, %(company)s",
        number=case_number,
        vacancy=entry.vacancy_title,
        company=entry.company_name,
    )


def _exposed_task(entry: Entry, case_number: str) -> Task:
    """Only whoever keeps the file may end it or take the consent back."""
    row = entry.introduction
    text = _whose(entry, case_number)
    since = row.exposed_since or row.drafted_at
    return Task(_("A company still sees the released fields"), _way_out(row), since, text, "attention")


def _way_out(row: Introduction) -> str:
    """Once they have met an introduction cannot be ended; taking the consent back hides the details all the same."""
    if S.REVOKED in queries.following(row):
        return url_for("introductions.end", introduction_id=row.id)
    return url_for("candidates.consents", candidate_id=row.candidate_id)


def _officer_task(entry: Entry, case_number: str) -> Task:
    row = entry.introduction
    endpoint, title, since, due = _officer_step(row)
    text = _whose(entry, case_number)
    return Task(title, url_for(f"introductions.{endpoint}", introduction_id=row.id), since, text, "person", due)


def _officer_step(row: Introduction) -> tuple[str, str, datetime, datetime | None]:
    """Endpoint, title, since when, and by when."""
    if row.status == S.DRAFTED:
        return "show", _("Ask the candidate about a card"), row.drafted_at, None
    if row.status == S.ASKED and row.card_agreed_at is None:
        return "answer", _("Record the candidate’s answer"), row.asked_at or row.drafted_at, None
    if row.status == S.ASKED:
        return "offer", _("Offer the card to the company"), row.card_agreed_at or row.drafted_at, None
    if row.status == S.ACCEPTED:
        answered = row.answered_at or row.drafted_at
        return "release_consent", _("Ask for the consent to release"), answered, row.answer_date
    if row.status == S.RELEASED and (row.meeting_at is None or row.meeting_at > clock.now()):
        released = row.released_at or row.drafted_at
        title = _("Agree on a meeting") if row.meeting_at is None else _("A meeting is coming")
        return "meeting", title, released, row.meeting_at
    return "outcome", _("Record what came of the meeting"), row.met_at or row.meeting_at or row.drafted_at, None


def _for_second_person(viewer: Viewer) -> Iterator[Task]:
    """Which cards, never whose: the caseload is not told to a liaison."""
    rows = queries.awaiting_second_person(viewer)[:MOST]
    for entry in queries.entries(rows) if rows else []:
        row = entry.introduction
        yield Task(
            _("A release waits for a second person"),
            url_for("introductions.release", introduction_id=row.id),
            row.answered_at or row.drafted_at,
            _("Card %(code)s, %(vacancy)s, %(company)s", code=row.card_code, vacancy=entry.vacancy_title,
              company=entry.company_name),
            "lock",
            row.answer_date,
        )  # fmt: skip


def _for_recipient(viewer: Viewer) -> Iterator[Task]:
    """Drawn from what the company sees, and from nothing behind it."""
    rows = list(
        db.session.scalars(
            company_side.read_by(viewer).where(company_side.may_wait()).order_by(Introduction.offered_at).limit(MOST)
        )
    )
    for entry in queries.entries(rows) if rows else []:
        yield from of_recipient(entry.introduction, entry.vacancy_title)


def of_recipient(row: Introduction, vacancy_title: str) -> Iterator[Task]:
    """What a card waits for, for a page that has read it already."""
    seen = queries.view_of(row).seen
    href = url_for("introductions.card", introduction_id=row.id)
    if seen == Seen.OPEN and row.offered_at is not None:
        yield Task(_("A card waits for your answer"), href, row.offered_at, vacancy_title, "person", row.answer_by)
    elif seen == Seen.ENDED:
        since = company_view.ends_at(company_view.instants_of(row))
        yield Task(_("Confirm that you deleted the details"), href, since, vacancy_title, "check")
