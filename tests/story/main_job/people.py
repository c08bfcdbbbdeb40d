"""Who is in the story of the main job, and what the chapters hand on to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pyotp

from tests.story.people import Person
from tests.story.staff import PASSWORD
from tests.story.words import fi
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

    def staff_sign_in(self) -> None:
        """With the password and the code of the telephone."""
        for person, email, secret in zip((self.marja, self.elina), (LIAISON, OFFICER), self.secrets, strict=True):
            person.open("/").menu(fi("Sign in"))
            person.write(fi("E-mail"), email).write(fi("Password"), PASSWORD).press(fi("Sign in"))
            person.sees(fi("Confirm with a code")).does_not_see(fi("The code now:"))
            person.write(fi("Code"), pyotp.TOTP(secret).now()).press(fi("Confirm"))
            assert person.path == "/fi/start", person.offer()

    def says_only_that_there_is_news(self, address: str) -> None:
        """The mail tells neither what it is about nor whom."""
        mail = self.server.post.take(address, NEWS)
        words = f"{mail['Subject']} {text_of(mail)}"
        for told in (COMPANY, TITLE, CANDIDATE, CALLED, OWNER_NAME, self.case_number or COMPANY):
            assert told not in words, words
