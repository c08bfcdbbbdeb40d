"""What the accessibility statement rests on: the last proof of all pages, and what is known to be missing.

`make prove-pages` leaves build/pages.json; `make statement` takes its figures into proof.json beside this file, which
is committed. Without it the statement says only when it was written.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from portal.core.errors import N_
from portal.core.languages import LANGUAGES

KEPT = Path(__file__).with_name("proof.json")
FIGURES = ("pages", "checks", "violations")


@dataclass(frozen=True)
class Proof:
    """`pages` counts the pages, `checks` how often a rule was asked of one, as some role, in some language, at some
    width; `violations` what broke a rule there."""

    on: str
    pages: int
    checks: int
    violations: int

    @property
    def day(self) -> date:
        return date.fromisoformat(self.on)


@dataclass(frozen=True)
class Lack:
    """Content that is not accessible: which, why, and the criterion of WCAG it falls short of."""

    text: str
    why: str
    criterion: str


KNOWN = (
    Lack(
        N_(
            "Titles, summaries and programmes of events, and vacancies, are shown in the language they were written in."
        ),
        N_("Not everything is translated. The page says which language it is, and you may ask us for another."),
        "WCAG 3.1.2",
    ),
    Lack(
        N_("Documents that companies send us, such as scanned extracts, may have no text for a screen reader."),
        N_("They are papers of others. Only staff and the company itself see them; we read them aloud if asked."),
        "WCAG 1.1.1",
    ),
    Lack(
        N_("Webinars are held in the meeting services of others, and are not always captioned."),
        N_("Live broadcasts are outside the Act. Say what you need when you sign up, and we arrange it."),
        "WCAG 1.2.4",
    ),
)


def latest(path: Path = KEPT) -> Proof | None:
    return Proof(**json.loads(path.read_text())) if path.exists() else None


def taken_from(found: dict[str, Any]) -> Proof:
    """Of what the proof wrote, what the statement says. Raises `ValueError` for what is no proof."""
    missing = [name for name in ("date", *FIGURES) if name not in found]
    if missing:
        raise ValueError(f"it says nothing of {', '.join(missing)}")
    spoken, parts = set(found.get("languages", ())), found.get("parts", ())
    if found.get("only") or not spoken >= set(LANGUAGES) or "crawls" not in parts:
        raise ValueError("it saw only a part of the pages")
    asked = sum(int(check.get("looks", 0)) for check in found["checks"])
    return Proof(date.fromisoformat(found["date"]).isoformat(), int(found["pages"]), asked, len(found["violations"]))


@click.command("statement")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def command(path: Path) -> None:
    """Take the figures of a proof into the accessibility statement."""
    try:
        proof = taken_from(json.loads(path.read_text()))
    except ValueError as wrong:
        raise click.ClickException(f"{path} is no proof: {wrong}.") from None
    KEPT.write_text(json.dumps(asdict(proof), indent=2) + "\n")
    click.echo(f"The statement now speaks of {proof.pages} pages, on {proof.on}.")
