"""The rules of the questions an event asks: plain values in, a sentence out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from portal.core.errors import N_, RuleBroken

MOST_QUESTIONS, MOST_OPTIONS, LONGEST_OPTION = 15, 20, 150
LONGEST_KEPT_DAYS = 365

Options = list[dict[str, object]]


def check_askable(cancelled: bool, ends_at: datetime, now: datetime) -> None:
    if cancelled or ends_at <= now:
        raise RuleBroken(N_("This event is over or cancelled; its questions can no longer be changed."))


def check_room(asked: int) -> None:
    if asked >= MOST_QUESTIONS:
        raise RuleBroken(N_("An event asks at most %(most)d questions. Remove one first."), most=MOST_QUESTIONS)


def check_kind(kind: str, before: str, answered: bool) -> None:
    if answered and kind != before:
        raise RuleBroken(
            N_("Somebody has answered, so the kind stays as it is. Remove the question and add a new one."),
            field="kind",
        )


def read_options(fi: str, sv: str, en: str) -> list[dict[str, str]]:
    """One option a line; the other languages line by line beside the Finnish, or not at all. Raises `RuleBroken`."""
    lines = {"fi": lines_of(fi), "sv": lines_of(sv), "en": lines_of(en)}
    check_finnish(lines["fi"])
    for language in ("sv", "en"):
        if lines[language] and len(lines[language]) != len(lines["fi"]):
            raise RuleBroken(
                N_("Lines here: %(here)d, in Finnish: %(there)d. Write one for each, in the same order."),
                field=f"options_{language}",
                here=len(lines[language]),
                there=len(lines["fi"]),
            )
    return [
        {language: lines[language][at] if lines[language] else "" for language in lines}
        for at in range(len(lines["fi"]))
    ]


def check_finnish(lines: Sequence[str]) -> None:
    if not 2 <= len(lines) <= MOST_OPTIONS:
        raise RuleBroken(
            N_("Write from 2 to %(most)d choices, one on each line."), field="options_fi", most=MOST_OPTIONS
        )
    if len({line.casefold() for line in lines}) < len(lines):
        raise RuleBroken(N_("The same choice stands here twice. Remove one."), field="options_fi")
    if any(len(line) > LONGEST_OPTION for line in lines):
        raise RuleBroken(N_("A choice has at most %(most)d characters."), field="options_fi", most=LONGEST_OPTION)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def merge_options(before: Sequence[Mapping[str, object]], written: Sequence[Mapping[str, str]]) -> Options:
    """What is chosen from now on, in the order written. An option keeps its code by its Finnish words; one that is no
    longer there is retired, so that answers that name it stay readable."""
    codes = {option["fi"]: str(option["code"]) for option in before}
    number = max((int(code[1:]) for code in codes.values()), default=0)
    merged: Options = []
    for option in written:
        if option["fi"] not in codes:
            number += 1
        code = codes.get(option["fi"], f"o{number}")
        merged.append({"code": code, **option, "retired": False})
    kept = {option["code"] for option in merged}
    return merged + [{**option, "retired": True} for option in before if option["code"] not in kept]
