"""Completions: recorded when someone saw it, held by a member, revoked with a reason."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from emails import event_messages
from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.core import audit, clock, languages, outbox, pages
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.events.models import Event, EventKind, SignUp
from portal.trainings import catalogue, certificates, rules
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


@dataclass(frozen=True)
class Learner:
    """Who completed a training, as it stands when it is recorded."""

    name: str
    email: str
    language: str
    account_id: UUID | None
    company_id: UUID | None


@dataclass(frozen=True)
class Evidence:
    """What shows a completion: a kind of `rules.EVIDENCE`, and the id of the row that shows it."""

    kind: str
    reference: UUID
    event_id: UUID | None = None
    sign_up_id: UUID | None = None


def record_attendance(event: Event, sign_up: SignUp, by: UUID) -> Completion | None:
    """Someone saw the person there: a completion, and its certificate by mail. None when the event gives none."""
    if event.training_id is None:
        return None
    known = db.session.scalar(select(Completion).where(Completion.sign_up_id == sign_up.id))
    if known is not None:
        return reinstate(known)
    training = db.session.get_one(Training, event.training_id)
    member = accounts.find_by_email(sign_up.email)
    owner = member if member is not None and member.is_active else None
    company_id = owner.company_id if owner is not None and owner.company_id else event.company_id
    learner = Learner(sign_up.name, sign_up.email, sign_up.language, owner.id if owner else None, company_id)
    kind = "tailored" if event.kind == EventKind.TAILORED_TRAINING else "attendance"
    evidence = Evidence(kind, event.id, event.id, sign_up.id)
    return keep(training, learner, evidence, clock.local_date(event.ends_at), by)


def record(
    training: Training, account: Account, *, evidence: str, reference: UUID, by: UUID | None = None
) -> Completion:
    """A member completed the training today; `reference` is the row that shows it, `evidence` its kind ("course").

    `by` is the person who saw it; None when the portal itself did, as with a quiz.
    """
    learner = Learner(account.display_name, account.email, account.language, account.id, account.company_id)
    return keep(training, learner, Evidence(evidence, reference), clock.today(), by)


def keep(training: Training, learner: Learner, evidence: Evidence, completed_on: date, by: UUID | None) -> Completion:
    """Write the record, once and for good, and send its certificate."""
    version = catalogue.version_on(training, completed_on)
    completion = Completion(
        training_id=training.id,
        training_version=version,
        event_id=evidence.event_id,
        sign_up_id=evidence.sign_up_id,
        company_id=learner.company_id,
        account_id=learner.account_id,
        person_name=learner.name,
        email=learner.email,
        language=learner.language,
        completed_on=completed_on,
        valid_until=rules.valid_until(completed_on, training.valid_months),
        certificate_code=new_code(),
        evidence_kind=evidence.kind,
        evidence_reference=str(evidence.reference),
        recorded_at=clock.now(),
        recorded_by_id=by,
        shows_name=False,
    )
    db.session.add(completion)
    facts = {"training": training.id, "evidence": evidence.kind, "reference": evidence.reference, "version": version}
    audit.record("completion.recorded", "completion", completion.id, facts=facts)
    send_certificate(completion, training)
    return completion


def send_certificate(completion: Completion, training: Training) -> None:
    """The holder's own link to it, and its code, in the holder's language."""
    language = completion.language
    with languages.speaking(language):
        until = pages.show_date(completion.valid_until)
    mail = event_messages.certificate(
        outbox.site(), completion.email, language, training=training.title(language),
        code=rules.shown_code(completion.certificate_code), valid_until=until,
        own_page=certificates.own_path(completion.id, language),
    )  # fmt: skip
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
