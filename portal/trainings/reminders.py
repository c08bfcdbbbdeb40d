"""A completion that ends soon: the holder hears twice, the owners have news, and it waits until it is renewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from emails import event_messages, messages
from portal.accounts.models import Account, AccountStatus
from portal.core import clock, languages, outbox, pages, settings
from portal.core.access import Permission, Role, Viewer, allows
from portal.core.db import db, transaction
from portal.core.errors import N_
from portal.core.registry import Task
from portal.trainings import rules
from portal.trainings.completions import held_by
from portal.trainings.models import Completion, Training

FIRST = settings.declare("trainings.first_reminder", 60, N_("First reminder before a training ends, days"), most=365)
SECOND = settings.declare("trainings.second_reminder", 14, N_("Second reminder before a training ends, days"), most=365)

Ending = tuple[Completion, Training, Account | None]


def remind() -> None:
    """Once 60 and once 14 days before the last day (settings), unless a later completion of the training is held."""
    marks = (settings.number(FIRST), settings.number(SECOND))
    today = clock.today()
    with transaction():
        found = ending(today, today + timedelta(days=max(marks)))
        owners = owners_of({account.company_id for _completion, _training, account in found if account is not None})
        for completion, training, account in found:
            mark = rules.reminder_due(completion.valid_until, today, marks)
            if mark is not None:
                tell(completion, training, account, owners, f"completion.ends:{completion.id}:{mark}")


def tell(completion: Completion, training: Training, holder: Account | None, owners: list[Account], once: str) -> None:
    """Members and owners have news and read inside what it is; a holder without an account is told by the mail."""
    if holder is None:
        return tell_outsider(completion, training, once)
    for person in {holder, *(each for each in owners if each.company_id == holder.company_id)}:
        outbox.post(messages.news(outbox.site(), person.email, person.language), once=f"{once}:{person.id}")
    return None


def tell_outsider(completion: Completion, training: Training, once: str) -> None:
    language = completion.language
    with languages.speaking(language):
        until = pages.show_date(completion.valid_until)
    page = f"/{language}/trainings/catalogue/{training.id}"
    mail = event_messages.certificate_ends(
        outbox.site(), completion.email, language, training=training.title(language), valid_until=until, page=page
    )
    outbox.post(mail, once=once)


def ending(first: date, last: date, company_id: UUID | None = None) -> Sequence[Ending]:
    """Completions whose last day is between these and which nothing later renews, with the member who holds each.

    Revoked ones and trainings that are no longer offered are left out. With `company_id` those of its members alone.
    """
    holder = and_(held_by(Account), Account.status == AccountStatus.ACTIVE)
    query = (
        select(Completion, Training, Account)
        .join(Training, Training.id == Completion.training_id)
        .outerjoin(Account, holder)
        .where(Completion.revoked_at.is_(None), Completion.valid_until.between(first, last))
        .where(Training.retired.is_(False), ~renewed())
        .order_by(Completion.valid_until, Completion.id)
    )
    if company_id is not None:
        query = query.where(Account.company_id == company_id)
    return [(row.Completion, row.Training, row.Account) for row in db.session.execute(query)]


def renewed() -> ColumnElement[bool]:
    """The same person, known by address or account, holds a later completion of the same training."""
    later = aliased(Completion)
    same = or_(
        later.email == Completion.email,
        later.email == Account.email,
        later.account_id == Completion.account_id,
        later.account_id == Account.id,
    )
    return (
        select(later.id)
        .where(later.training_id == Completion.training_id, later.valid_until > Completion.valid_until)
        .where(later.revoked_at.is_(None), same)
        .exists()
    )


def owners_of(company_ids: set[UUID | None]) -> list[Account]:
    wanted = company_ids - {None}
    if not wanted:
        return []
    query = select(Account).where(Account.role == Role.OWNER, Account.status == AccountStatus.ACTIVE)
    return list(db.session.scalars(query.where(Account.company_id.in_(wanted))))


def waiting(viewer: Viewer) -> Iterable[Task]:
    """For members: their own trainings that end soon; for owners those of their colleagues too."""
    if viewer.company_id is None or not allows(viewer, Permission.COMPANY_OWN):
        return
    today, days = clock.today(), timedelta(days=settings.number(FIRST))
    language = languages.current()
    for completion, training, account in ending(today, today + days, viewer.company_id):
        if account is None or (account.id != viewer.id and viewer.role != Role.OWNER):
            continue
        named = _("The training of %(name)s ends soon", name=account.display_name)
        yield Task(
            title=_("Your training ends soon") if account.id == viewer.id else named,
            text=training.title(language),
            href=url_for("trainings.read", training_id=training.id),
            since=clock.at(completion.valid_until - days, time(0)),
            due=clock.at(completion.valid_until, time(23, 59)),
            icon="calendar",
        )
