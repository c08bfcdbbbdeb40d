"""The chapters of a seminar as one attendee lives it: from a full event to a certificate that anybody can check."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import zxingcpp
from PIL import Image

from portal.accounts.models import Account
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.events import sign_ups
from portal.events.models import Event, EventKind
from tests.factories import accounts, events, trainings
from tests.story.people import Person
from tests.story.steps import House
from tests.story.words import Words

TITLES = {"fi": "Palkka ja työaika", "sv": "Lön och arbetstid", "en": "Pay and hours"}
NAME, PLACE = "Siv Strand", "Kokeilutalo, Kuja 4, Tampere"
CODE = re.compile(r"[A-Z0-9]{5}-[A-Z0-9]{5}")


@dataclass
class Seminar:
    """Its one seat is taken by somebody who has `first` for an address."""

    house: House
    words: Words
    siv: Person
    marja: Person
    visitor: Person
    event_id: UUID
    title: str
    training: str
    starts_at: datetime
    first: str
    next_in_line: str
    liaison_id: UUID

    @property
    def email(self) -> str:
        return f"siv.{self.words.language}@posti.example"

    def marja_signs_in(self) -> None:
        """The sign-in pages have tests of their own; a session ends by itself between the chapters."""
        with self.house.app.app_context(), transaction():
            cookie = self.house.cookie_of(db.session.get_one(Account, self.liaison_id))
        self.marja.context.add_cookies([{"name": "session", "value": cookie, "url": self.house.base_url}])

    def cancels(self, email: str) -> None:
        """Somebody else gives up what they have."""
        with self.house.app.app_context(), transaction():
            found = sign_ups.find_live(self.event_id, email)
            assert found is not None
            sign_ups.cancel(found)


def announced(house: House, words: Words, siv: Person, marja: Person, visitor: Person) -> Seminar:
    """A theme seminar with one seat, in ten days at nine; those who attend complete a training."""
    language = words.language
    starts_at = clock.local(clock.now() + timedelta(days=10)).replace(hour=9, minute=0, second=0, microsecond=0)
    with house.app.app_context(), transaction():
        training = trainings.training(required=False)
        event = events.event(
            kind=EventKind.THEME_SEMINAR, place=PLACE, join_link="", capacity=1, training_id=training.id,
            starts_at=starts_at, **{f"title_{language}": TITLES[language]},
        )  # fmt: skip
        first = events.sign_up(event, language=language)
        liaison = accounts.account(Role.LIAISON, language=language)
        training_title = getattr(training, f"title_{language}")
        return Seminar(
            house, words, siv, marja, visitor, event.id, TITLES[language], training_title, starts_at, first.email,
            f"next.{language}@posti.example", liaison.id,
        )  # fmt: skip


def signs_up(story: Seminar) -> Person:
    """From the list of events to the page of one's own, by way of the mail."""
    siv, words = story.siv, story.words
    siv.open(f"/{words.language}/").menu(words("Events")).follow(story.title)
    siv.write(words("Name"), NAME).write(words("E-mail"), story.email)
    siv.choose(words("Your role"), words("Supervisor")).press(words("Sign up")).sees(words("Check your mail"))
    return siv.open_mail(story.email, story.title).press(words("Confirm my sign-up"))


def waits(story: Seminar) -> None:
    siv, words = story.siv, story.words
    signs_up(story).sees(words("You are on the waiting list"))
    assert siv.page.locator(".ticket").count() == 0, "no seat, no ticket"
    with story.house.app.app_context(), transaction():
        event = db.session.get_one(Event, story.event_id)
        events.sign_up(event, email=story.next_in_line, language=words.language)


def is_offered_the_seat_and_takes_it(story: Seminar) -> None:
    siv, words = story.siv, story.words
    story.cancels(story.first)
    siv.open_mail(story.email, story.title).sees(words("Seat offered")).press(words("Take the seat"))
    siv.sees(words("The seat is yours."), words("You have a seat"))


def cancels_and_the_next_declines(story: Seminar) -> None:
    """Their seat goes down the list, and comes back to nobody: it is free again."""
    siv, words = story.siv, story.words
    siv.unfold(words("I cannot come")).press(words("Cancel my sign-up")).sees(words("Your sign-up is cancelled."))
    story.visitor.open_mail(story.next_in_line, story.title).press(words("Decline the seat"))
    story.visitor.sees(words("You declined the seat. It goes to the next person."))


def signs_up_again(story: Seminar) -> str:
    """With a free seat there is no list to wait on. What the picture at the door says, as a telephone reads it."""
    siv, words = story.siv, story.words
    signs_up(story).sees(words("You have a seat"), PLACE, words("At the door"))
    return read(siv.page.locator(".ticket svg").screenshot())


def read(picture: bytes) -> str:
    """What a QR code says, by a reader that has nothing to do with what drew it."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert len(found) == 1, found
    return str(found[0].text)


def is_checked_in(story: Seminar, address: str) -> None:
    """The telephone of whoever stands at the door opens what the picture says; for anybody else it is no page."""
    marja, words = story.marja, story.words
    here = urlsplit(address)
    story.siv.open(f"{here.path}?{here.query}").does_not_see(NAME)
    assert story.siv.page.get_by_role("main").get_by_role("button").count() == 0
    story.marja_signs_in()
    marja.open(f"{here.path}?{here.query}").sees(NAME, story.title).press(words("Check in"))
    marja.sees(words("Checked in: %(name)s.", name=NAME))


def attendance_is_saved(story: Seminar) -> None:
    marja, words = story.marja, story.words
    story.marja_signs_in()
    marja.open(f"/{words.language}/start").menu(words("Events")).follow(story.title).follow(words("Mark attendance"))
    assert marja.labelled(NAME).is_checked(), "who was checked in is ticked already"
    marja.press(words("Save attendance")).sees(words("Saved: %(there)d present, %(away)d absent.", there=1, away=0))


def gives_feedback(story: Seminar) -> None:
    """From the mail of thanks, which leads to the certificate too."""
    siv, words = story.siv, story.words
    certificate, form = story.house.links_in(story.email, thanks_in(words, story.title))
    siv.open(form).pick(words("How useful was the event for your work?"), "5").press(words("Send the answers"))
    siv.sees(words("Thank you for your answers"))
    siv.open(form).sees(words("You have answered"))
    siv.open(certificate).sees(NAME, story.training)


def thanks_in(words: Words, title: str) -> str:
    begins = {"fi": "Kiitos osallistumisesta", "sv": "Tack för att du deltog", "en": "Thank you for coming"}
    return f"{begins[words.language]}: {title}"


def gets_the_certificate(story: Seminar) -> str:
    siv, words = story.siv, story.words
    siv.open_mail(story.email, story.training).sees(NAME, story.training, words("Valid"))
    return str(CODE.findall(siv.text)[0])


def is_checked_by_anybody(story: Seminar, code: str) -> None:
    """Training and dates at once; the name when its holder says so."""
    siv, visitor, words = story.siv, story.visitor, story.words
    visitor.open(f"/{words.language}/")
    check(story, code).sees(words("This certificate is valid"), story.training).does_not_see(NAME)
    siv.tick(words("Show my name on the check page")).press(words("Save"))
    check(story, code).sees(words("This certificate is valid"), NAME)


def check(story: Seminar, code: str) -> Person:
    visitor, words = story.visitor, story.words
    visitor.menu(words("Check a certificate")).write(words("Certificate code"), code.lower())
    return visitor.press(words("Check the certificate"))
