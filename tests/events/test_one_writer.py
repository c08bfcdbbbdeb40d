"""One module makes every seat move: the syntax tree of all others holds no assignment that would be one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SEATS = Path("portal/events/seats.py")
NO_SEATS = {
    Path("portal/events/newsletter.py"),  # rows of its own, with words alike
    Path("portal/events/forgetting.py"),  # names, long after the event
}
SEAT_COLUMNS = frozenset({"taken", "holds_seat", "held_until", "live_email", "capacity", "confirmed_at", "ended_at"})


def moves(tree: ast.AST, in_events: bool) -> Iterator[str]:
    """Every place that would move a seat: a column assigned, an UPDATE, a `setattr`, or the table of states used."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in (leaf for each in targets for leaf in ast.walk(each) if isinstance(leaf, ast.Attribute)):
                own = isinstance(target.value, ast.Name) and target.value.id == "self"
                if in_events and not own and target.attr in SEAT_COLUMNS | {"status"}:
                    yield f"{node.lineno}: .{target.attr} ="
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if in_events and name == "values":
                yield from (f"{node.lineno}: values({k.arg})" for k in node.keywords if k.arg in SEAT_COLUMNS)
            if name == "setattr" and isinstance(node.args[1], ast.Constant) and node.args[1].value in SEAT_COLUMNS:
                yield f"{node.lineno}: setattr"
        elif getattr(node, "id", getattr(node, "attr", "")) == "SIGN_UP_NEXT":
            yield f"{node.lineno}: SIGN_UP_NEXT"


def test_only_seats_moves_a_seat() -> None:
    found = []
    for path in sorted([*Path("portal").rglob("*.py"), *Path("seeds").rglob("*.py")]):
        if path in {SEATS, *NO_SEATS} or "migrations" in path.parts:
            continue
        in_events = path.is_relative_to("portal/events") or path.is_relative_to("seeds")
        said = list(moves(ast.parse(path.read_text()), in_events))
        if path == Path("portal/events/models.py"):
            said = [each for each in said if not each.endswith("SIGN_UP_NEXT")]  # where the table stands
        found += [f"{path}:{each}" for each in said]
    assert not found, "\n".join(found)
    assert list(moves(ast.parse(SEATS.read_text()), in_events=True)), "the reader reads"


@pytest.mark.parametrize(
    "code",
    [
        "event.taken += 1",
        "sign_up.holds_seat = True",
        "sign_up.held_until, sign_up.note = None, ''",
        "sign_up.status = 'confirmed'",
        "update(Event).values(taken=0)",
        "setattr(event, 'capacity', 3)",
        "states.move(sign_up, SignUpStatus.CONFIRMED, models.SIGN_UP_NEXT)",
    ],
)
def test_the_reader_of_the_tree_sees_each_way_around(code: str) -> None:
    assert list(moves(ast.parse(code), in_events=True))
