"""Forms of an introduction, for staff."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import escape
from wtforms import (  # type: ignore[attr-defined]  # SelectChoice is newer than its stubs
    BooleanField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.widgets import Select

from portal.accounts.models import Account
from portal.core import clock, settings
from portal.core.errors import N_
from portal.core.fields import DayField, OneOf, OneOfRadios, Ticks, offer
from portal.core.forms import Form, Longest, NotPast, Optional, Required
from portal.introductions import drafting, releases, rules, words
from portal.introductions.drafting import Answer
from portal.vocabulary import services as vocabulary

CHOOSE_ANSWER = N_("Choose what the candidate answered")
ANSWERS = {drafting.GIVEN: N_("Yes"), drafting.REFUSED: N_("No")}


class CardChoiceForm(Form):
    card = OneOfRadios(_l("Which card?"), validators=[Required(N_("Choose one of the cards"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card.choices = offer(words.CARDS)


class DraftForm(CardChoiceForm):
    """Drafts the card and freezes it at once; with the button `later` it is chosen another time."""

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        if self.pressed == "later":
            self.card.validators = [Optional()]
        return super().validate_on_submit(extra_validators)


class PlainOptions(Select):
    """Hundreds of options, each written plainly: with the usual care for attributes they take longer than the page."""

    @classmethod
    def render_option(cls, choice: Any, **kwargs: Any) -> str:  # type: ignore[override]  # newer than its stubs
        selected = " selected" if choice.selected else ""
        return f'<option{selected} value="{escape(choice.value)}">{escape(choice.label)}</option>'


class TalkLanguage(OneOf):
    """Any language a person may speak; its choices are in the page's language already."""

    widget = PlainOptions()

    def offer(self) -> None:
        named = [SelectChoice(code, label) for code, label in vocabulary.languages()]
        self.choices = [SelectChoice("", gettext("Choose")), *named]


class ConsentForm(Form):
    """What the candidate answered, and how."""

    answer = OneOfRadios(_l("What did the candidate answer?"), validators=[Required(CHOOSE_ANSWER)])
    how = OneOfRadios(_l("How was it given?"), validators=[Required(N_("Choose how the answer was given"))])
    talk_language = TalkLanguage(
        _l("In which language did you talk?"), validators=[Required(N_("Choose the language"))]
    )
    interpreter = BooleanField(_l("An interpreter took part"))
    until = DayField(_l("Until when does it hold?"), validators=[Required(N_("Choose the last day")), NotPast()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = offer(ANSWERS)
        self.how.choices = offer(words.HOW)
        self.talk_language.offer()

    @property
    def said(self) -> Answer:
        return Answer(
            self.answer.data, self.how.data, self.talk_language.data, bool(self.interpreter.data), self.until.data
        )


class CardAnswerForm(ConsentForm):
    said_aloud = BooleanField(_l("I said it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.until.data = clock.today() + timedelta(days=settings.number(drafting.CARD_DAYS))


class ReleaseAnswerForm(ConsentForm):
    recipients = Ticks(_l("Who may read the details?"))
    name = OneOfRadios(_l("Which name?"))
    route = OneOfRadios(_l("How does the company reach them?"))
    may_work = BooleanField(_l("Say that they may work"))

    def __init__(self, *args: Any, readers: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients.choices = offer((str(each.id), each.display_name) for each in readers)
        self.name.choices, self.route.choices = offer(rules.NAMES), offer(releases.ROUTES)
        if not self.is_submitted():
            self.until.data = clock.today() + timedelta(days=settings.number(releases.LONGEST))


class MeetingForm(Form):
    day = DayField(_l("Day"), validators=[Required(N_("Choose the day")), NotPast()])
    time = StringField(_l("Time"), validators=[Required(N_("Write the time, for example 9.30"))])
    place = StringField(_l("Place"), validators=[Required(N_("Write the place"))])
    companion = StringField(_l("Who comes along"), validators=[Optional()])
    interpreter = StringField(_l("Interpreter"), validators=[Optional()])


class OutcomeForm(Form):
    outcome = OneOfRadios(_l("What came of the meeting?"), validators=[Required(N_("Choose what came of it"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = offer(
            {
                "hired": N_("They agreed on work"),
                "not_hired": N_("They did not agree on work"),
                "open": N_("They met; nothing is decided yet"),
            }
        )


class EndForm(Form):
    reason = TextAreaField(
        _l("Reason, for staff only"), validators=[Required(N_("Write why the introduction ends")), Longest(1000)]
    )


# --- for the company ---------------------------------------------------------------


class AnswerForm(Form):
    answer = OneOfRadios(_l("Your answer"), validators=[Required(N_("Choose your answer"))])
    times = TextAreaField(_l("When could you meet?"), validators=[Longest(1000)])
    reason = OneOfRadios(_l("If you say no, why?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = offer({"accept": N_("Yes, we would like to meet"), "decline": N_("No, not this time")})
        self.reason.choices = offer(rules.DECLINE_REASONS)


class WordForm(Form):
    word = OneOfRadios(_l("What came of it?"), validators=[Required(N_("Choose what came of it"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word.choices = offer(rules.COMPANY_WORDS)
