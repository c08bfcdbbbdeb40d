"""The words of the pages in the language of a story, from the catalogue that the portal itself reads."""

from __future__ import annotations

from pathlib import Path

from babel.support import Translations

CATALOGUES = Path(__file__).resolve().parents[2] / "portal" / "translations"


class Words:
    """`fi("English text", name=value)`: the text as a reader of that language sees it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.catalogue = Translations.load(CATALOGUES, [language])

    def __call__(self, text: str, **values: object) -> str:
        found = str(self.catalogue.gettext(text))
        return found % values if values else found

    def many(self, one: str, many: str, number: int) -> str:
        return str(self.catalogue.ngettext(one, many, number)) % {"num": number}


fi, sv, en = Words("fi"), Words("sv"), Words("en")
