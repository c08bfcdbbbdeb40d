"""Completions: recorded by a person who saw it, held by a member, revoked with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, update

from emails import event_messages, messages
from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.core import audit, clock, languages, outbox, pages
from portal.core.db import db, transaction
from portal.core.errors import N_, RuleBroken
from portal.events.models import Event, SignUp
from portal.trainings import rules
from portal.trainings.models import Completion, Training

CORRECTED = "the attendance was corrected"


def new_code() -> str:
    return "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))


# --- readers -----------------------------------------------------------------


def held_by(account: type[Account]) -> ColumnElement[bool]:
    """A completion is held by the account that claimed it, or by the one whose address it was given to."""
    by_address = and_(Completion.account_id.is_(None), Completion.email == account.email)
    return or_(Completion.account_id == account.id, by_address)


def completions_of(company_id: UUID) -> list[Completion]:
    """Those held by the company's current members, revoked ones left out; the one that lasts longest first."""
    members = accounts.members_of(company_id)
    addresses = [member.email for member in members]
    theirs = or_(
        Completion.account_id.in_([member.id for member in members]),
        and_(Completion.account_id.is_(None), Completion.email.in_(addresses)),
    )
    query = select(Completion).where(theirs, Completion.revoked_at.is_(None))
    return list(db.session.scalars(query.order_by(Completion.valid_until.desc(), Completion.id)))


def of_training(training_id: UUID) -> Select[Completion]:
    return select(Completion).where(Completion.training_id == training_id)


def find_by_code(written: str) -> tuple[Completion, Training] | None:
    """The certificate with this code, however it was written; None when there is none."""
    code = rules.plain_code(written)
    if not rules.is_code(code):
        return None
    row = db.session.execute(
        select(Completion, Training)
        .join(Training, Training.id == Completion.training_id)
        .where(Completion.certificate_code == code, Completion.person_name != "")
    ).one_or_none()
    return (row.Completion, row.Training) if row else None


# --- verbs -------------------------------------------------------------------


def record_attendance(event: Event, sign_up: SignUp, by: UUID) -> Completion | None:
    """Someone saw the person there: a completion, and its certificate by mail. None when the event gives none."""
    if event.training_id is None:
        return None
    known = db.session.scalar(select(Completion).where(Completion.sign_up_id == sign_up.id))
    if known is not None:
        return reinstate(known)
    training = db.session.get_one(Training, event.training_id)
    completed_on, owner = clock.local_date(event.ends_at), accounts.find_by_email(sign_up.email)
    completion = Completion(
        training_id=training.id,
        training_version=training.content_version,
        event_id=event.id,
        sign_up_id=sign_up.id,
        account_id=owner.id if owner is not None and owner.is_active else None,
        person_name=sign_up.name,
        email=sign_up.email,
        completed_on=completed_on,
        valid_until=rules.valid_until(completed_on, training.valid_months),
        certificate_code=new_code(),
        recorded_at=clock.now(),
        recorded_by_id=by,
    )
    db.session.add(completion)
    audit.record("completion.recorded", "completion", completion.id, facts={"training": str(training.id)})
    send_certificate(completion, training, sign_up.language)
    return completion


def send_certificate(completion: Completion, training: Training, language: str) -> None:
    with languages.speaking(language):
        until = pages.show_date(completion.valid_until)
    code = rules.shown_code(completion.certificate_code)
    mail = event_messages.certificate(
        outbox.site(), completion.email, language, training=training.title(language), code=code, valid_until=until
    )
    outbox.post(mail, once=f"certificate:{completion.id}")


def reinstate(completion: Completion) -> Completion:
    """Attendance was corrected twice: the same certificate counts again, unless it was revoked for a reason."""
    if completion.revoked_reason == CORRECTED:
        completion.revoked_at, completion.revoked_by_id, completion.revoked_reason = None, None, ""
        audit.record("completion.reinstated", "completion", completion.id)
    return completion


def forget_attendance(sign_up: SignUp, by: UUID) -> None:
    """The person was not there after all: what was recorded no longer counts."""
    completion = db.session.scalar(select(Completion).where(Completion.sign_up_id == sign_up.id))
    if completion is not None and completion.revoked_at is None:
        revoke(completion, CORRECTED, by)


def revoke(completion: Completion, reason: str, by: UUID) -> None:
    """The certificate no longer counts; its page says so. Raises `RuleBroken` the second time."""
    if completion.revoked_at is not None:
        raise RuleBroken(N_("This certificate was revoked already."))
    completion.revoked_at, completion.revoked_by_id, completion.revoked_reason = clock.now(), by, reason
    audit.record("completion.revoked", "completion", completion.id, by=by)


def claim(written_code: str, account: Account) -> Completion:
    """Make a completion that was given to another address the member's own; once only. Raises `RuleBroken`."""
    found = find_by_code(written_code)
    if found is None:
        raise RuleBroken(
            N_("No certificate has this code. Check the ten characters on your certificate."), field="code"
        )
    completion, _training = found
    owner_id = completion.account_id
    if owner_id is None:
        owner = accounts.find_by_email(completion.email)
        owner_id = owner.id if owner is not None and owner.is_active else None
    rules.check_claimable(
        revoked=completion.revoked_at is not None,
        claimed_by_other=owner_id is not None and owner_id != account.id,
        own=owner_id == account.id,
    )
    free = update(Completion).where(Completion.id == completion.id, Completion.account_id.is_(None))
    won = db.session.execute(free.values(account_id=account.id, claimed_at=clock.now()))
    if won.rowcount != 1:  # type: ignore[attr-defined]  # a cursor result
        raise RuleBroken(N_("This certificate belongs to another person. Write to us if it is yours."), field="code")
    audit.record("completion.claimed", "completion", completion.id)
    return completion


# --- by the clock --------------------------------------------------------------


def remind() -> None:
    """News to the holder 21 and 7 days before a completion ends, unless a later one of the training is held."""
    today = clock.today()
    with transaction():
        for completion, account in ending(today + timedelta(days=max(rules.REMINDER_DAYS))):
            days = rules.reminders_due(completion.valid_until, today)
            if days is not None:
                mail = messages.news(outbox.site(), account.email, account.language)
                outbox.post(mail, once=f"completion.ends:{completion.id}:{days}")


def ending(by_day: date) -> Sequence[tuple[Completion, Account]]:
    """The last completion of each training that an active member holds, when it ends by this day."""
    query = select(Completion, Account).join(Account, held_by(Account)).where(Completion.revoked_at.is_(None))
    query = query.where(Account.company_id.is_not(None)).order_by(Completion.valid_until)
    last = {
        (account.id, completion.training_id): (completion, account)
        for completion, account in db.session.execute(query)
        if account.is_active
    }
    return [pair for pair in last.values() if clock.today() <= pair[0].valid_until <= by_day]
