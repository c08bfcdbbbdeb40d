"""After the release: the meeting, what came of it, and the company's word beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import Account
from portal.core import audit, clock, states
from portal.core.errors import N_, RuleBroken
from portal.introductions import company_side, endings, mails, queries, rules, sealing
from portal.introductions.company_view import Seen
from portal.introductions.models import NEXT, Introduction, IntroductionStatus

S = IntroductionStatus


@dataclass(frozen=True)
class Meeting:
    at: datetime
    place: str
    companion: str
    interpreter: str


def agree(introduction: Introduction, meeting: Meeting, by: Account) -> None:
    """The company sees time and place; who comes along and the interpreter are for staff."""
    if introduction.status != S.RELEASED:
        raise RuleBroken(N_("A meeting is agreed after the release and before they have met. Open the page again."))
    if meeting.at <= clock.now():
        raise RuleBroken(N_("This time has passed. Choose a later one."), field="day")
    introduction.meeting_at = meeting.at
    sealing.keep_meeting(introduction, meeting.place, meeting.companion, meeting.interpreter)
    introduction.version += 1
    audit.record(
        "introduction.meeting_agreed", "introduction", introduction.id, candidate_ids=[introduction.candidate_id],
        facts={"at": meeting.at},
    )  # fmt: skip
    mails.news(introduction, company_side.reader_accounts(introduction.id, released=True), "meeting")


def record_met(introduction: Introduction, by: Account) -> None:
    states.move(introduction, S.MET, NEXT, candidate_ids=[introduction.candidate_id])
    introduction.met_at = clock.now()
    introduction.version += 1


def record_not_hired(introduction: Introduction, by: Account) -> None:
    """The details hide at once; the company confirms that it has deleted them."""
    states.move(introduction, S.NOT_HIRED, NEXT, candidate_ids=[introduction.candidate_id])
    introduction.outcome_at = clock.now()
    endings.end_release(introduction)


def record_hired(introduction: Introduction, by: Account) -> None:
    """Called with the start of a placement. Other cards of the candidate end at their own dates."""
    states.move(introduction, S.HIRED, NEXT, candidate_ids=[introduction.candidate_id])
    introduction.outcome_at = clock.now()
    introduction.version += 1
    mails.news(introduction, company_side.reader_accounts(introduction.id, released=True), "hired")
    endings.end_others(introduction)


# --- the company's word -----------------------------------------------------------------


def say_word(introduction: Introduction, word: str, by: Account) -> None:
    """What the company says came of the meeting; the officer's outcome decides."""
    if queries.view_of(introduction).seen != Seen.RELEASED:
        raise RuleBroken(N_("This introduction is over. Nothing more is needed."))
    if word not in rules.COMPANY_WORDS:
        raise RuleBroken(N_("Choose what came of it"), field="word")
    introduction.company_word, introduction.company_word_at = word, clock.now()
    introduction.version += 1
    audit.record(
        "introduction.company_word", "introduction", introduction.id, candidate_ids=[introduction.candidate_id],
        facts={"word": word},
    )  # fmt: skip


def must_confirm_deletion(introduction: Introduction) -> bool:
    """After every ending of a release alike, so that asking for it tells nothing."""
    is_ended = queries.view_of(introduction).seen == Seen.ENDED
    return is_ended and introduction.deletion_confirmed_at is None


def confirm_deletion(introduction: Introduction, by: Account) -> None:
    """The company promised in the commitment to keep nothing."""
    if not must_confirm_deletion(introduction):
        raise RuleBroken(N_("There is nothing to confirm. Go back to the list of cards."))
    introduction.deletion_confirmed_at = clock.now()
    introduction.version += 1
    audit.record(
        "introduction.deletion_confirmed", "introduction", introduction.id,
        candidate_ids=[introduction.candidate_id], facts={"by": by.id},
    )  # fmt: skip
