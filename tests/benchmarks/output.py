"""One JSON object a line on standard output; what is going on, on standard error."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from typing import Any


def figure(name: str, value: float, unit: str, **details: Any) -> None:
    """A measured figure; `bound` beside it when there is one."""
    sys.stdout.write(json.dumps({"name": name, "value": round(value, 3), "unit": unit, **details}) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def machine() -> None:
    load = os.getloadavg()[0]
    figure("machine", os.cpu_count() or 0, "cores", python=platform.python_version(), load=round(load, 1))


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
