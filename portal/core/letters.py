"""Names as a person sees them: what looks alike is compared as the same (design: P4).

A name in which Latin letters were changed for Cyrillic or Greek ones, or that holds letters of no width, looks on every
page as the true one does. Compared letter by letter it would be another name, and nobody who reads it could tell.
"""

from __future__ import annotations

import unicodedata

CYRILLIC = zip("авекмнорстухіјѕԁһӏԛԝ", "abekmhopctyxijsdhlqw", strict=True)
GREEK = zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)
LIKE_LATIN = str.maketrans({**dict(CYRILLIC), **dict(GREEK)})
UNSEEN = frozenset({"Cf", "Mn", "Me"})
"""Categories: marks of format, such as the space of no width and the soft hyphen, and accents."""

BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their category, and blank on the page."""


def as_seen(text: str) -> str:
    """Lower case, without accents, in Latin letters where it looks so; what cannot be seen is left out."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = (char for char in plain if char not in BLANK_LETTERS and unicodedata.category(char) not in UNSEEN)
    return "".join(seen).translate(LIKE_LATIN)
