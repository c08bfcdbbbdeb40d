"""The base of every form: unknown fields refused, one effect per form, stale rows shown, every refusal a sentence.

Errors are translated here, at the edge; validators and rules carry marked texts.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlalchemy import inspect
from wtforms import Field, FieldList, FormField, HiddenField, StringField, TextAreaField, validators
from wtforms.fields.core import UnboundField

from portal.core import clock, edge
from portal.core.db import db
from portal.core.errors import N_, RuleBroken

SHORT_TEXT, LONG_TEXT = 300, 5000
TOO_LONG = N_("This text has %(now)d characters. Shorten it to %(most)d.")
OWN_NAMES = frozenset({"csrf_token", "once", "version", "do", "add", "remove", "switch_language"})
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def tidy(value: str | None) -> str | None:
    """Composed letters, plain line ends, no blanks around."""
    if not isinstance(value, str):
        return value  # a row's own value, such as its version, that fills the field before anybody typed
    return unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()


class Said(validators.ValidationError):
    """A validator's sentence: marked, translated here with its parameters."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(gettext(message, **params))


class Required:
    """The field must be filled; `message` says what to write ("Write your name")."""

    field_flags = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        empty = field.data is None or (isinstance(field.data, str) and not field.data.strip()) or field.data in ([], ())
        if empty and getattr(field, "typed", None):
            raise validators.StopValidation  # what was typed could not be read, and the field says so
        if empty or field.data is False:
            field.errors = []  # the type's own complaint says less
            raise validators.StopValidation(gettext(self.message))


class Optional(validators.Optional):
    """May be left empty."""


class Between:
    """A number within bounds."""

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is not None and not self.least <= field.data <= self.most:
            raise Said(N_("Write a number from %(least)s to %(most)s."), least=self.least, most=self.most)


class Longest:
    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Field) -> None:
        if field.data and len(field.data) > self.most:
            raise Said(TOO_LONG, now=len(field.data), most=self.most)


class NotPast:
    """Today or later, in Finland."""

    def __call__(self, form: Any, field: Field) -> None:
        if isinstance(field.data, date) and field.data < clock.today():
            raise Said(N_("This day has passed. Choose today or a later day."))


