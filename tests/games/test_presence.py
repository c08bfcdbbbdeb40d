"""The game "presence" (design: P1): two databases differ in one person; a company that knows up to six things about
them crafts vacancies, and gets the same bytes and the same mail from both until staff act."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.programmes import services as programmes
from portal.vacancies import recipients
from portal.vacancies import services as vacancies
from portal.vacancies.models import Vacancy
from tests.factories import candidates
from tests.factories import introductions as factory
from tests.games.support import Copy, World, difference
from tests.support.browser import Page

SEED = 20261124
ROUNDS = 8
PAIRS = 200
START = datetime.combine(clock.today(), time(9), clock.FINLAND) + timedelta(days=1)
WHERE = [("091", "Helsinki"), ("049", "Espoo"), ("092", "Vantaa")]
BANDS = ["weekday_day", "weekday_evening", "night", "weekend"]


def known_person(dice: random.Random) -> dict[str, Any]:
    """Whom the attacker looks for; six of these things they know."""
    skills = dice.sample(["cleaning_premises", "vacuuming_mopping", "waste_sorting", "kitchen_cleaning",
                          "food_hygiene", "dishwashing"], 4)  # fmt: skip
    return {
        "skills": {code: dice.randint(2, 4) for code in skills},
        "languages": {"fi": dice.randint(2, 4), "en": dice.randint(2, 5), "sv": 2},
        "municipality": dice.choice(WHERE)[0],
        "reach_municipalities": tuple(code for code, _ in WHERE),
        "bands": tuple(BANDS),
        "hours_min": 10,
        "hours_max": 40,
    }


class Attack:
    """One attacker in both worlds, doing the same at the same instants; each answer is a pair to compare."""

    def __init__(self, worlds: tuple[World, World], owner_id: UUID, liaison_id: UUID, officer_id: UUID) -> None:
        self.worlds, self.owner_id, self.liaison_id, self.officer_id = worlds, owner_id, liaison_id, officer_id
        self.pairs = self.staff_saw = 0

    def each(self, act: Any) -> list[Page]:
        """The same act in both; the answers are compared and given back."""
        pages = [act(world, world.signed_in(self.owner_id)) for world in self.worlds]
        self.compare(pages)
        return pages

    def compare(self, pages: list[Page]) -> None:
        one, other = (world.seen(page) for world, page in zip(self.worlds, pages, strict=True))
        assert one == other, difference(one, other)
        self.pairs += 1

    def craft(self, person: dict[str, Any], dice: random.Random) -> list[str]:
        """A vacancy from what is known of the person, some of it left out or changed; its path in each world."""
        asked = dice.sample(sorted(person["skills"].items()), dice.randint(1, 3))
        skills = [(code, str(max(1, level - dice.randint(0, 1)))) for code, level in asked]
        day = (clock.today() + timedelta(days=30)).isoformat()
        steps: list[dict[str, Any]] = [
            {"title": "Helper", "occupation": "cleaner_premises", "description": "Work in a team.", "posts": "1"},
            {"languages__0__code": "fi", "languages__0__level": str(person["languages"]["fi"]),
             "languages__0__must": dice.choice(["must", "wish"])},
            {"municipality": dice.choice(WHERE)[1], "work_site": "Esimerkkikatu 1", "hours_min": "20",
             "bands": dice.sample(BANDS, dice.randint(1, 3)), "hours_max": "30", "contract": "permanent",
             "starts_on": day, "last_day": day},
            {"pay_from_cents": "12,50", "agreement": "tes_property", "housing": "no", "equipment": "company",
             "chain": "own", "for_client": "no"},
            {"recipients": [str(self.owner_id)]},
        ]  # fmt: skip
        pages: list[str | Page] = ["/en/company/vacancies/new"] * 2
        browsers = [world.signed_in(self.owner_id) for world in self.worlds]
        for number, filled in enumerate(steps):
            button = "Send the vacancy" if number == len(steps) - 1 else "Save and continue"
            answers = []
            for browser, page in zip(browsers, pages, strict=True):
                more = rows_of(page, skills) if number == 1 and isinstance(page, Page) else {}
                answers.append(browser.submit(page, button, **filled, **more))
            assert answers[0].status == 200, answers[0].errors
            self.compare(answers)
            pages = list(answers)
        return [answer.url for answer in answers]

    def publish(self, paths: list[str]) -> None:
        """What staff do with any vacancy, alike in both: decide, confirm, publish; an officer looks at the matches."""
        lists = []
        for world, path in zip(self.worlds, paths, strict=True):
            vacancy_id = UUID(path.rsplit("/", 1)[1])
            with world.changing():
                row, liaison = db.session.get_one(Vacancy, vacancy_id), db.session.get_one(Account, self.liaison_id)
                factory.vacancies.accept_all(row, liaison)
                recipients.confirm(row, [self.owner_id], liaison)
                vacancies.publish(row, liaison)
            lists.append(world.signed_in(self.officer_id).get(f"/en/vacancies/{vacancy_id}/matches").text)
        self.staff_saw += lists[0] != lists[1]

    def look(self, paths: list[str]) -> None:
        """Everything a company can open, an hour later."""
        some = ["/en/start", "/en/cards", "/en/company/vacancies", "/en/company", "/en/standing", "/en/trainings",
                "/en/vacancies", "/en/events", "/en/cards?after=7TR-K2M"]  # fmt: skip
        for path in some:
            self.each(lambda world, browser, path=path: quick(browser, path))
        pages = [quick(world.signed_in(self.owner_id), path) for world, path in zip(self.worlds, paths, strict=True)]
        self.compare(pages)
        for ending in ("recipients", "check"):
            self.compare([
                quick(world.signed_in(self.owner_id), f"{path}/{ending}")
                for world, path in zip(self.worlds, paths, strict=True)
            ])  # fmt: skip


def rows_of(page: Page, skills: list[tuple[str, str]]) -> dict[str, str]:
    """The proposed rows replaced by these skills; the rest are left blank."""
    names = [name for name, _ in page.fields(page.form(button="Save and continue")).items(multi=True)]
    filled, left = {}, list(skills)
    for name in names:
        if name.endswith("-code") and "skills" in name:
            code, level = left.pop(0) if left and name.startswith("essential") else ("", "")
            filled[name.replace("-", "__")] = code
            if (with_level := name.replace("-code", "-level")) in names:
                filled[with_level.replace("-", "__")] = level
    return filled


def quick(browser: Any, path: str) -> Page:
    browser.check = False
    page: Page = browser.get(path)
    return page


def test_p1_a_company_cannot_tell_whether_a_person_is_in_the_pool(first: World, copy: Copy) -> None:
    dice = random.Random(SEED)
    person = known_person(dice)
    with clock.travel(START), first.changing():
        made = factory.world()
        for _ in range(4):
            candidates.candidate(made.officer, profile=known_person(dice))
        db.session.flush()
        ids = made.owner.id, made.liaison.id, made.officer.id
        emails = {made.owner.email, made.reader.email}
    second = copy("with-one-more")
    with clock.travel(START), second.changing():
        officer = db.session.get_one(Account, ids[2])
        programme = programmes.of_officer(officer.id)[0]
        candidates.candidate(officer, programme, profile=person)
    attack = Attack((first, second), *ids)
    for number in range(ROUNDS):
        with clock.travel(START + timedelta(hours=2 * number)):
            paths = attack.craft(person, dice)
            attack.publish(paths)
            mails = [world.mails(emails) for world in attack.worlds]
            assert mails[0] == mails[1]
        with clock.travel(START + timedelta(hours=2 * number + 1)):
            attack.look(paths)
            assert [world.mails(emails) for world in attack.worlds] == [[], []]
    while attack.pairs < PAIRS:
        with clock.travel(START + timedelta(days=2, hours=attack.pairs % 20)):
            attack.look(paths)
    assert attack.pairs >= PAIRS
    assert attack.staff_saw, "the person is on a list of the second world, so there was something to tell"


def test_p1_the_game_would_notice_a_person_who_is_shown(first: World, copy: Copy) -> None:
    """An offered card is meant to show, and does: the game can see."""
    with clock.travel(START), first.changing():
        made = factory.world()
        db.session.flush()
        ids = made.owner.id, made.liaison.id, made.officer.id
        known = {name: (type(value), getattr(value, "id", value)) for name, value in vars(made).items()}
    second = copy("with-a-card")
    with clock.travel(START), second.changing():
        rows = {name: id_ if kind is UUID else db.session.get_one(kind, id_) for name, (kind, id_) in known.items()}
        factory.introduction(factory.World(**rows), factory.S.OFFERED)
    attack = Attack((first, second), *ids)
    with clock.travel(START + timedelta(hours=1)):
        pages = [quick(world.signed_in(ids[0]), "/en/cards") for world in attack.worlds]
    assert first.seen(pages[0]) != second.seen(pages[1])
