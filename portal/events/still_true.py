"""Whether what a mail to an attendee says is still so: asked again when it leaves, however long it had to wait."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.core.db import db
from portal.events.models import SignUp, SignUpStatus

NAME = "events.still_true"
TELLS_THE_END = frozenset({"seat_lost", "sign_up_cancelled", "event_cancelled"})
TELLS_THE_STATE = {"sign_up_confirmed": SignUpStatus.CONFIRMED, "sign_up_waiting": SignUpStatus.WAITING}


def about(sign_up: SignUp, mail: str) -> tuple[str, dict[str, Any]]:
    """The check of a mail that has none of its own."""
    return NAME, {"sign_up": str(sign_up.id), "mail": mail}


def check(args: dict[str, Any]) -> bool:
    """No mail to who is no longer known here, nor of a state that has ended; a cancelled sign-up hears only of its end.

    The first mail leaves even when the hold has run out meanwhile: its page says so, and how to sign up again.
    """
    sign_up = db.session.get(SignUp, UUID(args["sign_up"]))
    if sign_up is None:
        return False
    if (state := TELLS_THE_STATE.get(args["mail"])) is not None:
        return sign_up.status == state
    return sign_up.status != SignUpStatus.CANCELLED or args["mail"] in TELLS_THE_END
