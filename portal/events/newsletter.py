"""The newsletter: a consent of its own, asked apart, confirmed apart, ended by one button, with a record of each.

A tick on the sign-up form asks for it. Once the person has confirmed their address, a mail of its own asks them to
confirm the newsletter too; nobody gets it before.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, delete, select

from emails import event_messages
from portal.core import clock, outbox, retention, states, vault
from portal.core.db import db, lock_words
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events.models import SignUp
from portal.events.sign_up_models import SUBSCRIPTION_NEXT, Subscription, SubscriptionStatus

WORDS = N_("Send me the newsletter as well, four times a year")
"""What the person ticks; the record keeps it as it was that day, in English."""
UNCONFIRMED_KEPT = timedelta(days=30)
RECORD_KEPT = timedelta(days=365)


def token_of(subscription_id: UUID) -> str:
    """The secret in the person's link: made anew from the id each time, so that it is stored nowhere."""
    return vault.keyed_hash(str(subscription_id), "newsletter link")[:40]


def hashed(token: str) -> str:
    return hashlib.sha256(f"newsletter\n{token}".encode()).hexdigest()


# --- readers -----------------------------------------------------------------


def by_token(token: str) -> Subscription:
    """The subscription behind a person's own link. Raises `NotFound`."""
    found = db.session.scalar(select(Subscription).where(Subscription.page_token == hashed(token)))
    if found is None:
        raise NotFound
    return found


def find_live(email: str) -> Subscription | None:
    """Asked for or confirmed, and not ended."""
    return db.session.scalar(select(Subscription).where(Subscription.live_email == email))


def subscribers() -> Select[Subscription]:
    """Whoever is to get the newsletter today, in the order of their consent; each link that ends it is
    `page_of(subscription)`. The reading is witnessed by who shows or exports it."""
    query = select(Subscription).where(Subscription.status == SubscriptionStatus.CONFIRMED)
    return query.order_by(Subscription.confirmed_at, Subscription.id)


def page_of(subscription: Subscription) -> str:
    return f"/{subscription.language}/newsletter/{token_of(subscription.id)}"


# --- verbs -------------------------------------------------------------------


def ask(sign_up: SignUp) -> None:
    """Ask a person who ticked the box, and whose address is theirs, to confirm. Whoever has it already gets no mail."""
    lock_words([f"newsletter {sign_up.email}"])  # two events may be confirmed at the same instant
    if find_live(sign_up.email) is not None:
        return
    subscription_id = uuid4()
    subscription = Subscription(
        id=subscription_id,
        status=SubscriptionStatus.ASKED,
        email=sign_up.email,
        live_email=sign_up.email,
        language=sign_up.language,
        words=WORDS,
        event_id=sign_up.event_id,
        asked_at=sign_up.asked_at,
        page_token=hashed(token_of(subscription_id)),
    )
    db.session.add(subscription)
    write("newsletter_confirm", subscription)


def confirm(subscription: Subscription) -> None:
    """Raises `RuleBroken` when it has ended. Again: nothing more."""
    locked(subscription)
    if subscription.status == SubscriptionStatus.CONFIRMED:
        return
    if subscription.status == SubscriptionStatus.ENDED:
        raise RuleBroken(N_("This has ended. Tick the newsletter again when you next sign up to an event."))
    states.move(subscription, SubscriptionStatus.CONFIRMED, SUBSCRIPTION_NEXT)
    subscription.confirmed_at = clock.now()
    write("newsletter_confirmed", subscription)


def end(subscription: Subscription) -> None:
    """No more newsletters; also how a request is turned down. Again: nothing more."""
    locked(subscription)
    if subscription.status != SubscriptionStatus.ENDED:
        states.move(subscription, SubscriptionStatus.ENDED, SUBSCRIPTION_NEXT)
        subscription.ended_at, subscription.live_email = clock.now(), None


def locked(subscription: Subscription) -> None:
    db.session.refresh(subscription, with_for_update=True)


def write(name: str, subscription: Subscription) -> None:
    make = getattr(event_messages, name)
    message = make(outbox.site(), subscription.email, subscription.language, page=page_of(subscription))
    outbox.post(message, once=f"{name}:{subscription.id}")


# --- retention ---------------------------------------------------------------


def forget_unconfirmed() -> int:
    old = Subscription.asked_at < clock.now() - UNCONFIRMED_KEPT
    return forget_those((Subscription.status == SubscriptionStatus.ASKED) & old)


def forget_ended() -> int:
    """That a person had consented is shown for a year after they ended it."""
    old = Subscription.ended_at < clock.now() - RECORD_KEPT
    return forget_those((Subscription.status == SubscriptionStatus.ENDED) & old)


def forget_those(which: ColumnElement[bool]) -> int:
    """With their mails that have not left."""
    outbox.forget_about(set(db.session.scalars(select(Subscription.id).where(which))))
    return retention.count(delete(Subscription).where(which))
