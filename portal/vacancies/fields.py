"""Fields of a vacancy's forms, and the rows that name whom the work is done for."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, StringField
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation

from portal.companies.rules import valid_business_id
from portal.core.errors import N_, RuleBroken
from portal.core.fields import CHOOSE, OneOfRadios, offer
from portal.core.forms import Longest, Optional, complain


class AskedLater(Optional):
    """May be empty in a draft, and is asked for before sending or deciding: so it does not say "optional"."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


class NeedField(OneOfRadios):
    """Must or wish; `data` is True for must."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        choices = lambda: offer({"must": N_("Must"), "wish": N_("Wish")})  # noqa: E731 - asked anew in each language
        super().__init__(label, validators, coerce=lambda value: value in (True, "must"), choices=choices, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.raw_data and self.raw_data[0] not in ("must", "wish"):
            raise StopValidation(self.gettext(CHOOSE))


class ClientRowForm(PlainForm):
    """A row with only one of the two says what is missing."""

    business_id = StringField(_l("Business ID"), [AskedLater(), Longest(20)])
    name = StringField(_l("Name"), [AskedLater(), Longest(150)])

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if self.name.data and not self.business_id.data:
            complain(self.business_id, N_("Write the Business ID of this company."))
        elif self.business_id.data and not self.name.data:
            complain(self.name, N_("Write the name of this company."))
        elif self.business_id.data:
            return sound and self._has_valid_id()
        else:
            return sound
        return False

    def _has_valid_id(self) -> bool:
        try:
            self.business_id.data = valid_business_id(str(self.business_id.data))
        except RuleBroken as refusal:
            complain(self.business_id, refusal.message, **refusal.params)
            return False
        return True


class ClientRows(FieldList):
    """Rows left blank do not count."""

    @property
    def data(self) -> list[dict[str, Any]]:
        return [row for entry in self.entries if (row := entry.data)["business_id"] or row["name"]]

    def shown(self, value: Any) -> str:
        """The rows in words, for both versions side by side."""
        return "; ".join(f"{row['name']}, {row['business_id']}" for row in value or ())


class YesNoField(OneOfRadios):
    """`data` is True, False, or None while nobody has answered."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        choices = lambda: offer({"yes": N_("Yes"), "no": N_("No")})  # noqa: E731 - asked anew in each language
        super().__init__(label, validators, coerce=self.answer, choices=choices, **kwargs)

    @staticmethod
    def answer(value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)
