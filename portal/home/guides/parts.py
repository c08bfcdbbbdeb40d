"""What a guide is made of. The words of a button in a step are the button's own text, so both are translated as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext
from markupsafe import Markup, escape

WIDTH, HEIGHT = 928, 580
"""Of every picture, in pixels; `make pictures` shoots them so."""


@dataclass(frozen=True)
class Step:
    """`text` is marked; each `%(name)s` in it is a button, link or field that the page has: its own marked text."""

    text: str
    names: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> Markup:
        shown = {name: Markup("<strong>{}</strong>").format(gettext(label)) for name, label in self.names.items()}
        return escape(gettext(self.text)) % shown


def step(text: str, **names: str) -> Step:
    return Step(text, names)


@dataclass(frozen=True)
class Picture:
    """A file of static/pictures for each language; `alt` says what matters in it."""

    name: str
    alt: str

    def file(self, language: str) -> str:
        return f"pictures/{self.name}.{language}.webp"


@dataclass(frozen=True)
class Job:
    """One thing to get done. Its key is its anchor on the page."""

    key: str
    title: str
    why: str
    steps: tuple[Step, ...]
    picture: Picture | None = None


@dataclass(frozen=True)
class Guide:
    """One role's help. `protects` says in plain words what keeps people safe; `call` says whom to call about what."""

    title: str
    lead: str
    jobs: tuple[Job, ...]
    protects: tuple[str, ...]
    call: tuple[str, ...]
