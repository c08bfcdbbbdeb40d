"""What was proven: one JSON object a line on standard output, and all of it in `build/pages.json`.

The file names endpoints, never addresses: it says the same of every installation, and may stand in a statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.core import clock
from tests.benchmarks.output import say
from tests.pages.look import Finding
from tests.pages.places import Place

RESULT = Path(__file__).resolve().parents[3] / "build" / "pages.json"


@dataclass
class Record:
    extent: dict[str, Any]
    seen: set[str] = field(default_factory=set)
    checks: list[dict[str, Any]] = field(default_factory=list)
    violations: list[dict[str, Any]] = field(default_factory=list)

    def violate(self, check: str, place: Place, what: str, **where: Any) -> None:
        entry = {"check": check, "page": place.endpoint, "role": place.onlooker.name, **where, "what": what[:500]}
        if entry not in self.violations:
            self.violations.append(entry)
            say(f"  ! {check}: {place}: {what[:300]}")

    def find(self, findings: Iterable[Finding], **where: Any) -> None:
        for found in findings:
            self.violate(found.check, found.place, found.what, **where)

    def count(self, name: str, checks: set[str], looks: int) -> None:
        """A check that holds when nothing was found, over so many looks (none at all proves nothing)."""
        found = sum(1 for each in self.violations if each["check"] in checks)
        self.tell(name, found, 0, holds=found == 0 and looks > 0, looks=looks)

    def tell(self, name: str, value: Any, bound: Any, holds: bool, **details: Any) -> None:
        check = {"name": name, "value": value, "bound": bound, "holds": holds, **details}
        self.checks.append(check)
        print(json.dumps(check, ensure_ascii=False), flush=True)  # noqa: T201 - output

    def cannot(self, name: str, why: str) -> None:
        self.tell(name, None, None, holds=False, why=why)

    @property
    def holds(self) -> bool:
        return all(check["holds"] for check in self.checks)

    def keep(self) -> None:
        RESULT.parent.mkdir(exist_ok=True)
        result = {
            "date": clock.today().isoformat(), "holds": self.holds, **self.extent, "pages": len(self.seen),
            "checks": self.checks, "violations": self.violations,
        }  # fmt: skip
        RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
        say(f"{RESULT.relative_to(RESULT.parents[1])}: {len(self.seen)} pages, {len(self.violations)} violations")
