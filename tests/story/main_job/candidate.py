"""A case officer opens a file with the candidate beside them, and finds the vacancy for it."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from tests.story.main_job.people import CALLED, CANDIDATE, COMPANY, TELEPHONE, TITLE, Story
from tests.story.words import fi

SKILLS = (("ylläpitosiiv", "toimitilojen ylläpitosiivous"), ("imur", "imurointi ja moppaus"))
"""What is typed, and the suggestion that is taken."""
SCORE = 85  # all but what is good to have


def file_is_opened(story: Story) -> None:
    elina = story.elina
    elina.menu(fi("Candidates")).follow(fi("Open a new file"))
    elina.write(fi("Name, as in the register"), CANDIDATE).write(fi("Name to be called by"), CALLED)
    elina.write(fi("Date of birth"), "1990-05-03").write(fi("Telephone"), TELEPHONE).press(fi("Save and go on"))
    elina.pick(fi("How may we reach you?"), fi("A call")).write(fi("When"), "arkisin klo 10–14")
    elina.look_up(fi("In which language"), "suom", "suomi").press(fi("Save and go on"))
    profile(story)
    elina.write(fi("Notes on safety"), "Ei iltavuoroja.").press(fi("Save and go on"))
    elina.pick(fi("Consent to"), fi("Looking for matches")).pick(fi("Answer"), fi("Agreed"))
    elina.pick(fi("How"), fi("Said aloud")).look_up(fi("In which language"), "suom", "suomi")
    elina.write(fi("Until"), (clock.today() + timedelta(days=365)).isoformat()).press(fi("Record the answer"))
    elina.press(fi("Make the file active"))
    story.case_number = elina.page.locator("h1 .code").inner_text()
    elina.sees(fi("Active")).does_not_see(CANDIDATE, TELEPHONE)


def profile(story: Story) -> None:
    elina = story.elina
    skills = elina.group(fi("Skills"))
    for number, (typed, found) in enumerate(SKILLS, start=1):
        elina.look_up(f"{fi('Skill')} {number}", typed, found, skills)
        elina.choose(f"{fi('Level')} {number}", fi("does alone"), skills)
    languages = elina.group(fi("Languages"))
    elina.look_up(f"{fi('Language')} 1", "suom", "suomi", languages).choose(f"{fi('Level')} 1", "B1", languages)
    elina.look_up(f"{fi('Work')} 1", "siivo", "toimitilahuoltaja", elina.group(fi("Work wished for")))
    elina.look_up(fi("Lives in"), "Vant", "Vantaa")
    elina.tick(fi("Weekdays, daytime"), elina.group(fi("When")))
    elina.write(fi("Hours a week, at least"), "20").write(fi("Hours a week, at most"), "38")
    elina.pick(fi("Has the right to work in Finland"), fi("Yes"))
    elina.tick(fi("We read the whole profile through together today")).press(fi("Save and go on"))


def name_is_looked_at(story: Story) -> None:
    """With a reason, for ten minutes, and the candidate can ask who has looked."""
    elina = story.elina
    elina.unfold(fi("Show name and contact…"))
    elina.pick(fi("Why do you need them now?"), fi("Meeting with the candidate")).press(fi("Show for ten minutes"))
    elina.sees(CANDIDATE).press(fi("Hide now")).does_not_see(CANDIDATE)
    elina.follow(fi("Who has looked")).sees(fi("Meeting with the candidate"))


def match_is_found(story: Story) -> None:
    """Every point of the score is in words; the company's list of vacancies tells nothing of it."""
    elina = story.elina
    elina.menu(fi("Vacancies")).follow(TITLE).follow(fi("Look for matches"))
    elina.sees(COMPANY, story.case_number).does_not_see(CANDIDATE, CALLED)
    elina.unfold(fi("Where the %(points)d points come from", points=SCORE))
    elina.sees(fi("Essential skills"), fi("%(points)s of %(most)s", points=60, most=60), fi("Nearness"))
    elina.follow(fi("Draft an introduction"))