class Form(FlaskForm):
    """Give `obj` with a `version` to be warned of stale edits; texts are tidied and bounded without being asked."""

    once = HiddenField()
    version = HiddenField()

    class Meta(FlaskForm.Meta):
        locales = False

        def bind_field(self, form: Any, unbound_field: UnboundField, options: dict[str, Any]) -> Field:
            if issubclass(unbound_field.field_class, StringField):
                options["filters"] = [*options.get("filters", ()), tidy]
            bound: Field = super().bind_field(form, unbound_field, options)
            return bound

    def __init__(self, *args: Any, obj: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.row = obj
        self.stale_rows: list[tuple[str, str, str]] = []
        self.had_hidden = [leaf for leaf in leaves(self) if strip_hidden(leaf)] if self.is_submitted() else []
        if not self.is_submitted() or not self.once.data:
            self.once.data = secrets.token_urlsafe(16)
        if not self.is_submitted():
            self.version.data = str(getattr(obj, "version", "") or "")

    @property
    def pressed(self) -> str:
        """The value of the button named `do`; '' for the main one."""
        return str(request.form.get("do", ""))

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """True once: the form is sound, current, and was not acted on before."""
        if not self.is_submitted() or "switch_language" in request.form or self.reshape():
            if self.is_submitted():
                edge.refuse_silently()
            return False
        if not self.validate(extra_validators):
            edge.refuse()
            return False
        edge.claim_once(str(self.once.data))
        return True

    def validate(self, extra_validators: Any = None) -> bool:
        known = self.check_unknown()
        sound = super().validate(extra_validators)
        clean = self.check_texts()
        return known and sound and clean and self.check_current()

    def reshape(self) -> bool:
        """The buttons that add or remove a row of a list: the page comes back, nothing is saved."""
        add, remove = request.form.get("add"), request.form.get("remove", "")
        if add and isinstance(rows := self._fields.get(add), FieldList):
            if rows.max_entries is None or len(rows.entries) < rows.max_entries:
                rows.append_entry()
            return True
        name, _, index = remove.rpartition("-")
        if name and re.fullmatch(r"[0-9]{1,4}", index) and isinstance(rows := self._fields.get(name), FieldList):
            kept = [entry.data for at, entry in enumerate(rows.entries) if at != int(index)]
            while rows.entries:
                rows.pop_entry()
            rows.last_index = -1
            for data in kept:
                rows.append_entry(data)
            return True
        return False

    def check_unknown(self) -> bool:
        known = {leaf.name for leaf in leaves(self)}
        unknown = sorted((set(request.form) | set(request.files)) - known - OWN_NAMES)
        if unknown:
            self.form_errors.append(
                gettext(
                    N_("The form came with a field it does not have: %(name)s. Open the page again."),
                    name=unknown[0][:40],
                )
            )
        return not unknown

    def check_texts(self) -> bool:
        found = [self.check_text(leaf) for leaf in leaves(self)]  # all of them, so that each complains
        return all(found)

    def check_text(self, leaf: Field) -> bool:
        """No hidden characters, one line where one is asked, and not too long."""
        text = leaf.data if isinstance(leaf, StringField) and isinstance(leaf.data, str) else ""
        lines = isinstance(leaf, TextAreaField)
        most = LONG_TEXT if lines else SHORT_TEXT
        bounded = any(isinstance(validator, Longest) for validator in leaf.validators)
        if leaf in self.had_hidden or ("\n" in text and not lines):
            complain(leaf, N_("This text has hidden characters. Write it again by hand."))
        elif len(text) > most and not bounded:
            complain(leaf, TOO_LONG, now=len(text), most=most)
        else:
            return True
        return False

    def check_current(self) -> bool:
        """False when the row changed since the form was opened; then both versions stand side by side."""
        current = self.current_version()
        if current is None or self.version.data in ("", None, str(current)):
            return True
        for leaf in self:
            theirs = getattr(self.row, leaf.short_name, leaf)
            if theirs is not leaf and theirs != leaf.data and not isinstance(leaf, HiddenField):
                in_words = getattr(leaf, "shown", shown)
                self.stale_rows.append((str(leaf.label.text), in_words(theirs), in_words(leaf.data)))
        self.version.data = str(current)
        self.version.raw_data = [str(current)]
        self.form_errors.append(
            gettext(N_("Someone changed this while you were writing. Look at both versions and save again."))
        )
        return False

    def current_version(self) -> Any:
        """Read anew and locked until the commit, so that of two who save at once one is told."""
        if self.row is not None and (state := inspect(self.row, raiseerr=False)) is not None and state.persistent:
            db.session.refresh(self.row, ["version"], with_for_update=True)
        return getattr(self.row, "version", None)

    def refuse(self, refusal: RuleBroken) -> None:
        """Put a rule's sentence beside its field, or above the form; nothing will be saved."""
        edge.refuse()
        field = self._fields.get(refusal.field) if refusal.field else None
        if field is not None:
            complain(field, refusal.message, **refusal.params)
        else:
            self.form_errors.append(gettext(refusal.message, **refusal.params))

    @property
    def repeated_errors(self) -> frozenset[str]:
        """Complaints that more than one field makes: a summary must say which field each is of."""
        said = Counter(str(error) for leaf in leaves(self) for error in leaf.errors)
        return frozenset(error for error, times in said.items() if times > 1)

    @property
    def has_errors(self) -> bool:
        return bool(self.form_errors or any(leaf.errors for leaf in leaves(self)) or self.errors)


def strip_hidden(leaf: Field) -> bool:
    """Take out what no page may show and no database keep, before anything looks at it; True when there was any."""
    found = False
    for name in ("data", "typed"):
        value = getattr(leaf, name, None)
        if isinstance(value, str) and HIDDEN.search(value):
            setattr(leaf, name, HIDDEN.sub("", value))
            found = True
    return found


def complain(field: Field, message: str, **params: Any) -> None:
    field.errors = [*field.errors, gettext(message, **params)]


def leaves(form: Any) -> Iterator[Field]:
    """Every control of a form, those inside lists and enclosures too."""
    for field in form:
        if isinstance(field, FieldList):
            yield from (
                leaf
                for entry in field.entries
                for leaf in (leaves(entry.form) if isinstance(entry, FormField) else [entry])
            )
        elif isinstance(field, FormField):
            yield from leaves(field.form)
        else:
            yield field


def shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)


def choices(pairs: Mapping[str, str] | Any) -> Callable[[], list[tuple[str, str]]]:
    """Choices whose marked labels are translated when the form is made: pass the result as `choices`."""
    items = list(pairs.items() if isinstance(pairs, Mapping) else pairs)
    return lambda: [(value, gettext(label)) for value, label in items]
