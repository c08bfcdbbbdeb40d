"""So far, and next: an introduction as a line of events, for the officer who keeps it and for the company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from portal.core import clock, pages
from portal.introductions import company_view, rules
from portal.introductions.company_view import Seen
from portal.introductions.models import Introduction, IntroductionStatus
from portal.introductions.queries import view_of
from portal.introductions.sealing import Kept

S = IntroductionStatus


@dataclass(frozen=True)
class Event:
    state: str  # done, now or ahead
    title: str
    by: str = ""
    text: str = ""


def of(introduction: Introduction, names: dict[UUID, str], kept: Kept) -> list[Event]:
    """For the officer. `names` are staff and members that may be named, `kept` is what staff wrote."""
    done = list(_done(introduction, names, kept))
    ending = _ending(introduction, kept)
    return [*done, ending] if ending else [*done, *_next(introduction)]


def _at(instant: datetime, who: UUID | None, names: dict[UUID, str]) -> str:
    shown = pages.show_datetime(instant)
    return f"{shown}, {names[who]}" if who in names else shown


def _done(row: Introduction, names: dict[UUID, str], kept: Kept) -> Iterator[Event]:
    if row.suggested_by_id is not None:
        yield Event("done", _("Suggested by a liaison"), names.get(row.suggested_by_id, ""))
    yield Event("done", _("Card drafted"), _at(row.drafted_at, row.drafted_by_id, names))
    if row.asked_at is not None:
        yield Event("done", _("Card frozen, the candidate is asked"), _at(row.asked_at, None, names))
    if row.card_agreed_at is not None:
        yield Event("done", _("The candidate agreed to the card"), _at(row.card_agreed_at, None, names))
    if row.offered_at is not None:
        yield Event("done", _("Card offered to the company"), _at(row.offered_at, None, names), row.card_code or "")
    if row.answered_at is not None:
        yield _answered(row, names)
    if row.released_at is not None:
        yield Event("done", _("Details released"), _at(row.released_at, row.released_by_id, names))
    if row.meeting_at is not None:
        yield Event("done", _("Meeting agreed"), kept.place, pages.show_datetime(row.meeting_at))
    if row.met_at is not None:
        yield Event("done", _("They met"), _at(row.met_at, None, names))
    if row.company_word_at is not None:
        word = _(rules.COMPANY_WORDS[row.company_word])
        yield Event("done", _("The company’s word"), pages.show_datetime(row.company_word_at), word)
    if row.deletion_confirmed_at is not None:
        shown = pages.show_datetime(row.deletion_confirmed_at)
        yield Event("done", _("The company confirmed that it deleted the details"), shown)


def _answered(row: Introduction, names: dict[UUID, str]) -> Event:
    when = _at(row.answered_at or row.drafted_at, row.answered_by_id, names)
    if row.answer == company_view.DECLINED:
        return Event("done", _("The company declined"), when, _(rules.DECLINE_REASONS[row.decline_reason]))
    return Event("done", _("The company accepted"), when, row.company_times)


def _ending(row: Introduction, kept: Kept) -> Event | None:
    endings = {
        S.HIRED: (_("Hired"), row.outcome_at),
        S.NOT_HIRED: (_("Not hired"), row.outcome_at),
        S.REFUSED: (_("The candidate said no"), row.ended_at),
        S.DECLINED: (_("Over: the company declined"), row.ended_at),
        S.LAPSED: (_("Lapsed"), row.ended_at),
        S.REVOKED: (_("Ended"), row.ended_at),
        S.EXPIRED: (_("Expired: the details are hidden"), row.ended_at),
    }
    title, when = endings.get(S(row.status), ("", None))
    if not title:
        return None
    seen = _still_seen(row)
    return Event(
        "done",
        title,
        pages.show_datetime(when),
        " ".join(part for part in (kept.reason and _(kept.reason), seen) if part),
    )


def _still_seen(row: Introduction) -> str:
    """What staff must know before they talk to the company: it does not know yet."""
    view = view_of(row)
    if view.seen == Seen.OPEN:
        return _("The company still sees an open card, and may answer it.")
    if view.seen == Seen.WAITING:
        return _("The company sees the end on %(day)s, and not before.", day=pages.show_datetime(row.answer_date))
    return ""


def _next(row: Introduction) -> list[Event]:
    """The first is now; the others are to come."""
    steps = [
        (S.DRAFTED, _("The candidate is asked about the card"), _("You and the candidate")),
        (S.ASKED, _("The card goes to the company"), _("You, once the candidate has agreed")),
        (S.OFFERED, _("The company answers"), _until(row.answer_by, _("Within ten working days"))),
        (S.ACCEPTED, _("Consent to release: recipients, fields, until when"), _until(row.answer_date, "")),
        (S.CONSENTED, _("A second person releases the agreed details"), _("A liaison, or another case officer")),
        (S.RELEASED, _("Meeting"), _until(row.meeting_at, _("Not agreed yet"))),
        (S.MET, _("Outcome"), _("You, with the company’s word beside it")),
    ]
    at = next(index for index, (status, _title, _by) in enumerate(steps) if status == row.status)
    return [
        Event("now" if index == at else "ahead", title, by)
        for index, (_status, title, by) in enumerate(steps)
        if index >= at
    ]


def _until(instant: datetime | None, otherwise: str) -> str:
    if instant is None:
        return otherwise
    return _("By %(day)s", day=pages.show_datetime(instant)) if instant > clock.now() else pages.show_datetime(instant)


# --- for the company: drawn from what it sees, and nothing else -----------------------------------


def for_company(row: Introduction) -> list[Event]:
    facts, view = company_view.instants_of(row), view_of(row)
    events = [Event("done", _("Card offered to you"), pages.show_datetime(facts.offered_at))]
    if view.seen == Seen.OPEN:
        return [
            *events,
            Event("now", _("You answer"), _("By %(day)s", day=pages.show_datetime(facts.answer_by))),
            Event("ahead", _("Our answer"), _("Ten working days after yours, at 9.00, at the latest")),
        ]
    if view.seen == Seen.UNANSWERED:
        return [*events, Event("done", _("Not answered"), pages.show_datetime(facts.answer_by))]
    word = _("You declined") if view.seen == Seen.DECLINED else _("You accepted")
    events.append(Event("done", word, pages.show_datetime(facts.answered_at)))
    if view.seen == Seen.WAITING:
        events.append(Event("now", _("Our answer"), _("By %(day)s", day=pages.show_datetime(facts.answer_date))))
    elif view.seen == Seen.NOT_AHEAD:
        events.append(Event("done", _("It does not go ahead"), pages.show_datetime(facts.answer_date)))
    elif view.seen in (Seen.RELEASED, Seen.ENDED, Seen.HIRED):
        events.append(Event("done", _("Details shown to the named recipients"), pages.show_datetime(facts.released_at)))
        events.append(_last(facts, view.seen))
    return events


def _last(facts: company_view.Instants, seen: Seen) -> Event:
    if seen == Seen.HIRED:
        return Event("done", _("Hired"), pages.show_datetime(facts.outcome_at))
    if seen == Seen.ENDED:
        return Event("done", _("Ended"), pages.show_datetime(company_view.ends_at(facts)))
    return Event(
        "now", _("You meet"), _("The details are shown until %(day)s", day=pages.show_date(facts.release_until))
    )
