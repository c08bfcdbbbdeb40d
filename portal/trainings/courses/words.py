"""Courses in words: states, texts with the mark of their language, and a try explained question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from portal.core import languages
from portal.core.errors import N_
from portal.core.pages import show_date
from portal.events import words as event_words
from portal.events.rules import LANGUAGES, Spoken, in_language
from portal.trainings.courses import rules
from portal.trainings.courses.markdown import html_of
from portal.trainings.courses.models import CourseStatus, Question, QuestionKind, Section, Worded
from portal.trainings.courses.queries import Offer, State

STATUS = {
    CourseStatus.DRAFT: (N_("Draft"), "wait"),
    CourseStatus.PUBLISHED: (N_("Published"), "good"),
    CourseStatus.REPLACED: (N_("Replaced"), ""),
    CourseStatus.RETIRED: (N_("No longer offered"), ""),
}
KINDS = {
    QuestionKind.SINGLE: N_("One answer is right"),
    QuestionKind.MULTIPLE: N_("Several answers may be right"),
}


@dataclass(frozen=True)
class Block:
    """A longer text as HTML. `mark` names its language when it is not the reader's."""

    html: Markup
    language: str
    mark: str


@dataclass(frozen=True)
class Choice:
    text: Markup
    chosen: bool
    right: bool


@dataclass(frozen=True)
class Explained:
    """One question of a try that was sent: what was chosen, what is right, and why."""

    number: int
    text: Markup
    is_right: bool
    choices: tuple[Choice, ...]
    why: Block
    section: Section | None


def line(row: Worded, part: str) -> Markup:
    """A short text, with its language and a visible mark when it is not the reader's."""
    return event_words.marked(row.spoken(part, languages.current()))


def plain(row: Worded, part: str) -> str:
    return row.spoken(part, languages.current()).text


def block(row: Worded, part: str) -> Block:
    spoken = row.spoken(part, languages.current())
    mark = event_words.language_name(spoken.language) if spoken.falls_back else ""
    return Block(html_of(spoken.text), spoken.language, mark)


def option_text(option: Mapping[str, Any]) -> Spoken:
    return in_language({code: option[code] for code in LANGUAGES}, languages.current())


def host(address: str) -> str:
    """Where a link leads, for people: the name of the other site."""
    return urlsplit(address).netloc.removeprefix("www.")


def status(value: str) -> str:
    return _(STATUS[CourseStatus(value)][0])


def explain(
    questions: Sequence[Question], answers: Mapping[str, Sequence[str]], seed: str, sections: Sequence[Section]
) -> list[Explained]:
    """In the order of the try."""
    known = {each.id: each for each in sections}
    return [
        Explained(
            number=number,
            text=line(question, "text"),
            is_right=rules.is_right(answers.get(str(question.id), ()), question.right),
            choices=tuple(
                Choice(
                    event_words.marked(option_text(option)),
                    option["id"] in answers.get(str(question.id), ()),
                    option["right"],
                )
                for option in ordered(question, seed)
            ),
            why=block(question, "why"),
            section=known.get(question.section_id) if question.section_id else None,
        )
        for number, question in enumerate(questions, 1)
    ]


def ordered(question: Question, seed: str) -> list[Mapping[str, Any]]:
    """The answers of a question in the order of a try."""
    return rules.shuffled(question.options, f"{seed}\n{question.id}", key=lambda option: option["id"])


def to_read_again(explained: Sequence[Explained]) -> list[Section]:
    """The sections of what went wrong, once each, in their own order."""
    found = {each.section.id: each.section for each in explained if each.section and not each.is_right}
    return sorted(found.values(), key=lambda section: section.position)


def stage(state: State) -> tuple[str, str]:
    """The state as a tag: its word and its kind."""
    if state.is_passed:
        return _("Passed"), "good"
    return (_("Not begun"), "") if state.progress is None else (_("Under way"), "wait")


def where(state: State) -> str:
    """How far a member is who is under way; '' before and after."""
    if state.is_passed or state.progress is None:
        return ""
    if state.unread:
        done, every = len(state.sections) - len(state.unread), len(state.sections)
        return _("%(done)d of %(every)d sections read", done=done, every=every)
    return ngettext("Every section is read; one try at the quiz", "Every section is read; %(num)d tries at the quiz",
                    state.tries) if state.tries else _("Every section is read; the quiz is next")  # fmt: skip


def offered(offer: Offer) -> str:
    """The same for a list, where only the beginning and the end are known."""
    if offer.progress is None:
        return _("Not begun")
    if offer.progress.passed_at is not None:
        return _("Passed %(day)s", day=show_date(offer.progress.passed_at))
    return _("Begun %(day)s", day=show_date(offer.progress.begun_at))


def offer_row(offer: Offer) -> dict[str, Any]:
    """A line of the list on the page Trainings."""
    return {
        "icon": "check" if offer.progress is not None and offer.progress.passed_at is not None else "arrow",
        "title": offer.training.title(languages.current()),
        "href": url_for("courses.overview", course_id=offer.course.id),
        "text": length(offer.course.minutes),
        "since_text": offered(offer),
        "due": False,
    }


def length(minutes: int) -> str:
    return ngettext("About one minute", "About %(num)d minutes", minutes)
