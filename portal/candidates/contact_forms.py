"""Forms of reaching a candidate: the safe-contact plan, what came of a call, and a message inside the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.widgets.core import Input

from portal.candidates import rules, words
from portal.candidates.values import Channel
from portal.core.errors import N_, RuleBroken
from portal.core.fields import DayField, OneOfRadios, Ticks, Typed, offer
from portal.core.forms import Form, Longest, Optional, Required, Said, complain
from portal.programmes import services as programmes
from portal.vocabulary.fields import LanguageField

CLOCK = re.compile(r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?")
OWN_NAME = "Reilu"


class ClockInput(Input):
    input_type = "time"
    validation_attrs = ["required", "disabled"]


class ClockField(Typed):
    """A time of day; the browser's own control, or 9.30 where a person types."""

    widget = ClockInput()

    def read(self, text: str) -> time | None:
        found = CLOCK.fullmatch(text)
        return time(int(found[1]), int(found[2] or 0)) if found else None

    def write(self, value: time) -> str:
        return value.strftime("%H:%M")

    def complaint(self) -> str:
        return str(_l("Write the time with numbers, for example 9.30."))


class ContactForm(Form):
    channel = OneOfRadios(
        _l("How may we reach you?"), validators=[Required(N_("Choose how the person may be reached."))]
    )
    hours = StringField(
        _l("When"), validators=[Required(N_("Write when, for example weekdays 10–14."))],
        description=_l("Days and hours when it is safe, for example weekdays 10–14."),
    )  # fmt: skip
    language = LanguageField(_l("In which language"), validators=[Required(N_("Write the language."))])
    words = TextAreaField(
        _l("What you say when somebody else answers"), validators=[Optional(), Longest(300)],
        description=_l("The words agreed together, and how you introduce yourself."),
    )  # fmt: skip
    may_leave_message = BooleanField(_l("A voice message may be left"))
    days = Ticks(
        _l("A message may come on"), coerce=int,
        description=_l("Days when nobody else reads the mail. None comes on a public holiday."),
    )  # fmt: skip
    opens = ClockField(_l("From"))
    closes = ClockField(_l("Until"))
    message_words = TextAreaField(
        _l("What the message says"), validators=[Optional(), Longest(300)],
        description=_l(
            "The words agreed together, in the language above. Then no other message is sent. Write no names."
        ),
    )  # fmt: skip
    non_disclosure = BooleanField(
        _l("A non-disclosure order for personal safety is in force"),
        description=_l("Address and telephone then never leave this file; companies reach the person through you."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.channel.choices = offer(words.CHANNELS)
        self.days.choices = offer(words.WEEKDAYS)

    def validate_message_words(self, field: TextAreaField) -> None:
        known = [name for each in programmes.all_programmes() for name in (each.name_fi, each.name_sv, each.name_en)]
        try:
            rules.check_message_words(field.data or "", [OWN_NAME, *known])
        except RuleBroken as refusal:
            raise Said(refusal.message) from None

    def validate(self, extra_validators: Any = None) -> bool:
        """An e-mail leaves by itself: its days and hours must be exact."""
        sound = super().validate(extra_validators)
        if self.channel.data != Channel.EMAIL:
            return sound
        if not self.days.data and not self.days.errors:
            complain(self.days, N_("Choose the days when a message may come."))
        for field in (self.opens, self.closes):
            if field.data is None and not field.errors:
                complain(field, N_("Write the time, for example 9.30."))
        if self.opens.data and self.closes.data and self.opens.data >= self.closes.data:
            complain(self.closes, N_("The end is before the beginning. Write a later time."))
        return sound and not self.errors


class CallForm(Form):
    outcome = OneOfRadios(_l("What happened"), validators=[Required(N_("Choose what happened."))])
    text = TextAreaField(
        _l("Note"), validators=[Optional(), Longest(1000)],
        description=_l("Sealed, under Notes. Only what the next one must know."),
    )  # fmt: skip
    call_on = DayField(
        _l("Call again on"), validators=[Optional()],
        description=_l("Comes back as a task on that day. Leave empty when no call is needed."),
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outcome.choices = offer(words.OUTCOMES)


class MessageForm(Form):
    text = OneOfRadios(_l("The message"), validators=[Required(N_("Choose what the message says."))])

    def __init__(self, texts: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.text.choices = offer([(code, words.TEXTS[code]) for code in texts])
        if not self.is_submitted() and len(self.text.choices) == 1:
            self.text.data = self.text.choices[0].value


class TakeBackForm(Form):
    """One button."""
