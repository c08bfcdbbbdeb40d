"""A company registers, is vetted, commits, and learns: it becomes a responsible employer."""

from __future__ import annotations

import time
from datetime import timedelta

import pyotp

from portal.core import clock
from tests.story import staff
from tests.story.main_job.people import BUSINESS_ID, COMPANY, LIAISON, OFFICER, OWNER, OWNER_NAME, Story
from tests.story.words import fi

PASSWORD = "sininen portaikko kesä rumpali"
TIME_TO_SIGN_UP = timedelta(seconds=40)


def staff_signs_in(story: Story) -> None:
    """With the password and the code of the telephone."""
    for person, email, secret in zip((story.marja, story.elina), (LIAISON, OFFICER), story.secrets, strict=True):
        person.open("/").menu(fi("Sign in"))
        person.write(fi("E-mail"), email).write(fi("Password"), staff.PASSWORD).press(fi("Sign in"))
        person.sees(fi("Confirm with a code")).does_not_see(fi("The code now:"))
        person.write(fi("Code"), pyotp.TOTP(secret).now()).press(fi("Confirm"))
        assert person.path == "/fi/start", person.offer()


def company_registers(story: Story) -> None:
    aino = story.aino
    aino.open("/").follow(fi("Register your company"))
    aino.write(fi("Business ID"), BUSINESS_ID).write(fi("Name of the company"), COMPANY)
    aino.choose(fi("Industry"), "Kiinteistön- ja maisemanhoito").choose(fi("Municipality"), "Vantaa")
    aino.write(fi("Contact person"), OWNER_NAME).write(fi("E-mail"), OWNER)
    aino.pick(fi("Language of our messages"), "Suomi").press(fi("Register the company"))
    aino.sees(fi("Check your mail"))
    aino.open_mail(OWNER, "Vahvista osoitteesi")
    aino.press(fi("Confirm the address"))
    aino.sees(fi("Set up your account"))
    aino.write(fi("New password"), PASSWORD).press(fi("Set up the account"))
    aino.menu(fi("Company")).sees(COMPANY, BUSINESS_ID, fi("Applied"))


def webinar_is_announced(story: Story) -> None:
    """It begins in a minute or two: attendance is marked by the real clock, after it began."""
    marja = story.marja
    marja.menu(fi("Events")).follow(fi("New event"))
    starts = clock.local(clock.now() + TIME_TO_SIGN_UP + timedelta(minutes=1)).replace(second=0, microsecond=0)
    ends = starts + timedelta(minutes=5)
    story.begins = starts
    marja.choose(fi("Kind"), fi("Webinar")).choose(fi("Training it gives"), story.webinar)
    marja.write(fi("Title in Finnish"), story.webinar).write(fi("Summary in Finnish"), "Näin kirjoitat reilun paikan.")
    marja.pick(fi("Languages of the event"), fi("Finnish"))
    marja.write(fi("Day"), starts.date().isoformat()).write(fi("Starts at"), starts.strftime("%H:%M"))
    marja.write(fi("Ends at"), ends.strftime("%H:%M"))
    if ends.date() != starts.date():
        marja.write(fi("Last day"), ends.date().isoformat())
    marja.write(fi("Join link"), "https://kokous.example/reilu")
    marja.write(fi("Sign-up opens on"), clock.today().isoformat())
    marja.write(fi("Sign-up closes after"), starts.date().isoformat()).write(fi("Seats"), "10")
    marja.press(fi("Save the event")).press(fi("Publish the event"))
    marja.sees(fi("Published. It stands in the list of events now."))


def owner_signs_up(story: Story) -> None:
    aino = story.aino
    aino.open("/fi/events").follow(story.webinar)
    assert aino.labelled(fi("E-mail")).input_value() == OWNER
    assert aino.labelled(fi("Business ID")).input_value() == BUSINESS_ID
    aino.choose(fi("Your role"), fi("Supervisor")).press(fi("Sign up"))
    aino.sees(fi("Check your mail"))
    aino.open_mail(OWNER, "Vahvista ilmoittautumisesi").press(fi("Confirm my sign-up"))
    aino.sees(fi("You have a seat"), "https://kokous.example/reilu")


def company_is_vetted(story: Story) -> None:
    marja = story.marja
    marja.menu(fi("Companies")).follow(COMPANY)
    marja.press(fi("Take into review"))
    marja.unfold(fi("Record the right of %(name)s", name=OWNER_NAME))
    marja.pick(fi("How it was shown"), fi("Signs for the company in the trade register"))
    marja.write(fi("What you saw"), "Kaupparekisteriote, tänään").press(fi("Record the right to act"))
    marja.unfold(fi("Record evidence"))
    for box in marja.group(fi("What it shows")).get_by_role("checkbox").all():
        box.check()
    marja.write(fi("Day of the document"), clock.today().isoformat()).press(fi("Record evidence"))
    marja.press(fi("Approve the company"))
    marja.sees(fi("Approved"))
    story.says_only_that_there_is_news(OWNER)


def company_commits(story: Story) -> None:
    aino = story.aino
    aino.menu(fi("Company")).sees(fi("Approved")).follow(fi("Read and sign the commitment"))
    aino.press(fi("Sign the commitment"))
    assert aino.errors == [fi("Tick the box")], aino.errors
    aino.tick(fi("I have read the commitment and sign it for the company")).press(fi("Sign the commitment"))
    aino.menu(fi("Start")).follow(fi("See every requirement"))
    aino.sees(fi.many("One requirement is missing", "%(num)d requirements are missing", 1))


def attendance_is_marked(story: Story) -> None:
    """Waits until the webinar has begun; the company then holds its standing, with nobody ticking it."""
    marja, aino = story.marja, story.aino
    time.sleep(max(0.0, (story.begins - clock.now()).total_seconds()))
    marja.menu(fi("Events")).follow(story.webinar).follow(fi("Mark attendance"))
    marja.press(fi("All were there")).sees(fi("Saved: %(there)d present, %(away)d absent.", there=1, away=0))
    aino.open_mail(OWNER, "Todistuksesi").sees(OWNER_NAME, story.webinar)
    aino.open("/fi/start").follow(fi("See every requirement")).sees(fi("You are a responsible employer"))
