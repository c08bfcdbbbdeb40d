"""Forms of keeping files: hand-over, deputies, the glass, and what the candidate may ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from portal.accounts.models import Account
from portal.candidates import words
from portal.core.errors import N_
from portal.core.fields import DayField, OneOf, OneOfRadios, offer
from portal.core.forms import Form, Longest, Required

REASON = 200


class Sentence(StringField):
    """One line in somebody's own words."""

    def __init__(self, label: Any, message: str, **kwargs: Any) -> None:
        super().__init__(label, validators=[Required(message), Longest(REASON)], **kwargs)


class HandOverForm(Form):
    to = OneOfRadios(_l("New case officer"), validators=[Required(N_("Choose who takes the file over."))])
    reason = Sentence(
        _l("Reason"), N_("Write why the file changes hands."), description=_l("A sealed note for the next officer.")
    )

    def __init__(self, officers: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to.choices = offer([(str(each.id), each.display_name) for each in officers])


class DeputyForm(Form):
    deputy = OneOf(_l("Deputy"), validators=[Required(N_("Choose who stands in for you."))])
    starts_on = DayField(_l("From"), validators=[Required(N_("Choose the first day."))])
    ends_on = DayField(_l("To"), validators=[Required(N_("Choose the last day."))])

    def __init__(self, officers: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.deputy.choices = offer([(str(each.id), each.display_name) for each in officers], blank=N_("Choose"))


class DeputyForForm(DeputyForm):
    """By an administrator. `programmes` says of each officer where they could stand in."""

    reason = Sentence(
        _l("Reason"), N_("Write the reason"), description=_l("One sentence for the audit trail, without names.")
    )

    def __init__(self, officers: Iterable[Account], programmes: Mapping[UUID, Sequence[str]], **kwargs: Any) -> None:
        super().__init__([], **kwargs)
        names = [(str(each.id), f"{each.display_name} ({', '.join(programmes[each.id])})") for each in officers]
        self.deputy.choices = offer(names, blank=N_("Choose"))


class EndDeputyForForm(Form):
    reason = Sentence(
        _l("Reason"), N_("Write the reason"), description=_l("One sentence for the audit trail, without names.")
    )


class EndDeputyForm(Form):
    """One button."""


class GlassForm(Form):
    case_number = StringField(
        _l("Case number"), validators=[Required(N_("Write the case number, for example R5-TK.")), Longest(20)]
    )
    why = OneOfRadios(_l("Why do you need this file?"), validators=[Required(N_("Choose why you need the file."))])
    reason = Sentence(
        _l("In your own words"), N_("Write in your own words why you need the file."),
        description=_l("Sealed in the file. The candidate can ask to see it."),
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.why.choices = offer(words.GLASS_REASONS)


class WholeFileForm(Form):
    """One button: open everything that is held."""


class AskErasureForm(Form):
    asked_on = DayField(_l("Asked on"), validators=[Required(N_("Choose the day when the candidate asked."))])


class EraseForm(Form):
    case_number = StringField(
        _l("Case number"), validators=[Required(N_("Write the case number of this file.")), Longest(20)],
        description=_l("Write it again, to be sure that this is the right file."),
    )  # fmt: skip


class RefuseErasureForm(Form):
    reasons = TextAreaField(
        _l("Why the file cannot be erased now"), validators=[Required(N_("Write why the file cannot be erased now.")),
        Longest(1000)], description=_l("The candidate gets this in writing. Write no names."),
    )  # fmt: skip
    refused_until = DayField(
        _l("Can be erased from"), validators=[Required(N_("Choose the day when the file can be erased."))]
    )
