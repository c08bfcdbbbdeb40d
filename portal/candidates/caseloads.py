"""Who keeps which file: hand-over, dated deputies, and the glass that an officer breaks when nobody else can."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from emails import messages
from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.candidates import alerts, files, reach, rules, sealing, words
from portal.candidates.models import Candidate, CandidateStatus, Deputy, GlassBreak
from portal.candidates.values import Note
from portal.core import audit, clock, edge, languages, outbox
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken
from portal.programmes import services as programmes

GLASS_HOLDS = timedelta(hours=8)
GUESSES_A_DAY = 10
GLASS_BROKEN, GLASS_REFUSED = "glass.broken", "glass.refused"


def colleagues(programme_id: UUID, but: UUID) -> list[Account]:
    """The other officers of a programme, who could take a file over."""
    return [officer for officer in programmes.officers_of(programme_id) if officer.id != but and is_officer(officer)]


def is_officer(account: Account) -> bool:
    return account.role == Role.OFFICER and account.is_active


def hand_over(candidate_id: UUID, to_id: UUID, reason: str, by: Account) -> None:
    """To another officer of the same programme. Both are told, and whoever does it for them stands in the trail.

    The reason is about the candidate: it is a sealed note for the next officer, and stands in no trail (design: P8).
    """
    row = reach.load(candidate_id, by, lock=True)
    before = accounts.get(row.officer_id)
    to = {officer.id: officer for officer in colleagues(row.programme_id, row.officer_id)}.get(to_id)
    if to is None:
        raise RuleBroken(N_("Choose an officer of the same programme."), field="to")
    row.officer_id, row.officer_since = to.id, clock.now()
    row.version += 1
    said = {"from": before.id, "to": to.id}
    audit.record("candidate.handed_over", "candidate", row.id, candidate_ids=[row.id], facts=said)
    sealing.seal_note(row.id, Note(clock.now(), by.id, reason))
    for account in (before, to):
        if account.is_active:
            message = messages.news(outbox.site(), account.email, account.language)
            outbox.post(message, once=f"handed-over:{row.id}:{row.version}:{account.id}")
    files.changed(row.id)


def may_deputise(officer_id: UUID) -> list[Account]:
    """Officers who share a programme with this one."""
    shared: dict[UUID, Account] = {}
    for programme in programmes.of_officer(officer_id):
        shared.update({officer.id: officer for officer in colleagues(programme.id, officer_id)})
    return sorted(shared.values(), key=lambda officer: officer.sort_key)


def shared_programmes(officer_id: UUID) -> dict[UUID, list[str]]:
    """In which programmes, by name, each of those who may stand in would keep this officer's files."""
    shared: dict[UUID, list[str]] = {}
    for programme in programmes.of_officer(officer_id):
        for officer in colleagues(programme.id, officer_id):
            shared.setdefault(officer.id, []).append(getattr(programme, f"name_{languages.current()}"))
    return shared


def officer_named(account_id: UUID) -> Account:
    """The officer an administrator names a deputy for. Raises `NotFound` for everybody else's account."""
    account = accounts.get(account_id)
    if not is_officer(account):
        raise NotFound
    return account


def name_deputy_for(officer: Account, deputy_id: UUID, starts_on: date, ends_on: date, reason: str) -> None:
    """By an administrator, for an officer who is away already. The officer is told too."""
    row = name_deputy(officer, deputy_id, starts_on, ends_on, reason)
    message = messages.news(outbox.site(), officer.email, officer.language)
    outbox.post(message, once=f"deputy:{row.id}:officer")


def name_deputy(officer: Account, deputy_id: UUID, starts_on: date, ends_on: date, reason: str = "") -> Deputy:
    """The deputy keeps the officer's whole caseload, in the programmes both work in, on these days."""
    rules.check_deputy(starts_on, ends_on, clock.today())
    deputy = {each.id: each for each in may_deputise(officer.id)}.get(deputy_id)
    if deputy is None:
        raise RuleBroken(N_("Choose an officer who works in one of your programmes."), field="deputy")
    row = Deputy(officer_id=officer.id, deputy_id=deputy.id, starts_on=starts_on, ends_on=ends_on)
    db.session.add(row)
    said = {"officer": officer.id, "deputy": deputy.id, "from": starts_on, "to": ends_on}
    audit.record("deputy.named", "deputy", row.id, reason=reason, facts=said)
    message = messages.news(outbox.site(), deputy.email, deputy.language)
    outbox.post(message, once=f"deputy:{row.id}")
    return row


