"""From the card to work: nothing is shown before the candidate agreed, and no name leaves by one person alone."""

from __future__ import annotations

from datetime import date, timedelta

from portal.core import clock
from tests.story.main_job.people import (
    CALLED,
    CANDIDATE,
    COMPANY,
    NEWS,
    OFFICER,
    OWNER,
    OWNER_NAME,
    TELEPHONE,
    TITLE,
    Story,
)
from tests.story.people import Person
from tests.story.words import fi


def in_finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def open_introduction(story: Story, person: Person) -> Person:
    """By the list of introductions, as everybody on the staff finds it."""
    return person.menu(fi("Introductions")).go(person.page.locator("th a").first)


def card_is_asked_for(story: Story) -> None:
    """The officer drafts, chooses the card with the candidate, prints the sheet, and records the yes."""
    elina = story.elina
    elina.tick(fi("At least one asked skill")).press(fi("Freeze it and open the sheet for the talk"))
    elina.sees(COMPANY, TITLE, OWNER_NAME, fi("Nobody else at the company sees it."))
    elina.does_not_see(CANDIDATE, CALLED, story.case_number)
    assert len(elina.page.pdf()) > 10_000  # it prints
    elina.follow("Suomi, English").sees("May we show this card?")
    elina.follow(fi("Record the answer"))
    company_has_no_card(story)
    elina.pick(fi("What did the candidate answer?"), fi("Yes")).pick(fi("How was it given?"), fi("On paper"))
    elina.choose(fi("In which language did you talk?"), "suomi").press(fi("Record the answer"))
    assert elina.errors, elina.offer()  # few people fit: it must be said aloud
    elina.tick(fi("I said it")).press(fi("Record the answer"))


def company_has_no_card(story: Story) -> None:
    story.aino.menu(fi("Introductions")).sees(fi("No cards have been offered to you"))


def card_is_offered(story: Story) -> None:
    elina, aino = story.elina, story.aino
    company_has_no_card(story)
    elina.press(fi("Offer the card"))
    elina.sees(fi("Offered"))
    story.says_only_that_there_is_news(OWNER)
    aino.menu(fi("Introductions")).go(aino.page.locator("th a"))
    aino.sees(fi("At least one of them"), fi("Waits for your answer"))
    aino.does_not_see(CANDIDATE, CALLED, TELEPHONE, story.case_number, "Elina")
    aino.pick(fi("Your answer"), fi("Yes, we would like to meet"))
    aino.write(fi("When could you meet?"), "Arkisin klo 9–15, koululla.").press(fi("Send the answer"))
    today = clock.today()
    answer_date = f"{in_finnish(clock.working_days_after(today, 10))} klo 9.00"
    aino.sees(fi("You accepted"), fi("You hear from us by %(day)s", day=answer_date))
    aino.sees(fi("You accepted on %(day)s. There is nothing to do until then.", day=in_finnish(today)))


def release_is_agreed(story: Story) -> None:
    """Consent to this company, these readers, these fields; the officer cannot release it."""
    elina = story.elina
    story.says_only_that_there_is_news(OFFICER)
    open_introduction(story, elina).sees("Arkisin klo 9–15, koululla.").follow(fi("Open the sheet for the talk"))
    elina.sees(COMPANY, OWNER_NAME).follow(fi("Record the answer"))
    elina.pick(fi("What did the candidate answer?"), fi("Yes"))
    elina.tick(OWNER_NAME, elina.group(fi("Who may read the details?")))
    elina.pick(fi("Which name?"), fi("The name they use"))
    elina.pick(fi("How does the company reach them?"), fi("Their telephone number"))
    elina.tick(fi("Say that they may work")).pick(fi("How was it given?"), fi("On paper"))
    elina.choose(fi("In which language did you talk?"), "suomi").press(fi("Record the answer"))
    elina.sees(fi("A second person releases the agreed details"))
    story.aino.menu(fi("Introductions")).go(story.aino.page.locator("th a")).does_not_see(CALLED, TELEPHONE)


def liaison_releases(story: Story) -> None:
    """Without seeing whom it is about."""
    marja = story.marja
    open_introduction(story, marja).follow(fi("Look at the release"))
    marja.sees(OWNER_NAME, COMPANY, fi("The name they use"), fi("On paper"))
    marja.does_not_see(CANDIDATE, CALLED, TELEPHONE, story.case_number)
    marja.press(fi("Release the details"))
    story.says_only_that_there_is_news(OWNER)


def recipient_reads(story: Story) -> None:
    aino = story.aino
    aino.menu(fi("Introductions")).go(aino.page.locator("th a"))
    aino.sees(fi("Details, for you by name"), CALLED, fi("May work")).does_not_see(CANDIDATE, story.case_number)


def they_meet_and_agree(story: Story) -> None:
    elina, aino = story.elina, story.aino
    open_introduction(story, elina).follow(fi("Agree on a meeting"))
    elina.write(fi("Day"), (clock.today() + timedelta(days=20)).isoformat()).write(fi("Time"), "9.30")
    elina.write(fi("Place"), "Tikkurilan koulu, pääovi").write(fi("Who comes along"), "Elina")
    elina.press(fi("Save the meeting"))
    aino.menu(fi("Introductions")).go(aino.page.locator("th a")).sees("Tikkurilan koulu, pääovi")
    aino.pick(fi("What came of it?"), fi("We agreed on work")).press(fi("Tell us"))


def placement_begins(story: Story) -> None:
    """Check-ins at weeks 1, 4, 12 and 26; the company sees that it hired, and no name any more than before."""
    elina, starts = story.elina, clock.today() + timedelta(days=7)
    open_introduction(story, elina).follow(fi("Record what came of it"))
    elina.sees(fi("We agreed on work"))
    elina.pick(fi("What came of the meeting?"), fi("They agreed on work")).press(fi("Record the outcome"))
    elina.pick(fi("What kind of work?"), fi("A job")).write(fi("First day"), starts.isoformat())
    elina.write(fi("Hours a week"), "30").write(fi("Pay"), "12,60").choose(fi("For"), fi("an hour"))
    elina.press(fi("Start the placement"))
    weeks = [fi("Week %(week)d", week=week) for week in (1, 4, 12, 26)]
    due = [starts + timedelta(weeks=week) for week in (1, 4, 12, 26)]
    elina.sees(*weeks, *map(in_finnish, due))
    elina.menu(fi("Follow-up")).sees(story.case_number, TITLE)
    story.aino.menu(fi("Introductions")).sees(fi("Hired"))


def everything_is_witnessed(story: Story) -> None:
    """The candidate can ask who has looked; no mail of the work to a company said more than that there is news."""
    elina = story.elina
    elina.menu(fi("Candidates")).follow(story.case_number).sees(fi("In work"))
    elina.follow(fi("Who has looked")).sees(OWNER_NAME, fi("Released details shown to a named recipient"))
    story.server.post.take(OWNER, NEWS)  # of the meeting
    about = {str(mail["Subject"]) for mail in story.server.post.to(OWNER)}
    assert {subject for subject in about if story.webinar not in subject} == {"Vahvista osoitteesi", NEWS}, about
