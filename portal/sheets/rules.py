"""What a line of an office's own language has to keep."""

from __future__ import annotations

import re

from portal.core.errors import N_, RuleBroken

PLACEHOLDER = re.compile(r"%\((\w+)\)[ds]")
LITTERED = re.compile(r"[<>&]")


def places(text: str) -> set[str]:
    """The parts that the portal fills in, such as a pay or a number, as they are written in a line."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def check_line(source: str, text: str) -> None:
    """A line is shown as it is, and filled in like its source: nothing may be left out, added or broken."""
    if LITTERED.search(text):
        raise RuleBroken(N_("Leave out the signs <, > and &."))
    wanted, got = places(source), places(text)
    if missing := sorted(wanted - got):
        raise RuleBroken(N_("Copy %(part)s into the line as it is. The portal fills it in."), part=missing[0])
    if extra := sorted(got - wanted):
        raise RuleBroken(N_("Take out %(part)s: this line does not have it."), part=extra[0])
    if "%" in PLACEHOLDER.sub("", text):
        raise RuleBroken(N_("Write “per cent” as a word: its sign has another meaning here."))


def check_second_person(checker: object, writer: object) -> None:
    """Whoever wrote a line last does not see what is wrong with it."""
    if checker == writer:
        raise RuleBroken(N_("Somebody else than the last writer has to check it. Ask a colleague."))


def check_whole(missing: int) -> None:
    if missing:
        raise RuleBroken(N_("Some lines are still empty. Write them before it is checked."))
