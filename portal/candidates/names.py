"""Names compared forgivingly: case, accents, word order, missing middle names, initials and slips of the finger.

A wrong match here keeps a person away from one company; a missed one may cost her safety. So doubt means the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from portal.core.letters import as_seen

SPECIAL = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "đ": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h"}
)
GAPS = re.compile(r"[\W\d_]+")
MOST_WORDS = 150
"""As many as a name can have; nobody slips out of a block behind a long one."""

PARTICLES = frozenset({"af", "al", "av", "bin", "da", "de", "del", "der", "di", "el", "ibn", "la", "van", "von"})


def words(name: str) -> tuple[str, ...]:
    """The words of a name as they are seen, in lower case; particles such as "von" say too little to count."""
    bare = as_seen(name).translate(SPECIAL)
    found = tuple(word for word in GAPS.split(bare.replace("'", "").replace("’", "")) if word)
    return tuple(word for word in found if word not in PARTICLES) or found


def slips(word: str) -> int:
    """How many slips a word of this length is forgiven."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def alike(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    shorter = min(one, other, key=len)
    return OSA.distance(one, other, score_cutoff=slips(shorter)) <= slips(shorter)


def pair_up(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether each of `few` finds a word of its own among `many`; quick also where many words are alike."""
    fits = [[at for at, word in enumerate(many) if alike(one, word)] for one in few]
    taken: dict[int, int] = {}

    def find_place(one: int, tried: set[int]) -> bool:
        for at in fits[one]:
            if at not in tried:
                tried.add(at)
                if at not in taken or find_place(taken[at], tried):
                    taken[at] = one
                    return True
        return False

    return all(find_place(one, set()) for one in range(len(few)))


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's. A name of one word matches whoever bears that word in full."""
    mine, theirs = words(one)[:MOST_WORDS], words(other)[:MOST_WORDS]
    if not mine or not theirs:
        return False
    few, many = sorted((mine, theirs), key=len)
    if all(len(word) == 1 for word in few):
        return sorted(few) == sorted(many)
    if pair_up(few, many):
        return True
    return "".join(mine) == "".join(theirs) or "".join(sorted(mine)) == "".join(sorted(theirs))


LEGAL_FORMS = frozenset({"oy", "oyj", "ab", "abp", "ky", "kb", "kommandiittiyhtio", "osakeyhtio", "avoin", "ay", "tmi",
                         "toiminimi", "fma", "osk", "ry", "rf", "ltd", "oue", "ou", "gmbh"})  # fmt: skip
"""What says only how a company is owned; two of them have it in common without having anything in common."""


def same_company(one: str, other: str) -> bool:
    """Whether two names may be one company's. A name of one word matches whoever bears that word."""
    mine, theirs = (" ".join(word for word in words(name) if word not in LEGAL_FORMS) for name in (one, other))
    return same_person(mine or one, theirs or other)


def any_same(names: Iterable[str], others: Iterable[str]) -> bool:
    others = list(others)
    return any(same_person(name, other) for name in names for other in others)


def likeness(asked: str, *candidates: str) -> int:
    """How well a typed search fits the names, 0 (not) to 100; each typed word must begin or resemble a word."""
    typed = words(asked)[:8]
    known = [word for name in candidates for word in (*words(name), "".join(words(name)), "".join(words(name)[1:]))]
    known = [word for word in known if word]
    if not typed or not known:
        return 0
    each = [max(_fit(word, other) for other in known) for word in typed]
    return 0 if min(each) == 0 else sum(each) // len(each)


def _fit(typed: str, known: str) -> int:
    if typed == known:
        return 100
    if known.startswith(typed):
        return 85
    if len(typed) >= 3 and typed in known:
        return 70
    allowed = slips(typed)
    wrong = min(OSA.distance(typed, known), OSA.distance(typed, known[: len(typed)]) + 1 if len(typed) > 4 else 99)
    return 60 - 10 * wrong if allowed and wrong <= allowed else 0
