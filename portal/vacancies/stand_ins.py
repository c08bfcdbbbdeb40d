"""Words in a vacancy that may stand in for a person's gender, age, origin or religion; a person decides.

Finnish words are given by their stems, for they are inflected. Words that are common in another sense too (Swedish
"man" and "men") are left out, so that a liaison's eye is kept for what matters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

GENDER = r"""
    mies\w{0,4} miehe\w{0,6} nai(?:nen|sen|sta|set|sia|sille|sten) tytö\w{0,6} poik(?:a|ia|aa|ien)
    män manlig\w* kvinn\w{1,6} flick\w{1,4} pojk\w{1,4}
    wom[ae]n males? females? girls? boys? lad(?:y|ies)
"""
AGE = r"""
    nuor(?:i|en|ta|ia|ille|elle) nuorek\w+ ikära\w+ eläkeläi\w+ \d\d\s*[-–]\s*\d\d[-\s]?vuotia\w+
    (?:alle|yli)\s+\d\d[-\s]?vuotia\w+
    ung(?:a|t|domlig\w*)? ungdom\w{0,4} åldersgräns\w* \d\d\s*[-–]\s*\d\d\s*år(?:ing\w*)?
    young(?:er)? youthful aged?\s+\d\d age\s+limit recent\s+graduates?
"""
ORIGIN = r"""
    äidinkiel\w+ syntyperäi\w+ natiivi\w* kantasuomalai\w+ suomalai(?:nen|sta|sia|set) ulkomaalai\w+
    maahanmuuttaj\w+ pakolai\w+ kansalai(?:nen|suu\w+) etni\w+
    modersmål\w* infödd\w* invandrar\w* utländsk\w* utlänning\w* medborgar\w* flykting\w* etnisk\w*
    native(?:\s+speakers?|[-\s]level)? mother\s+tongue foreign(?:er|ers)? immigrants? refugees? nationality
    citizens?(?:hip)? ethnic\w*
"""
RELIGION = r"""
    kristit\w+ kristilli\w+ muslim\w* islam\w* uskonno\w+ uskonto\w* huivi\w*
    krist(?:en|na|et) religi\w+ slöj\w+ huvudduk\w* christians? head\s?scar(?:f|ves) hijab\w*
"""


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words.split())})(?!\w)", re.IGNORECASE)


PATTERNS: Mapping[str, re.Pattern[str]] = {
    "gender": _pattern(GENDER),
    "age": _pattern(AGE),
    "origin": _pattern(ORIGIN),
    "religion": _pattern(RELIGION),
}


def found(ground: str, *texts: str) -> tuple[str, ...]:
    """The words of this ground that stand in the texts, in lower case, each once, sorted."""
    hits = {hit.casefold() for text in texts for hit in PATTERNS[ground].findall(text)}
    return tuple(sorted(hits))
