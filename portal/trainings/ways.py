"""Other ways to complete a training than an event, such as a self-paced course: each tells the catalogue of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.trainings.models import Training


@dataclass(frozen=True)
class Link:
    label: str
    href: str


@dataclass(frozen=True)
class Way:
    """One on the training's public page, in the words of the reader, with what the reader may do."""

    title: str
    text: str
    links: tuple[Link, ...] = ()


providers: list[Callable[[Training], Iterable[Way]]] = []
"""Whoever offers a way appends a function when it is loaded."""


def of(training: Training) -> list[Way]:
    return [way for provider in providers for way in provider(training)]
