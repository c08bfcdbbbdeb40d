"""Whether a text is in the language of its page: by the small words that only one of the three languages has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from portal.vocabulary.names import languages

ROOT = Path(__file__).resolve().parents[2]
TYPED_IN = ("seeds", "tests/pages/world.py")
SMALL_WORDS = {
    "en": "the and of your you with is are this that not from have has will or be was were what who when how which it "
    "they their them been does if then there here must may can none",
    "fi": "ei että joka jos kun tämä sinun ovat myös voit mutta vain tai sen niiden hänen teidän olet täytyy",
    "sv": "och är att som för inte till av på eller ett den det du din kan måste också när från ska har",
}
TOO_COMMON = {("en", "sv"): {"be", "is", "not"}, ("sv", "en"): {"till", "den"}}
"""Small words of the first language that the second one has too."""
RAW = re.compile(
    r"This field is required|Not a valid \w+|Field must be|Invalid (input|choice|date|value)|CSRF token|^None$|"
    r"\{\{|<function|datetime\.|\bundefined\b|\bNaN\b"
)
PLACEHOLDER = re.compile(r"%\(\w+\)")
WORD = re.compile(r"(?<![\w-])[A-Za-zÅÄÖåäö]+(?![\w-])")
"""A whole word: the letters inside a code or an id say nothing."""


def foreign(texts: Iterable[tuple[str, str]], placeholders: bool = False) -> list[str]:
    """Texts (language, words) that speak another language, or that a library wrote; what people typed is let pass.
    `placeholders` says that the page shows some on purpose."""
    heard = [(language, text) for language, text in texts if language in SMALL_WORDS]
    wrong = [text for language, text in heard if speaks_wrongly(language, text)]
    return wrong + [text for _, text in heard if PLACEHOLDER.search(text) and not placeholders]


def speaks_wrongly(language: str, text: str) -> bool:
    if RAW.search(text):
        return True
    if not small_words_of_others(language, text):
        return False
    return small_words_of_others(language, without_typed(text)) != set()


def small_words_of_others(language: str, text: str) -> set[str]:
    words = {word.casefold() for word in WORD.findall(text)}
    found: set[str] = set()
    for other, small in SMALL_WORDS.items():
        if other != language:
            own = set(SMALL_WORDS[language].split())
            found |= words & (set(small.split()) - TOO_COMMON.get((other, language), set()) - own)
    return found


def without_typed(text: str) -> str:
    """The text without what the people of the demonstration wrote themselves."""
    plain = " ".join(text.split())
    if plain in names_of_languages():
        return ""
    for typed in typed_texts():
        if plain in typed:
            return ""
        if typed in plain:
            plain = plain.replace(typed, " ")
    return plain


@cache
def names_of_languages() -> frozenset[str]:
    """What a language is called, such as Tai Dam: part of the name may be a small word elsewhere."""
    return frozenset(name for _, labels, _ in languages() for name in labels.values())


@cache
def typed_texts() -> tuple[str, ...]:
    """The longest first. Each line of a text by itself too: pages break them apart."""
    found: set[str] = set()
    for place in TYPED_IN:
        path = ROOT / place
        for file in [path] if path.is_file() else path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {" ".join(part.split()) for part in (node.value, *node.value.splitlines())}
    return tuple(sorted((text for text in found if len(text) >= 8 and " " in text), key=len, reverse=True))
