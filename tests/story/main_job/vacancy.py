"""A vacancy in five steps, and the second look before it opens."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from tests.story.main_job.people import COMPANY, OWNER, OWNER_NAME, TITLE, Story
from tests.story.words import fi


def company_writes(story: Story) -> None:
    """All five steps; without standing it stays a draft."""
    aino, today = story.aino, clock.today()
    aino.menu(fi("Vacancies")).follow(fi("New vacancy"))
    aino.write(fi("Title"), TITLE).look_up(fi("Occupation"), "siivo", "toimitilahuoltaja")
    aino.write(fi("What the work is"), "Siivoat kahden koulun tilat. Työkaveri opastaa ensimmäisen viikon.")
    aino.write(fi("How many people you look for"), "1").press(fi("Save and continue"))
    demands(story)
    aino.look_up(fi("Municipality"), "Vant", "Vantaa").write(fi("Workplace"), "Tikkurilan koulut")
    aino.tick(fi("Weekdays, daytime"), aino.group(fi("When the work is done")))
    aino.write(fi("Hours a week, at least"), "30").write(fi("Hours a week, at most"), "37")
    aino.pick(fi("Contract"), fi("Until further notice"))
    aino.write(fi("First day at work"), (today + timedelta(days=45)).isoformat())
    aino.write(fi("Open until"), (today + timedelta(days=75)).isoformat()).press(fi("Save and continue"))
    aino.pick(fi("The pay is"), fi("an hour")).write(fi("Pay, from"), "12,60")
    aino.choose(fi("Collective agreement"), fi("Property services and cleaning"))
    aino.pick(fi("Housing"), fi("We offer no housing"))
    aino.pick(fi("Tools, work clothes and protective equipment"), fi("The company provides and pays it"))
    aino.pick(fi("How the work is arranged"), fi("In our own service, under our own direction"))
    aino.pick(fi("Does the work have a client?"), fi("No"))
    aino.press(fi("Save and continue"))
    aino.tick(OWNER_NAME, aino.group(fi("Who reads the cards"))).press(fi("Send the vacancy"))
    assert aino.errors, aino.offer()
    aino.press(fi("Save and close"))
    aino.sees(fi("Draft"), fi("Only your company sees this. Send it when it is ready."))


def demands(story: Story) -> None:
    """The usual skills of the occupation stand there already; she takes away what can be learned at work."""
    aino = story.aino
    for list_of_skills, row in (("Essential skills", 4), ("Essential skills", 3), ("Good to have", 3)):
        aino.press(f"{fi('Remove')} {fi(list_of_skills)} {row}")
    essential = aino.group(fi("Essential skills"))
    aino.choose(f"{fi('Level')} 1", fi("does with support"), essential)
    aino.write(f"{fi('Skill')} 2", "", essential).look_up(f"{fi('Skill')} 2", "imur", "imurointi ja moppaus", essential)
    languages = aino.group(fi("Languages"))
    aino.look_up(f"{fi('Language')} 1", "suom", "suomi", languages)
    aino.choose(f"{fi('At least')} 1", "A2", languages).press(fi("Save and continue"))


def company_sends(story: Story) -> None:
    aino = story.aino
    aino.menu(fi("Vacancies")).follow(TITLE).follow(fi("Check and send")).press(fi("Send the vacancy"))
    aino.sees(fi("We are reading it. You usually hear within two working days."))


def liaison_looks_again(story: Story) -> None:
    """Each point is decided with a reason, the recipients are confirmed, and only then it opens."""
    marja = story.marja
    marja.menu(fi("Vacancies")).follow(TITLE).sees(COMPANY, fi("Undecided"))
    marja.follow(fi("Decide the points"), marja.page.locator(".page-head"))
    for point in marja.page.locator("section").filter(has=marja.page.get_by_role("radio")).all():
        marja.tick(fi("Accepted"), point)
        marja.write(fi("Reason"), "Verrattu työehtosopimukseen.", point)
    marja.press(fi("Save the decisions"))
    marja.follow(fi("Publish the vacancy")).press(fi("Publish the vacancy"))
    assert marja.errors, marja.offer()
    marja.follow(fi("Confirm the recipients"))
    marja.tick(f"{OWNER_NAME}, {OWNER}").press(fi("Save the recipients"))
    marja.follow(fi("Publish the vacancy")).press(fi("Publish the vacancy"))
    marja.sees(fi("Open"))
    story.says_only_that_there_is_news(OWNER)
    story.aino.menu(fi("Vacancies")).follow(TITLE)
    story.aino.sees(fi("Open to our staff. We contact you if we propose someone; silence means nothing."))
