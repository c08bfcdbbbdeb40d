"""Names of languages: ISO 639 codes with the names that Babel (CLDR) gives them, in our three languages.

Written varieties and families are left out. Two that people here speak are added: Dari, which CLDR lists as a variety
of Persian, and Finnish Sign Language, which it does not list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale

from portal.core.languages import LANGUAGES

CODE = re.compile(r"[a-z]{2,3}")
NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "root"})
DARI = "fa_af"  # lower case, as codes are everywhere
OWN: Mapping[str, dict[str, str]] = {
    "fse": {"fi": "suomalainen viittomakieli", "sv": "finskt teckenspråk", "en": "Finnish Sign Language"},
}
ALTERNATIVES: Mapping[str, dict[str, tuple[str, ...]]] = {
    "fa": {"fi": ("farsi",), "sv": ("farsi",), "en": ("Farsi",)},
    "ckb": {"fi": ("sorani", "kurdi sorani", "keskikurdi"), "sv": ("sorani",), "en": ("Sorani", "Kurdish Sorani")},
    "ku": {"fi": ("kurmandži", "kurmanji"), "sv": ("kurmanji",), "en": ("Kurmanji",)},
    "zh": {"fi": ("mandariinikiina",), "sv": ("mandarin",), "en": ("Mandarin",)},
    "fil": {"fi": ("pilipino",), "sv": ("pilipino",), "en": ("Pilipino",)},
    "bn": {"fi": ("bangla",), "sv": ("bangla",), "en": ("Bangla",)},
    "rom": {"fi": ("romanikieli",), "sv": ("romska",), "en": ("Romani",)},
    "ti": {"fi": ("tigrinya",), "sv": ("tigrinya",), "en": ()},
    "ur": {"fi": ("urdunkieli",), "sv": (), "en": ()},
}
"""What people call them besides; search terms only."""


@cache
def languages() -> tuple[tuple[str, dict[str, str], dict[str, tuple[str, ...]]], ...]:
    """(code, labels, alternatives) of every language that has a name in all three."""
    return tuple(_languages())


def _languages() -> Iterator[tuple[str, dict[str, str], dict[str, tuple[str, ...]]]]:
    named = {language: Locale(language).languages for language in LANGUAGES}
    for source in sorted(set.intersection(*(set(names) for names in named.values()))):
        code = DARI if source == "fa_AF" else source
        if code == DARI or (CODE.fullmatch(code) and code not in NO_LANGUAGE):
            yield code, {language: named[language][source] for language in LANGUAGES}, ALTERNATIVES.get(code, {})
    for code, labels in OWN.items():
        yield code, labels, {}
