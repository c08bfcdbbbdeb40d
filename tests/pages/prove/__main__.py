"""python -m tests.pages.prove [--only REGEX] [--languages fi,sv] [--widths 320,1280] [--parts crawls,weight]

Progress on standard error, one JSON object a line on standard output, everything in build/pages.json. Ends with 1 when
something does not hold.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.output import say
from tests.pages.prove import conditions, crawls, tools, weight
from tests.pages.prove.record import Record
from tests.pages.prove.tour import Tour, plan
from tests.pages.world import make_world, served
from tests.support import chromium

LANGUAGES, WIDTHS = ("fi", "sv", "en"), (360, 320, 768, 1280)
PARTS: dict[str, Callable[[Tour], None]] = {
    "crawls": crawls.prove, "conditions": conditions.prove, "validator": tools.validate, "weight": weight.prove,
    "lighthouse": tools.lighthouse,
}  # fmt: skip


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make prove-pages")
    parser.add_argument("--only", default="", help="endpoints that match this regular expression")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--widths", default=",".join(map(str, WIDTHS)))
    parser.add_argument("--parts", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    return parser.parse_args()


def main() -> int:
    wanted = asked()
    only, parts = re.compile(wanted.only), wanted.parts.split(",")
    languages, widths = tuple(wanted.languages.split(",")), tuple(map(int, wanted.widths.split(",")))
    record = Record({"only": wanted.only, "languages": languages, "widths": widths, "parts": parts})
    say("Building the demonstration…")
    with tempfile.TemporaryDirectory() as folder, served(make_world(Path(folder))) as world:
        for name in ("portal", "portal.request"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        say("Finding every page of every role…")
        places, richest = plan(world, lambda endpoint: bool(only.search(endpoint)), record)
        with chromium.running() as browser:
            tour = Tour(world, browser, record, languages, widths, places, richest)
            for part in parts:
                PARTS[part](tour)
                record.keep()
    return 0 if record.holds else 1


if __name__ == "__main__":
    sys.exit(main())
