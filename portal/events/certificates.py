"""What trainings add to an event. Trainings lie above events, so they provide themselves here when they are loaded."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from portal.events.models import Event, SignUp


class Certificates(Protocol):
    def options(self) -> list[tuple[str, str]]:
        """(id, title) of the trainings that an event may give."""

    def promise(self, training_id: UUID) -> str:
        """What the public page says of the certificate."""

    def attended(self, event: Event, sign_up: SignUp, by: UUID) -> None:
        """Someone saw that the person was there."""

    def not_attended(self, event: Event, sign_up: SignUp, by: UUID) -> None:
        """…and that was a mistake."""


class NoCertificates:
    """Events alone: nothing is completed."""

    def options(self) -> list[tuple[str, str]]:
        return []

    def promise(self, training_id: UUID) -> str:
        return ""

    def attended(self, event: Event, sign_up: SignUp, by: UUID) -> None:
        return None

    def not_attended(self, event: Event, sign_up: SignUp, by: UUID) -> None:
        return None


_provided: list[Certificates] = [NoCertificates()]


def provide(certificates: Certificates) -> None:
    _provided[0] = certificates


def provided() -> Certificates:
    return _provided[0]
