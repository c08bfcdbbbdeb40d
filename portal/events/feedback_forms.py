"""The feedback form, made of the questions of the event. Nothing on it must be filled in."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from wtforms import TextAreaField

from portal.core.fields import OneOfRadios, SelectChoice
from portal.core.forms import Form, Longest, Optional
from portal.events.feedback import LONGEST, Question, QuestionKind


def feedback_form(questions: tuple[Question, ...]) -> Form:
    fields = {question.code: field_of(question) for question in questions}
    made: Form = type("FeedbackForm", (Form,), fields)()
    for question in questions:
        if question.kind != QuestionKind.TEXT:
            made[question.code].choices = choices_of(question)
    return made


def field_of(question: Question) -> Any:
    label = gettext(question.text)
    if question.kind == QuestionKind.TEXT:
        return TextAreaField(label, [Optional(), Longest(LONGEST)])
    return OneOfRadios(label, [Optional()])


def choices_of(question: Question) -> list[SelectChoice]:
    return [SelectChoice(code, gettext(word)) for code, word in question.choices]
