"""Forms of follow-up."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from portal.core.errors import N_
from portal.core.fields import CentsField, DayField, OneOf, OneOfRadios, WholeField, offer
from portal.core.forms import Form, Longest, Optional, Required
from portal.followup import rules
from portal.followup.models import CheckInOutcome


class StartForm(Form):
    kind = OneOfRadios(_l("What kind of work?"), validators=[Required(N_("Choose what kind of work it is"))])
    starts_on = DayField(_l("First day"), validators=[Required(N_("Choose the first day"))])
    hours = WholeField(_l("Hours a week"), validators=[Required(N_("Write the hours of a week, for example 30"))])
    pay = CentsField(_l("Pay"), validators=[Required(N_("Write the pay, for example 12.50; 0 for a work try-out"))])
    pay_unit = OneOf(_l("For"), validators=[Required(N_("Choose what the pay is for"))])
    contact = StringField(_l("Contact at the workplace"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices, self.pay_unit.choices = offer(rules.KINDS), offer(rules.PAY_UNITS)


class CheckInForm(Form):
    outcome = OneOfRadios(_l("How is it going?"), validators=[Required(N_("Choose how it is going"))])
    words = TextAreaField(_l("In the candidate’s words"), validators=[Optional(), Longest(3000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = offer(
            {
                CheckInOutcome.FINE: N_("Fine"),
                CheckInOutcome.CONCERN: N_("Something is wrong, or may be"),
                CheckInOutcome.NOT_REACHED: N_("Not reached"),
            }
        )


class EndForm(Form):
    ends_on = DayField(_l("Last day"), validators=[Required(N_("Choose the last day"))])