def end_deputy_for(deputy_row_id: UUID, officer: Account, reason: str) -> None:
    """By an administrator: officer and deputy are told."""
    deputy = end_deputy(deputy_row_id, officer, reason)
    for account in (officer, deputy):
        if account.is_active:
            message = messages.news(outbox.site(), account.email, account.language)
            outbox.post(message, once=f"deputy-ended:{deputy_row_id}:{account.id}")


def end_deputy(deputy_row_id: UUID, officer: Account, reason: str = "") -> Account:
    """From now on, not from tomorrow: the row goes, and the trail keeps that it was. Returns who it was."""
    query = select(Deputy).where(Deputy.id == deputy_row_id, Deputy.officer_id == officer.id)
    row = db.session.scalar(query.with_for_update())
    if row is None or row.ends_on < clock.today():
        raise NotFound
    said = {"officer": row.officer_id, "deputy": row.deputy_id, "from": row.starts_on, "to": row.ends_on}
    audit.record("deputy.ended", "deputy", row.id, reason=reason, facts=said)
    db.session.delete(row)
    return accounts.get(row.deputy_id)


def deputies_of(officer_id: UUID, on: date | None = None) -> list[UUID]:
    """Who keeps this officer's caseload on the day (today)."""
    day = on or clock.today()
    query = select(Deputy.deputy_id).where(
        Deputy.officer_id == officer_id, Deputy.starts_on <= day, Deputy.ends_on >= day
    )
    return list(dict.fromkeys(db.session.scalars(query.order_by(Deputy.starts_on, Deputy.id))))


def deputies_from(day: date, *, officer_id: UUID | None = None, deputy_id: UUID | None = None) -> Sequence[Deputy]:
    """Deputies that last until this day or longer, of an officer or kept by one."""
    query = select(Deputy).where(Deputy.ends_on >= day).order_by(Deputy.starts_on, Deputy.id)
    if officer_id is not None:
        query = query.where(Deputy.officer_id == officer_id)
    if deputy_id is not None:
        query = query.where(Deputy.deputy_id == deputy_id)
    return list(db.session.scalars(query))


def break_glass(case_number: str, why: str, reason: str, by: Account) -> UUID:
    """Opens a file of the officer's programmes for eight hours; administrators are told.

    A number that opens nothing gets one answer, whatever the cause, and ten such answers a day end the guessing.
    """
    if why not in words.GLASS_REASONS:
        raise RuleBroken(N_("Choose why you need the file."), field="why")
    check_guesses(by)
    query = select(Candidate).where(
        Candidate.case_number == rules.tidy_case_number(case_number),
        Candidate.status != CandidateStatus.ERASED,
        reach.in_programmes(by),
    )
    row = db.session.scalar(query)
    if row is None:
        edge.afterwards(lambda: audit.record(GLASS_REFUSED, "candidate", None, by=by.id))
        raise RuleBroken(N_("No file opens with this case number. Check it with your colleague."), field="case_number")
    if not reach.is_kept_by(row, by):
        now = clock.now()
        broken = GlassBreak(
            candidate_id=row.id, account_id=by.id, reason=sealing.seal_reason(row.id, reason), broken_at=now,
            until=now + GLASS_HOLDS,
        )  # fmt: skip
        db.session.add(broken)
        said = {"why": why, "until": broken.until}
        why_in_words = words.GLASS_REASONS[why]  # the officer's own words stay sealed
        audit.record(GLASS_BROKEN, "candidate", row.id, candidate_ids=[row.id], reason=why_in_words, facts=said)
        alerts.tell_administrators(f"glass:{broken.id}")
    return row.id


def check_guesses(by: Account) -> None:
    refused = audit.recent(limit=GUESSES_A_DAY, verb=GLASS_REFUSED, account_id=by.id)
    if len(refused) == GUESSES_A_DAY and refused[-1].at > clock.now() - timedelta(days=1):
        raise RuleBroken(N_("Too many case numbers that open nothing. Ask your colleague or an administrator."))


def glass_of(candidate_id: UUID) -> list[GlassBreak]:
    """Every break, oldest first."""
    query = select(GlassBreak).where(GlassBreak.candidate_id == candidate_id)
    return list(db.session.scalars(query.order_by(GlassBreak.broken_at)))


def glass_until(candidate_id: UUID, account_id: UUID) -> GlassBreak | None:
    """The break through which this account reads the file now, if any."""
    query = select(GlassBreak).where(
        GlassBreak.candidate_id == candidate_id, GlassBreak.account_id == account_id, GlassBreak.until > clock.now()
    )
    return db.session.scalar(query.order_by(GlassBreak.until.desc()).limit(1))
