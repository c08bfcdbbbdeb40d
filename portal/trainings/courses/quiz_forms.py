"""The form of a try at the quiz, made of its questions, and of the pages that have only a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from wtforms import Field, SelectChoice  # type: ignore[attr-defined]  # SelectChoice is newer than its stubs
from wtforms.validators import StopValidation

from portal.core.errors import N_
from portal.core.fields import OneOfRadios, Ticks
from portal.core.forms import Form
from portal.events import words as event_words
from portal.trainings.courses import words
from portal.trainings.courses.models import Question, QuestionKind


class Answered:
    """An answer was chosen; the sentence names the question, for a summary lists several."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __call__(self, form: Any, field: Field) -> None:
        if not field.data:
            field.errors = []
            raise StopValidation(gettext(N_("Question %(number)d: choose an answer"), number=self.number))


class QuizForm(Form):
    """Made for one try by `quiz_form`: one field a question."""

    def answers(self) -> dict[str, list[str]]:
        """The options chosen, by question."""
        return {
            field.name.removeprefix("q-"): list(field.data) if isinstance(field, Ticks) else [field.data]
            for field in self
            if field.name.startswith("q-") and field.data
        }


def quiz_form(questions: Sequence[Question], seed: str) -> QuizForm:
    fields = {f"q-{each.id}": quiz_field(each, number, seed) for number, each in enumerate(questions, 1)}
    made: QuizForm = type("Quiz", (QuizForm,), fields)()
    return made


def quiz_field(question: Question, number: int, seed: str) -> Any:
    text = Markup("{}. {}").format(number, words.line(question, "text"))
    choices = [
        SelectChoice(option["id"], event_words.marked(words.option_text(option)))
        for option in words.ordered(question, seed)
    ]
    several = question.kind == QuestionKind.MULTIPLE
    hint = gettext("Choose all the answers that are right.") if several else ""
    kind = Ticks if several else OneOfRadios
    return kind(text, [Answered(number)], choices=choices, description=hint)


class ButtonForm(Form):
    """A page whose only input is the button pressed."""
