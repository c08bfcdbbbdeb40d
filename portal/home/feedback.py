"""Feedback on accessibility (Act 306/2019): a mail to the office through the outbox, sealed until it has left."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from emails import messages
from portal.accounts import attempts
from portal.accounts.attempts import Limit
from portal.core import outbox
from portal.core.errors import N_
from portal.core.languages import LANGUAGES

OFFICE_LANGUAGE = "fi"
BY_NETWORK = Limit(
    "feedback network",
    10,
    timedelta(hours=1),
    N_("Much feedback came from your network within an hour. Wait an hour, or write to us by mail."),
)


def send(message: str, email: str, language: str, network: str) -> None:
    """Raises only for too many tries. `email` is '' when no answer is wanted."""
    attempts.take((BY_NETWORK, network))
    mail = messages.accessibility_feedback(outbox.site(), OFFICE_LANGUAGE, message, email, LANGUAGES[language])
    outbox.post(mail, once=f"feedback:{uuid4()}")
