"""What stands on the sheets: every sentence of the templates that are sheets, and the words filled into them.

A feature declares its sheets at import. Nothing is listed twice: a sentence that the code changes is missing in each
office's language from that moment on, and stands there in Finnish until somebody writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import cast

from flask import current_app
from jinja2 import BaseLoader
from jinja2.ext import extract_from_ast

_templates: list[str] = []
_words: list[str] = []


def declare(template: str, words: Iterable[str] = ()) -> str:
    """A template that is a sheet, with the marked words that its view fills in."""
    if template not in _templates:
        _templates.append(template)
        _words.extend(words)
    return template


@cache
def of_template(template: str) -> tuple[str, ...]:
    environment = current_app.jinja_env
    source = cast(BaseLoader, environment.loader).get_source(environment, template)[0]
    found = extract_from_ast(environment.parse(source), ("_", "gettext", "ngettext"))
    return tuple(first(message) for _line, _name, message in found)


def first(message: object) -> str:
    """A plural counts as one sentence; an office writes it so that it suits every number."""
    return str(message[0] if isinstance(message, tuple) else message)


def everything() -> tuple[str, ...]:
    """Each text once, in the order in which the sheets say them."""
    sentences = (text for template in _templates for text in of_template(template))
    return tuple(dict.fromkeys([*sentences, *_words]))
