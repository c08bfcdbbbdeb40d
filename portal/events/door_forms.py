"""The forms of the door: finding a person, and adding one who came without a sign-up."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, StringField

from portal.core.errors import N_, RuleBroken
from portal.core.fields import OneOfRadios, SelectChoice
from portal.core.forms import Form, Longest, Optional, Required
from portal.events.forms import OWN_LANGUAGES, is_email
from portal.events.sign_ups import Details


class DoorForm(Form):
    who = StringField(
        _l("Name or code"),
        [Longest(120)],
        description=_l("A few letters are enough. The code stands on the person’s own page and in their mail."),
    )


class LateForm(Form):
    name = StringField(_l("Name"), [Required(N_("Write the person’s name")), Longest(120)])
    email = EmailField(
        _l("E-mail"),
        [Required(N_("Write the person’s e-mail address")), is_email],
        description=_l("The feedback form goes there, and the certificate when there is one."),
    )
    organisation = StringField(_l("Organisation"), [Optional(), Longest(200)])
    language = OneOfRadios(_l("In which language do we write to the person?"), [Required(N_("Choose a language"))])
    over = BooleanField(_l("Let the person in all the same"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, name) for code, name in OWN_LANGUAGES.items()]
        self.asks_over = False

    def refuse(self, refusal: RuleBroken) -> None:
        super().refuse(refusal)
        self.asks_over = refusal.field == "over"

    def details(self) -> Details:
        return Details(
            name=self.name.data or "",
            email=self.email.data or "",
            organisation=self.organisation.data or "",
            language=self.language.data,
            attendee_role="other",
        )
