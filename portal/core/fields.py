"""Fields whose complaints are sentences: days, whole numbers, money, and choices from a list.

What a person typed stays in the field when it could not be read. Choices are made with `offer` in the form's
`__init__`; a value that is not among them gets a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import numbers
from flask_babel import gettext
from wtforms import (  # type: ignore[attr-defined]  # SelectChoice is newer than its stubs
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextInput
from wtforms.widgets.core import Input

from portal.core import languages
from portal.core.errors import N_

MONEY = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")
CHOOSE = N_("Choose one of the list.")


class Typed(Field):
    """One line that means a value. `data` is the value or None; `typed` what came, shown again when unreadable."""

    widget: Any = TextInput()
    typed = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.typed, self.data = str(valuelist[0]).strip()[:300], None
        if self.typed:
            self.data = self.read(self.typed)
            if self.data is None:
                raise ValueError(self.complaint())

    def read(self, text: str) -> Any:
        """The value, or None when the text is no such value."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        return str(value)

    def complaint(self) -> str:
        raise NotImplementedError

    def _value(self) -> str:
        return self.typed if self.data is None else self.write(self.data)


class DayInput(Input):
    input_type = "date"
    validation_attrs = ["required", "disabled"]


class DayField(Typed):
    """A date; the browser's own control, or 3.12.2026 where a person types."""

    widget = DayInput()

    def read(self, text: str) -> date | None:
        for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            return day if 1900 <= day.year <= 2200 else None
        return None

    def write(self, value: date) -> str:
        return value.isoformat()

    def complaint(self) -> str:
        return gettext(N_("Write the day with numbers, for example 3.12.2026."))


class WholeField(Typed):
    """A whole number from 0 up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"render_kw": {"inputmode": "numeric", "autocomplete": "off"}, **kwargs})

    def read(self, text: str) -> int | None:
        plain = re.sub(r"[\s\u00a0\u202f]", "", text)
        return int(plain) if re.fullmatch(r"[0-9]{1,9}", plain) else None

    def complaint(self) -> str:
        return gettext(N_("Write a whole number, for example 3."))


class CentsField(Typed):
    """Euros as written, cents as `data`; a comma or a point before the cents."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"render_kw": {"inputmode": "decimal", "autocomplete": "off"}, **kwargs})

    def read(self, text: str) -> int | None:
        found = MONEY.fullmatch(re.sub(r"[\s\u00a0\u202f€]", "", text))
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None

    def write(self, value: int) -> str:
        return str(numbers.format_decimal(Decimal(value) / 100, "0.00", locale=languages.current()))

    def complaint(self) -> str:
        example = self.write(1250)
        return gettext(N_("Write the sum as a number, for example %(example)s."), example=example)


def offer(pairs: Mapping[Any, str] | Iterable[tuple[Any, str]], blank: str | None = None) -> list[SelectChoice]:
    """Choices from (value, marked label) pairs, translated here; `blank` is the marked label of "nothing chosen"."""
    items = list(pairs.items() if isinstance(pairs, Mapping) else pairs)
    empty = [SelectChoice("", gettext(blank) if blank else "")] if blank is not None else []
    return empty + [SelectChoice(value, gettext(label)) for value, label in items]


def whole_or_text(value: Any) -> Any:
    """For choices that are numbers: `coerce=whole_or_text` never fails, so that the field can complain in words."""
    return int(value) if str(value).isascii() and str(value).isdigit() else value


def labels_of(field: Any, values: Iterable[Any]) -> str:
    """Choices in words, for "both versions side by side"."""
    known = {str(choice.value): str(choice.label) for choice in field.iter_choices()}
    return ", ".join(known.get(str(value), str(value)) for value in values if value not in (None, ""))


def check_offered(field: Any, values: Iterable[Any]) -> None:
    known = {str(choice.value) for choice in field.iter_choices()}
    if any(str(value) not in known for value in values):
        raise StopValidation(gettext(CHOOSE))


class OneOf(SelectField):
    """A list to choose one from."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in (None, ""):  # else `Required` says what to choose, where something must be
            check_offered(self, [self.data])

    def shown(self, value: Any) -> str:
        return labels_of(self, [value])


class OneOfRadios(OneOf, RadioField):
    """The same, with every choice in sight."""


class Ticks(SelectMultipleField):
    """Any number of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        check_offered(self, self.data or ())

    def shown(self, value: Any) -> str:
        return labels_of(self, value or ())
