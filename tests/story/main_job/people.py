"""Who is in the story of the main job, and what the chapters hand on to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tests.story.people import Person
from tests.support.server import Server, text_of

OWNER, LIAISON, OFFICER = "aino@lumikello.example", "marja@reilu.example", "elina@reilu.example"
COMPANY, BUSINESS_ID = "Lumikello Siivous Oy", "1234567-1"
OWNER_NAME = "Aino Lehtovirta"
CANDIDATE, CALLED, TELEPHONE = "Dana Esimerkki", "Dana", "+358400001234"
TITLE = "Siivooja, aamuvuorot"
NEWS = "Sinulle on uutta Reilussa"


@dataclass
class Story:
    server: Server
    aino: Person
    marja: Person
    elina: Person
    secrets: Sequence[str]
    webinar: str = "Reilu rekrytointi käytännössä"
    begins: datetime = field(default_factory=datetime.now)
    case_number: str = ""

    def says_only_that_there_is_news(self, address: str) -> None:
        """The mail tells neither what it is about nor whom."""
        mail = self.server.post.take(address, NEWS)
        words = f"{mail['Subject']} {text_of(mail)}"
        for told in (COMPANY, TITLE, CANDIDATE, CALLED, OWNER_NAME, self.case_number or COMPANY):
            assert told not in words, words
