"""Courses for tests, made through the services. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

from typing import Any

from portal.core.db import db
from portal.trainings.courses import queries, taking, writing
from portal.trainings.courses import services as courses
from portal.trainings.courses.models import Course, Question, Section
from portal.trainings.models import Training

RIGHT, WRONG = "Right answer", "Wrong answer"


def course(of: Training, sections: int = 2, questions: int = 4, published: bool = True, **overrides: Any) -> Course:
    """Sections "Part 1", …; questions "Question 1?", …, of which every second one has two right answers."""
    values = {"intro_fi": "Opit.", "intro_sv": "", "intro_en": "You learn.", "minutes": 20, "pass_percent": 75}
    made = courses.create(of, courses.Frame(**(values | overrides)))
    db.session.flush()
    parts = [section(made, f"Part {number}") for number in range(1, sections + 1)]
    for number in range(1, questions + 1):
        question(made, parts[number % len(parts)], f"Question {number}?", several=number % 2 == 0)
    db.session.flush()
    if published:
        courses.publish(made)
        db.session.flush()
    return made


def section(of: Course, title: str, **overrides: Any) -> Section:
    values = dict.fromkeys(writing.SectionText.__dataclass_fields__, "")
    values |= {"title_fi": f"{title} fi", "title_en": title, "text_fi": "Teksti.", "text_en": f"Text of {title}."}
    made = writing.add_section(of, writing.SectionText(**(values | overrides)))
    db.session.flush()
    return made


def question(of: Course, section: Section, text: str, several: bool = False) -> Question:
    rows = [(RIGHT, True), (WRONG, False), ("Another", several)]
    options = [{"id": "", "fi": word, "sv": "", "en": "", "right": right} for word, right in rows]
    kind = "multiple" if several else "single"
    written = writing.QuestionText(kind, section.id, text, "", "", f"Because {text}", "", "", options)
    made = writing.add_question(of, written)
    db.session.flush()
    return made


def take(of: Course, viewer: Any, wrong: int) -> bool:
    """Read everything and try once, with so many wrong answers; whether it passed."""
    for part in queries.sections_of(of.id):
        taking.read(part, of, viewer)
    db.session.flush()
    attempt = taking.begin_attempt(of, viewer)
    db.session.flush()
    questions = queries.questions_of(of.id)
    answers = {str(each.id): sorted(each.right) for each in questions}
    for each in questions[:wrong]:
        answers[str(each.id)] = [option["id"] for option in each.options if not option["right"]][:1]
    taking.submit(attempt, questions, answers)
    db.session.flush()
    return attempt.passed
