"""A certificate: the holder's own page behind a secret link, the public check by code, and what the check may say."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import segno
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from portal.core import audit, clock, outbox, vault
from portal.core.db import db
from portal.core.errors import NotFound
from portal.trainings import rules
from portal.trainings.models import Completion, Training

PROOF = 32


# --- the holder's own link -----------------------------------------------------


def token_of(completion_id: UUID) -> str:
    """The secret in the holder's link: its id and a proof that we made it. Made anew each time, stored nowhere."""
    return completion_id.hex + vault.keyed_hash(str(completion_id), "certificate link")[:PROOF]


def own_path(completion_id: UUID, language: str) -> str:
    return f"/{language}/certificates/{token_of(completion_id)}"


def by_token(token: str) -> tuple[Completion, Training]:
    """The certificate behind a holder's link. Raises `NotFound`."""
    try:
        completion_id = UUID(hex=token[:32])
    except ValueError:
        raise NotFound from None
    if not hmac.compare_digest(token.encode(), token_of(completion_id).encode()):
        raise NotFound
    row = db.session.execute(
        select(Completion, Training)
        .join(Training, Training.id == Completion.training_id)
        .where(Completion.id == completion_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.Completion, row.Training


def show_name(completion: Completion, shows: bool) -> None:
    """The holder decides whether the public check page says their name."""
    if completion.shows_name != shows:
        completion.shows_name = shows
        audit.record("completion.name_shown" if shows else "completion.name_hidden", "completion", completion.id)


# --- what a page says ------------------------------------------------------------


@dataclass(frozen=True)
class Certificate:
    """A certificate in words. `name` is empty where it may not be said; `check_url` leads to the public check."""

    title: str
    name: str
    completed_on: date
    valid_until: date
    version: int
    code: str
    check_url: str
    revoked_on: date | None
    is_valid: bool

    @property
    def state(self) -> tuple[str, str]:
        """A label and the kind of its tag."""
        if self.is_valid:
            return _("Valid"), "good"
        return (_("Revoked"), "bad") if self.revoked_on else (_("Ended"), "wait")


def in_words(completion: Completion, training: Training, language: str, *, with_name: bool) -> Certificate:
    code = rules.shown_code(completion.certificate_code)
    return Certificate(
        title=training.title(language),
        name=completion.person_name if with_name else "",
        completed_on=completion.completed_on,
        valid_until=completion.valid_until,
        version=completion.training_version,
        code=code,
        check_url=outbox.site().url(f"/{language}/certificates?code={code}"),
        revoked_on=clock.local_date(completion.revoked_at) if completion.revoked_at else None,
        is_valid=completion.revoked_at is None and clock.today() <= completion.valid_until,
    )


def picture(address: str, said: str) -> Markup:
    """The QR code of an address as inline SVG, dark on light in either colour scheme; `said` is read in its place."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" aria-label="{}" ', 1)).format(said)  # noqa: S704 - by segno
