"""A question of an event as a field of the sign-up form."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, ngettext
from wtforms import TextAreaField

from portal.core import languages
from portal.core.errors import N_
from portal.core.fields import OneOf, OneOfRadios, SelectChoice, Ticks, offer
from portal.core.forms import Longest, Optional, Required
from portal.events import words
from portal.events.sign_up_models import Question, QuestionKind, in_words

MOST_IN_SIGHT = 6
LONGEST_ANSWER = 1000


def name_of(question: Question) -> str:
    return f"question_{question.id.hex}"


def make(question: Question) -> Any:
    """Asked in the reader's language, with a mark where it falls back, and how long the answer is kept."""
    label = words.marked(question.spoken(languages.current()))
    hint = kept(question.kept_days)
    must: list[Any] = [Required(complaint(question))] if question.required else [Optional()]
    if question.kind == QuestionKind.TEXT:
        return TextAreaField(label, [*must, Longest(LONGEST_ANSWER)], description=hint, render_kw={"rows": 3})
    return kind_of(question)(label, must, description=hint)


def kind_of(question: Question) -> Any:
    """Few choices that must be made stand in sight; one that may be left is a list with a blank."""
    if question.kind == QuestionKind.CHOICES:
        return Ticks
    return OneOfRadios if question.required and len(question.offered()) <= MOST_IN_SIGHT else OneOf


def complaint(question: Question) -> str:
    return N_("Answer this question") if question.kind == QuestionKind.TEXT else N_("Choose an answer")


def kept(days: int) -> str:
    if days == 0:
        return str(gettext("Deleted when the event is over."))
    return str(ngettext("Deleted a day after the event.", "Deleted %(num)d days after the event.", days))


def offer_options(question: Question, field: Any) -> None:
    if question.kind == QuestionKind.TEXT:
        return
    language = languages.current()
    chosen = [SelectChoice(str(each["code"]), words.marked(in_words(each, language))) for each in question.offered()]
    blank = offer({}, blank=N_("Choose") if question.required else N_("No answer"))
    field.choices = [*(blank if isinstance(field, OneOf) and not isinstance(field, OneOfRadios) else []), *chosen]
