"""A certificate that went to another address than the member's: it becomes theirs on its holder's own page alone.

Its code stands on paper and on a QR code that holders show around, so that the code opens nothing. Whoever has only
the code has the link to that page mailed once more, to the address the certificate was given to and to no other.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from emails import event_messages
from portal.accounts import services as accounts
from portal.core import audit, clock, outbox
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import N_, RuleBroken
from portal.events import limits
from portal.trainings import certificates, rules
from portal.trainings.completions import find_by_code
from portal.trainings.models import Completion

CODES_AN_HOUR = 20


def holder_id(completion: Completion) -> UUID | None:
    """The account that holds it: the one that claimed it, else the one whose address it was given to."""
    if completion.account_id is not None:
        return completion.account_id
    owner = accounts.find_by_email(completion.email)
    return owner.id if owner is not None and owner.is_active else None


def check(completion: Completion, account_id: UUID) -> None:
    """Raises `RuleBroken` when it cannot become the account's own."""
    holder = holder_id(completion)
    rules.check_claimable(
        revoked=completion.revoked_at is not None,
        ended=completion.valid_until < clock.today(),
        claimed_by_other=holder not in (None, account_id),
        own=holder == account_id,
    )


def why_not(completion: Completion, account_id: UUID) -> str:
    """The same as a marked sentence; '' when it can."""
    try:
        check(completion, account_id)
    except RuleBroken as refusal:
        return refusal.message
    return ""


def claim(completion: Completion, by: Viewer) -> None:
    """Make it the member's own, once and for good. Raises `RuleBroken`."""
    check(completion, by.id)
    free = update(Completion).where(Completion.id == completion.id, Completion.account_id.is_(None))
    won = db.session.execute(free.values(account_id=by.id, claimed_at=clock.now()))
    if won.rowcount != 1:  # type: ignore[attr-defined]  # a cursor result
        raise RuleBroken(rules.ANOTHERS)
    audit.record("completion.claimed", "completion", completion.id)


def reserve_try(account_id: UUID) -> None:
    """Count a code before it is looked at. Ends the open transaction; raises `RuleBroken` after very many."""
    if limits.reserve("claim", str(account_id), CODES_AN_HOUR) is None:
        raise RuleBroken(N_("You have tried many codes. Wait an hour, or write to us."), field="code")


def mail_link(written_code: str) -> None:
    """The link goes to the holder again, if there is one, up to a few times a day. It tells nobody else either way."""
    found = find_by_code(written_code)
    if found is None:
        return
    completion, training = found
    if not limits.may_mail(completion.email, str(completion.id)):
        return
    language = completion.language
    mail = event_messages.certificate_link(
        outbox.site(), completion.email, language, training=training.title(language),
        own_page=certificates.own_path(completion.id, language),
    )  # fmt: skip
    outbox.post(mail, once=f"certificate_link:{completion.id}:{clock.now().isoformat().replace(':', '')}")
    audit.record("completion.link_mailed", "completion", completion.id)
