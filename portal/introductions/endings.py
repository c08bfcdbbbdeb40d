"""How an introduction ends. Before a release nothing here reaches the company's view; after one the details hide."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import Select, delete, or_, select

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.candidates.values import ConsentRecord
from portal.core import clock, states
from portal.core.db import db, transaction
from portal.core.errors import N_, RuleBroken
from portal.introductions import company_side, company_view, exposed, mails, queries, sealing
from portal.introductions.models import NEXT, CardReader, Introduction, IntroductionStatus
from portal.introductions.queries import LIVE

S = IntroductionStatus
BEFORE_RELEASE = frozenset({S.DRAFTED, S.ASKED, S.OFFERED, S.ACCEPTED, S.CONSENTED})
AFTER_RELEASE = frozenset({S.RELEASED, S.MET, S.HIRED})
WITHDRAWN = N_("The candidate took the consent back.")
PLACED = N_("The candidate found work through another introduction.")
CLOSED = N_("The candidate's file was closed.")
FIXED = frozenset({WITHDRAWN, PLACED, CLOSED})


def end(introduction: Introduction, reason: str, by: Account) -> None:
    """By the officer, at any time before they have met. `reason` is for staff only, and sealed."""
    if S.REVOKED not in NEXT[S(introduction.status)]:
        raise RuleBroken(N_("This introduction cannot be ended any more. Open the page again."))
    revoke(introduction, reason)


def revoke(introduction: Introduction, reason: str) -> None:
    sealing.keep_reason(introduction, reason)
    was_consented = introduction.status == S.CONSENTED
    states.move(introduction, S.REVOKED, NEXT, reason=witness(reason), candidate_ids=[introduction.candidate_id])
    if introduction.released_at is not None:
        end_release(introduction)
    else:
        if was_consented:
            candidates.forget_release(introduction.candidate_id, introduction.id)
        introduction.ended_at = clock.now()
        introduction.version += 1


def witness(reason: str) -> str:
    """What the audit trail may keep: our own sentences, never words that somebody typed."""
    return reason if reason in FIXED else sealing.SEALED if reason else ""


def end_release(introduction: Introduction) -> None:
    """Hide the details now and leave nothing to open. To the company it reads like the last day."""
    over = queries.view_of(introduction).has_fields is False
    introduction.ended_at = introduction.ended_at or clock.now()
    introduction.version += 1
    candidates.forget_release(introduction.candidate_id, introduction.id)
    if not over:
        mails.ended_after_release(introduction, company_side.reader_accounts(introduction.id, released=True))


def end_others(placed: Introduction) -> None:
    """Cards of the same candidate that are not released: over for staff now, for each company at its own date."""
    for other in queries.of_candidate(placed.candidate_id):
        if other.id != placed.id and other.status in BEFORE_RELEASE:
            revoke(other, PLACED)


# --- when the candidate's file changes --------------------------------------------------------


def candidate_changed(candidate_id: UUID) -> None:
    """A consent taken back, a closed file, an order or a block reaches every introduction, in the same transaction."""
    query = select(Introduction).where(
        Introduction.candidate_id == candidate_id, or_(Introduction.status.in_(LIVE), Introduction.status == S.HIRED)
    )
    rows = list(db.session.scalars(query.with_for_update()))
    if not rows:
        return
    is_closed = candidates.profile(candidate_id).status == "closed"
    taken_back = {
        each.subject_id for each in latest_consents(candidate_id) if each.was_given and each.withdrawn_at is not None
    }
    for row in rows:
        if is_closed or row.id in taken_back:
            end_without_consent(row, CLOSED if is_closed else WITHDRAWN)
    exposed.note([row for row in rows if row.released_at is not None])


def latest_consents(candidate_id: UUID) -> list[ConsentRecord]:
    """The last answer of each kind to each introduction."""
    latest: dict[tuple[str, UUID | None], ConsentRecord] = {}
    for each in candidates.consents_of(candidate_id):  # newest first
        latest.setdefault((each.kind, each.subject_id), each)
    return list(latest.values())


def end_without_consent(introduction: Introduction, reason: str) -> None:
    """Once they have met the outcome is still to be told; the details hide all the same."""
    if S.REVOKED in NEXT[S(introduction.status)]:
        revoke(introduction, reason)
    elif introduction.released_at is not None and introduction.ended_at is None:
        sealing.keep_reason(introduction, reason)
        end_release(introduction)


# --- by the clock: for staff; the company's view has moved on by itself ---------------------------


def lapse_due() -> None:
    """For the worker. Each in a transaction of its own, safe to repeat."""
    with transaction():
        due = [row.id for row in db.session.scalars(_may_be_due())]
    for row_id in due:
        with transaction():
            row = db.session.get(Introduction, row_id, with_for_update=True)
            if row is not None:
                lapse(row)


def _may_be_due() -> Select[Introduction]:
    now, today = clock.now(), clock.today()
    return select(Introduction).where(
        or_(
            (Introduction.status == S.OFFERED) & (Introduction.answer_by <= now),
            Introduction.status.in_([S.ACCEPTED, S.CONSENTED]) & (Introduction.answer_date <= now),
            (Introduction.status == S.RELEASED) & (Introduction.release_until < today),
            Introduction.status.in_([S.MET, S.HIRED])
            & (Introduction.release_until < today)
            & Introduction.ended_at.is_(None),
        )
    )


def lapse(introduction: Introduction) -> None:
    """Nothing when it is not due after all."""
    now, status = clock.now(), S(introduction.status)
    if status in (S.MET, S.HIRED):
        close_fields(introduction)
        return
    if status == S.OFFERED and introduction.answer_by and introduction.answer_by <= now:
        ended, to = introduction.answer_by, S.LAPSED
    elif status in (S.ACCEPTED, S.CONSENTED) and introduction.answer_date and introduction.answer_date <= now:
        ended, to = introduction.answer_date, S.LAPSED
    elif status == S.RELEASED and introduction.release_until and introduction.release_until < clock.today():
        ended, to = company_view.end_of(introduction.release_until), S.EXPIRED
    else:
        return
    states.move(introduction, to, NEXT, candidate_ids=[introduction.candidate_id])
    introduction.ended_at = ended
    introduction.version += 1
    if status in (S.CONSENTED, S.RELEASED):
        candidates.forget_release(introduction.candidate_id, introduction.id)


def close_fields(introduction: Introduction) -> None:
    """The last day passed after they met: the outcome is still to be told, but nothing is left to open."""
    until = introduction.release_until
    if introduction.ended_at is None and until and until < clock.today():
        introduction.ended_at = company_view.end_of(until)
        introduction.version += 1
        candidates.forget_release(introduction.candidate_id, introduction.id)


# --- erasure ------------------------------------------------------------------------------------


def sever(candidate_id: UUID) -> None:
    """What was never offered goes. What a company saw stays as a shell that leads to nobody, so that its end tells
    nothing: the card was made to fit several people, and the company's own words are the company's. What staff wrote
    dies with the candidate's key."""
    for row in queries.of_candidate(candidate_id):
        if row.offered_at is None:
            db.session.execute(delete(CardReader).where(CardReader.introduction_id == row.id))
            db.session.delete(row)
            continue
        end_without_consent(row, "")
        row.candidate_id, row.k, row.took_part_ids = uuid4(), None, []
    db.session.flush()
