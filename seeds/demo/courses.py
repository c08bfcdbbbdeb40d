"""The course of the required training, told in three languages in `seeds/courses`, and members who take it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from portal.core.db import db
from portal.trainings import services as trainings
from portal.trainings.courses import queries, taking, writing
from portal.trainings.courses import services as courses
from portal.trainings.courses.models import Course, Section
from portal.trainings.courses.services import Frame
from portal.trainings.courses.writing import QuestionText, SectionText
from seeds.demo import cast
from seeds.demo.story import person, scene
from seeds.texts import TRAINING_CODE

FOLDER, NAME = Path(__file__).parents[1] / "courses", "fair_recruitment"
LANGUAGES = ("fi", "sv", "en")
SECTIONS_AT_FIRST = 5
VIDEO = "https://video.example/tie-puhua"
VIDEO_IN_WORDS = {
    "fi": "Esihenkilö kysyy uudelta työntekijältä viikon jälkeen: mikä on toisin kuin sovimme? Hän odottaa vastausta "
    "eikä täytä hiljaisuutta. Tekstitys suomeksi ja ruotsiksi. (Keksitty video.)",
    "sv": "En chef frågar en nyanställd efter en vecka: vad är annorlunda än vi kom överens om? Hon väntar på svaret "
    "och fyller inte tystnaden. Text på finska och svenska. (En påhittad video.)",
    "en": "A supervisor asks a new employee after a week: what is different from what we agreed? She waits for the "
    "answer and does not fill the silence. Captions in Finnish and Swedish. (An invented video.)",
}
DRAFT_TITLE, DRAFT_TEXT = (
    "Ensimmäinen työpäivä",
    "Kerro, kuka neuvoo, missä syödään ja milloin on tauko.\n\nAnna kaikki myös kirjallisesti.",
)


@dataclass
class Asked:
    text: str
    options: list[tuple[str, bool]] = field(default_factory=list)
    why: str = ""


@dataclass
class Part:
    """A section as it is told in one language."""

    title: str
    text: str = ""
    material: str = ""
    material_url: str = ""
    questions: list[Asked] = field(default_factory=list)


def told(language: str) -> tuple[str, list[Part]]:
    """The introduction and the sections. `?` asks, `+` and `-` are right and wrong answers, `!` explains."""
    intro, *rest = (FOLDER / f"{NAME}.{language}.md").read_text().split("\n# ")
    return intro.strip(), [part_of(each) for each in rest]


def part_of(text: str) -> Part:
    title, _, body = text.partition("\n")
    part, lines = Part(title.strip()), []
    for line in body.splitlines():
        mark, said = line[:1], line[2:].strip()
        if mark == "?":
            part.questions.append(Asked(said))
        elif part.questions and mark in ("+", "-"):
            part.questions[-1].options.append((said, mark == "+"))
        elif part.questions and mark == "!":
            part.questions[-1].why = said
        elif line.startswith("material: "):
            part.material, _, part.material_url = line.removeprefix("material: ").partition(" | ")
        else:
            lines.append(line)
    part.text = "\n".join(lines).strip()
    return part


def load() -> None:
    with scene(70, cast.MARJA):
        first = write_first()
    with scene(40, cast.AINO, hour=9):
        read_all(first, cast.AINO)
        try_quiz(first, cast.AINO, wrong=2)
        taking.begin_attempt(first, person(cast.AINO))
    with scene(20, cast.MARJA):
        second = courses.renew(first)
        write_parts(second, range(SECTIONS_AT_FIRST, len(told("fi")[1])))
        db.session.flush()
        courses.publish(second)
    for days, email, mistakes in (
        (12, cast.HELMI, (3, 0)), (11, cast.TIMO, (1,)), (9, cast.SAMPO, (0,)), (8, cast.KAISA, (4, 3)),
        (6, cast.JOONAS, (3,)),
    ):  # fmt: skip
        with scene(days, email):
            read_all(second, email)
            for wrong in mistakes:
                try_quiz(second, email, wrong)
    with scene(3, cast.MARJA):
        draft = courses.renew(second)
        writing.add_section(draft, section_text({"title_fi": DRAFT_TITLE, "text_fi": DRAFT_TEXT}))


def write_first() -> Course:
    training = next(each for each in trainings.all_trainings() if each.code == TRAINING_CODE)
    intros = {f"intro_{language}": told(language)[0] for language in LANGUAGES}
    course = courses.create(training, Frame(minutes=30, pass_percent=75, **intros))
    db.session.flush()
    write_parts(course, range(SECTIONS_AT_FIRST))
    db.session.flush()
    courses.publish(course)
    return course


def write_parts(course: Course, which: range) -> None:
    parts = {language: told(language)[1] for language in LANGUAGES}
    for index in which:
        here = {language: parts[language][index] for language in LANGUAGES}
        values = {f"{name}_{language}": getattr(part, name) for language, part in here.items()
                  for name in ("title", "text", "material")}  # fmt: skip
        values["material_url"] = here["fi"].material_url
        if values["material_url"]:  # the section that has a material has the video too
            values |= {"video_url": VIDEO} | {f"video_{language}": text for language, text in VIDEO_IN_WORDS.items()}
        section = writing.add_section(course, section_text(values))
        db.session.flush()
        for number in range(len(here["fi"].questions)):
            ask(course, section, {language: part.questions[number] for language, part in here.items()})


def section_text(values: dict[str, str]) -> SectionText:
    return SectionText(**(dict.fromkeys(SectionText.__dataclass_fields__, "") | values))


def ask(course: Course, section: Section, asked: dict[str, Asked]) -> None:
    options: list[dict[str, Any]] = [
        {"id": "", "right": right, **{language: asked[language].options[index][0] for language in LANGUAGES}}
        for index, (_, right) in enumerate(asked["fi"].options)
    ]
    assert all(same_answers(*pair) for pair in pairwise(asked.values())), asked["fi"].text  # noqa: S101 - our own texts
    texts = {f"{part}_{language}": getattr(each, part) for language, each in asked.items() for part in ("text", "why")}
    kind = "multiple" if sum(option["right"] for option in options) > 1 else "single"
    writing.add_question(course, QuestionText(kind=kind, section_id=section.id, options=options, **texts))
    db.session.flush()


def same_answers(one: Asked, other: Asked) -> bool:
    return [right for _, right in one.options] == [right for _, right in other.options]


def read_all(course: Course, email: str) -> None:
    for section in queries.sections_of(course.id):
        taking.read(section, course, person(email))


def try_quiz(course: Course, email: str, wrong: int) -> None:
    """A try with so many wrong answers, the ones asked first."""
    attempt = taking.begin_attempt(course, person(email))
    db.session.flush()
    questions = attempt.asked({each.id: each for each in queries.questions_of(course.id)})
    answers = {}
    for index, question in enumerate(questions):
        false = next(option["id"] for option in question.options if not option["right"])
        answers[str(question.id)] = [false] if index < wrong else sorted(question.right)
    taking.submit(attempt, questions, answers)
    db.session.flush()
