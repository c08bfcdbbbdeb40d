"""The chapters of a webinar as those who keep it live it: written, asked about, attended, recorded, taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from openpyxl import load_workbook

from portal.accounts.models import Account
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from tests.factories import accounts, companies
from tests.story.people import Person
from tests.story.steps import Glance, House
from tests.story.words import Words, fi, sv

TITLE = {"fi": "Näin luet palkkakuitin", "sv": "Så läser du en lönespecifikation"}
SUMMARY_SV = "Du lär dig se vad som fattas."
PROGRAMME_SV = ("9.00 Lön och tillägg", "9.30 Avdrag")
COMMENT, CHOICE = ("Mitä haluat kysyä?", "Vad vill du fråga?"), ("Kumpi ryhmä sopii?", "Vilken grupp passar?")
GROUPS = {"fi": ("Aamun ryhmä", "Illan ryhmä"), "sv": ("Morgongruppen", "Kvällsgruppen")}
COLLEAGUES = (
    ("=SUM(A1:A9) Esimerkki", "summa@kuura.example", fi, "Suomi"),
    ("Stina Exempel", "stina@kuura.example", sv, "Svenska"),
)
CONFIRM = {"fi": "Vahvista ilmoittautumisesi", "sv": "Bekräfta din anmälan"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Hurried(Person):
    """Does what it takes and looks no further."""

    watching = Glance


@dataclass
class Webinar:
    house: House
    marja: Person
    aino: Person
    starts_at: datetime
    liaison_id: UUID
    member_id: UUID
    path: str = ""

    def sign_in(self, person: Person, account_id: UUID) -> Person:
        """The sign-in pages have tests of their own; a session ends by itself between the chapters."""
        with self.house.app.app_context(), transaction():
            cookie = self.house.cookie_of(db.session.get_one(Account, account_id))
        person.context.add_cookies([{"name": "session", "value": cookie, "url": self.house.base_url}])
        return person.open(f"/{person.words.language}/start")


def planned(house: House, marja: Person, aino: Person, starts_at: datetime) -> Webinar:
    with house.app.app_context(), transaction():
        liaison = accounts.account(Role.LIAISON)
        member = companies.member(companies.company(name="Kuura Oy"), language="sv")
        return Webinar(house, marja, aino, starts_at, liaison.id, member.id)


def is_written(story: Webinar) -> None:
    """In Finnish first; it stays a draft that a liaison alone sees."""
    marja, day = story.sign_in(story.marja, story.liaison_id), story.starts_at.date().isoformat()
    marja.menu("Events").follow("New event").choose("Kind", "Webinar")
    marja.write("Title in Finnish", TITLE["fi"]).write("Summary in Finnish", "Opit näkemään, mitä puuttuu.")
    marja.write("Day", day).write("Starts at", "09:00").write("Ends at", "10:30")
    marja.write("Join link", "https://kokous.example/kuitti").tick("Finnish", marja.group("Languages of the event"))
    marja.write("Sign-up opens on", clock.today().isoformat())
    marja.write("Sign-up closes after", day).write("Seats", "2").press("Save the event").sees("Draft")
    story.path = urlsplit(marja.page.url).path


def is_told_in_swedish(story: Webinar) -> None:
    """Beside the Finnish words; the page of the event then says the same in both, with no mark of another language."""
    marja = story.marja
    swedish = marja.page.get_by_role("heading", name="Texts in Swedish", exact=True)
    marja.follow("Write them", marja.page.get_by_role("listitem").filter(has=swedish)).sees(TITLE["fi"])
    marja.write("Title", TITLE["sv"]).write("Summary", SUMMARY_SV).write("Programme", "\n".join(PROGRAMME_SV))
    marja.press("Save the texts").sees("The texts are saved.")


def asks_two_questions(story: Webinar) -> None:
    """One in own words, one of two choices that must be answered."""
    marja = story.marja
    marja.follow("Questions of the sign-up").follow("Add a question", marja.page.locator(".page-head"))
    marja.write("Question in Finnish", COMMENT[0]).write("Question in Swedish", COMMENT[1]).press("Save the question")
    marja.follow("Add a question").write("Question in Finnish", CHOICE[0]).write("Question in Swedish", CHOICE[1])
    marja.pick("How is it answered?", "One of several choices")
    for language, name in (("fi", "Finnish"), ("sv", "Swedish")):
        marja.write(f"Choices in {name}", "\n".join(GROUPS[language]))
    marja.tick("It must be answered").press("Save the question").sees(COMMENT[0], CHOICE[0], *GROUPS["fi"])
    marja.open(story.path).press("Publish the event").sees("Published. It stands in the list of events now.")


def member_signs_up_colleagues(story: Webinar) -> None:
    """Who reads the event in Swedish, and sees of it only what concerns those two."""
    aino = story.sign_in(story.aino, story.member_id)
    aino.open("/sv/events").follow(TITLE["sv"]).sees(SUMMARY_SV, *PROGRAMME_SV, COMMENT[1], *GROUPS["sv"])
    aino.does_not_see(TITLE["fi"]).follow(sv("Sign up colleagues"))
    for number, (name, email, _words, language) in enumerate(COLLEAGUES, start=1):
        if number > 1:
            aino.press(sv("Add a colleague"))
        aino.write(f"{sv('Name')} {number}", name).write(f"{sv('E-mail')} {number}", email)
        aino.choose(f"{sv('Language of the mails')} {number}", language)
    aino.press(sv("Sign them up"))
    aino.sees(sv.many("We have written to one colleague.", "We have written to %(num)d colleagues.", 2))
    aino.sees(sv("Not confirmed"))


def each_confirms(story: Webinar, person: Person, email: str, words: Words) -> None:
    """In their own language, once they have answered what must be answered."""
    at = words.language
    person.open_mail(email, f"{CONFIRM[at]}: {TITLE[at]}").sees("Kuura Oy").follow(words("Answer and confirm"))
    person.press(words("Save and confirm my sign-up"))
    assert len(person.errors) == 1, person.errors
    person.pick(CHOICE[at == "sv"], GROUPS[at][0]).press(words("Save and confirm my sign-up"))
    person.sees(words("You have a seat"), "https://kokous.example/kuitti", GROUPS[at][0])


def attendance_file_is_read(story: Webinar, folder: Path) -> None:
    """One row has another address than its person signed up with. Nothing is recorded before that is decided."""
    marja, file = story.sign_in(story.marja, story.liaison_id), folder / "osallistujat.csv"
    rows = (("Esimerkki", COLLEAGUES[0][1], 85), ("Stina E.", "stina.exempel@hem.example", 80))
    file.write_text("Nimi;Sähköposti;Minuutit\n" + "".join(f"{';'.join(map(str, row))}\n" for row in rows), "utf-8")
    marja.menu("Events").follow(f"{TITLE['fi']} (in Finnish)").follow("Read an attendance file")
    marja.labelled("Attendance file").set_input_files(file)
    marja.press("Read the file").sees("Rows without a sign-up", "Stina E.", "stina.exempel@hem.example")
    assert marja.page.get_by_role("button", name="Record the attendance").count() == 0
    marja.pick("What becomes of this row?", f"It is {COLLEAGUES[1][0]}, {COLLEAGUES[1][1]}")
    marja.press("Save the decisions").sees(f"Counted for {COLLEAGUES[1][0]}")
    marja.press("Record the attendance").sees("Recorded: 2 present, 0 absent.")


def lists_are_taken_out(story: Webinar) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of both lists, below their headings; nothing in them is a formula."""
    marja = story.marja
    marja.open(story.path).follow("Take lists out as files")
    return {name: rows_of(taken(marja, f"Excel {name}")) for name in ("Sign-ups", "Attendance")}


def taken(person: Person, link: str) -> Path:
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name=link, exact=True).click()
    return Path(download.value.path())


def rows_of(file: Path) -> list[tuple[Any, ...]]:
    with file.open("rb") as content:
        cells = [list(row) for row in load_workbook(content).active.iter_rows(min_row=2)]
    for cell in (cell for row in cells for cell in row):
        assert cell.data_type != "f", f"{cell.coordinate} is a formula: {cell.value}"
        assert not str(cell.value or "").startswith(FORMULA), f"{cell.coordinate} is not disarmed: {cell.value}"
    return [tuple(cell.value for cell in row) for row in cells]
