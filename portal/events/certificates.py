"""What trainings add to an event. Trainings lie above events, so they provide themselves here when they are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from portal.events.models import Event, SignUp


@dataclass(frozen=True)
class Completed:
    """What one attendee completed, for the list that leaves as a file."""

    name: str
    email: str
    training: str
    training_version: int
    completed_on: date
    valid_until: date
    code: str
    is_revoked: bool


class Certificates(Protocol):
    def options(self) -> list[tuple[str, str]]:
        """(id, title) of the trainings that an event may give."""

    def promise(self, training_id: UUID) -> str:
        """What the public page says of the certificate."""

    def attended(self, event: Event, sign_up: SignUp, by: UUID) -> None:
        """Someone saw that the person was there."""

    def not_attended(self, event: Event, sign_up: SignUp, by: UUID) -> None:
        """…and that was a mistake."""

    def address(self, sign_up: SignUp, language: str) -> str:
        """The path of the attendee's own page of the certificate, a secret for them alone; '' when there is none."""

    def completed(self, event_id: UUID) -> Sequence[Completed]:
        """The completions of an event, by name, revoked ones too."""


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

    def address(self, sign_up: SignUp, language: str) -> str:
        return ""

    def completed(self, event_id: UUID) -> Sequence[Completed]:
        return ()


_provided: list[Certificates] = [NoCertificates()]


def provide(certificates: Certificates) -> None:
    _provided[0] = certificates


def provided() -> Certificates:
    return _provided[0]
