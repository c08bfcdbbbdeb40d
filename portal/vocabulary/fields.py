"""Form fields for terms, levels and languages. People write words in any of three languages; the server finds the code.

Everything works without script; `combobox.js` only shows what would be found while one types.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import g, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import Field, FieldList
from wtforms import Form as PlainForm
from wtforms.validators import StopValidation
from wtforms.widgets import Select, TextInput, html_params

from portal.core import languages
from portal.core.errors import N_
from portal.core.fields import OneOf, offer, whole_or_text
from portal.core.forms import HIDDEN, SHORT_TEXT, complain, tidy
from portal.vocabulary import services as vocabulary

ECHOED = 40
MOST_ROWS = 20


class TermField(Field):
    """`data` is a code of `kind`; the field shows its label in the page's language, or what was typed and not known."""

    widget: Any = TextInput()

    def __init__(self, label: Any = None, validators: Any = None, *, kind: str = "skill", **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.kind = kind
        self.suggestions: tuple[str, ...] = ()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            typed = tidy(str(valuelist[0])) or ""
            found = vocabulary.resolve(self.kind, typed[:SHORT_TEXT]) if typed else None
            self.data = found.code if found and found.code else typed
            self.suggestions = found.suggestions if found else ()

    def pre_validate(self, form: Any) -> None:
        if not self.data or vocabulary.exists(self.kind, self.data):
            return
        if vocabulary.retired(self.kind, self.data):
            raise StopValidation(
                gettext(N_("“%(term)s” is no longer in use. Choose another word."), term=self.shown(self.data))
            )
        raise StopValidation(unknown(self.kind, self.data, self.suggestions))

    def _value(self) -> str:
        return self.shown(self.data)

    def shown(self, value: Any) -> str:
        return vocabulary.label(self.kind, value) if value else ""

    def __call__(self, **kwargs: Any) -> Markup:
        return super().__call__(**{**self.improved(), **kwargs})

    def improved(self) -> dict[str, str]:
        """What the combobox needs; a page with thirty such fields asks for it once."""
        known: dict[str, dict[str, str]] = g.setdefault("look_ups", {})
        if self.kind not in known:
            known[self.kind] = {
                "data-look-up": url_for("vocabulary.look_up", kind=self.kind),
                "data-found": gettext(N_("Suggestions")),
                "data-none": gettext(N_("Nothing is like that. Try another word, or a broader one.")),
                "autocomplete": "off",
                "spellcheck": "false",
            }
        return known[self.kind]


def unknown(kind: str, typed: str, suggestions: tuple[str, ...]) -> str:
    """The sentence beside the field: the word that is not known, and what it may have meant."""
    echo = HIDDEN.sub("", typed)
    echo = echo if len(echo) <= ECHOED else echo[:ECHOED] + "…"
    if kind == "municipality" and not suggestions:
        return gettext(
            N_("“%(typed)s” is not a Finnish municipality. Write the name of one, for example Tampere."), typed=echo
        )
    if not suggestions:
        return gettext(N_("We do not know “%(typed)s”. Try another word for it, or a broader one."), typed=echo)
    return gettext(
        N_("We do not know “%(typed)s”. Did you mean %(suggestions)s?"), typed=echo, suggestions=in_a_row(suggestions)
    )


def in_a_row(words: tuple[str, ...]) -> str:
    quoted = [f"“{word}”" for word in words]
    if len(quoted) == 1:
        return quoted[0]
    return gettext("%(these)s or %(last)s", these=", ".join(quoted[:-1]), last=quoted[-1])


class LanguageField(TermField):
    """A language by its name in Finnish, Swedish or English; `data` is its ISO 639 code."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, kind="language", **kwargs)


SCALES: dict[str, Mapping[int, str]] = {"skill": vocabulary.LEVELS, "language": vocabulary.CEFR}


@cache
def levels_in(scale: str, _language: str) -> tuple[Any, ...]:
    """The choices of a scale, made once for each language: a profile asks for them in every row."""
    return tuple(offer(SCALES[scale], blank=N_("Choose a level")))


@cache
def options_in(scale: str, language: str) -> tuple[tuple[str, Markup, Markup], ...]:
    """The same as (value, HTML before "selected", HTML after it)."""
    return tuple(
        (str(each.value), Markup('<option value="{}"').format(each.value), Markup(">{}</option>").format(each.label))
        for each in levels_in(scale, language)
    )


class LevelSelect(Select):
    """A select whose options are written once for each language and not for each row."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        chosen = "" if field.data is None else str(field.data)
        options = "".join(
            f"{before}{' selected' if value == chosen else ''}{after}"
            for value, before, after in options_in(field.scale, languages.current())
        )
        named = {"id": field.id, **kwargs, "name": field.name}
        return Markup("<select {}>{}</select>").format(Markup(html_params(**named)), Markup(options))  # noqa: S704 - escaped above


class ScaleField(OneOf):
    """A level of a scale; `data` is the number or ''."""

    widget = LevelSelect()
    scale = ""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, coerce=whole_or_text, choices=self.levels, **kwargs)

    def levels(self) -> tuple[Any, ...]:
        return levels_in(self.scale, languages.current())


class LevelField(ScaleField):
    """A skill's level, 1 knows … 4 teaches others."""

    scale = "skill"


class CefrField(ScaleField):
    """A language level, 1 (A1) to 6 (C2)."""

    scale = "language"


class SkillRowForm(PlainForm):
    """One row. A licence is held or not: its level is not asked, and stored as 1, which says nothing."""

    code = TermField(_l("Skill"), kind="skill")
    level = LevelField(_l("Level"))

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if self.code.data and vocabulary.is_licence(self.code.data):
            self.level.data = 1
        elif sound and self.code.data and not self.level.data:
            complain(self.level, N_("Choose the level."))
            return False
        return sound


class LanguageRowForm(PlainForm):
    code = LanguageField(_l("Language"))
    level = CefrField(_l("At least"))

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if sound and self.code.data and not self.level.data:
            complain(self.level, N_("Choose the level."))
            return False
        return sound


class TermRows(FieldList):
    """Rows whose first field is a term: rows left blank do not count, the same term twice is refused."""

    kind = "skill"

    def __init__(self, row: Any, *args: Any, kind: str = "skill", **kwargs: Any) -> None:
        super().__init__(row, *args, **{"max_entries": MOST_ROWS, **kwargs})
        self.kind = kind

    @property
    def data(self) -> list[dict[str, Any]]:
        """The rows that say something."""
        return [row for entry in self.entries if (row := entry.data).get("code")]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        sound = super().validate(form, extra_validators)
        codes = [row["code"] for row in self.data]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice:
            complain(self, N_("“%(term)s” is here twice. Take one away."), term=vocabulary.label(self.kind, twice))
        return bool(sound) and twice is None

    def shown(self, value: Any) -> str:
        """The rows in words, for both versions side by side."""
        return "; ".join(self.row_in_words(row) for row in value or ())

    def row_in_words(self, row: dict[str, Any]) -> str:
        name = vocabulary.label(self.kind, row["code"])
        if self.kind == "language":
            return f"{name} {vocabulary.CEFR.get(row['level'], '')}".strip()
        level = vocabulary.LEVELS.get(row["level"])
        return f"{name}: {gettext(level)}" if level and not vocabulary.is_licence(row["code"]) else name
