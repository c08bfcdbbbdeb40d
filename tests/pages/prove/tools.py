"""Two judges that are not ours, html-validate and Lighthouse, run by npx. Without node the proof fails and says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.output import say
from tests.pages.places import Place, client_of
from tests.pages.prove.tour import Tour, spoken
from tests.pages.world import HOST
from tests.support import chromium

VALIDATOR, LIGHTHOUSE = "html-validate@10", "lighthouse@13"
NO_NODE = "there is no npx here; install node 20 or newer"
RULES = {
    "extends": ["html-validate:standard"],
    "rules": {"no-inline-style": "error", "wcag/h37": "error", "long-title": "off"},
}
CATEGORIES = ("accessibility", "best-practices", "seo")
PATIENCE = 600


def npx(*command: str, folder: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["npx", "--yes", *command], check=False, capture_output=True, text=True, cwd=folder, timeout=PATIENCE,
        env={**os.environ, "CHROME_PATH": chromium.path()},
    )  # fmt: skip


def validate(tour: Tour) -> None:
    name = "HTML that html-validate refuses"
    if shutil.which("npx") is None:
        tour.record.cannot(name, NO_NODE)
        return
    with tempfile.TemporaryDirectory() as folder:
        files = write_pages(tour, Path(folder))
        say(f"html-validate reads {len(files)} pages")
        (Path(folder) / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
        done = npx(VALIDATOR, "--formatter", "json=result.json", "*.html", folder=folder)
        try:
            reports = json.loads((Path(folder) / "result.json").read_text())
        except (OSError, ValueError):
            tour.record.cannot(name, (done.stderr or done.stdout)[-300:])
            return
        for report in reports:
            for message in report["messages"]:
                what = f"{message['ruleId']}: {message['message']} ({message['line']}:{message['column']})"
                tour.record.violate("html-validate", files[Path(report["filePath"]).name], what)
    tour.record.count(name, {"html-validate"}, len(files))


def write_pages(tour: Tour, folder: Path) -> dict[str, Place]:
    """Each page as each role, in each language, in a file of its own."""
    files: dict[str, Place] = {}
    for onlooker, there in tour.places.items():
        client = client_of(tour.world, onlooker)
        for place in (spoken(each, language) for each in there for language in tour.languages):
            response = client.get(place.path, base_url=f"http://{HOST}")
            name = f"{len(files)}.html"
            (folder / name).write_bytes(response.data)
            response.close()
            files[name] = place
    return files


def lighthouse(tour: Tour) -> None:
    """Public pages, as where there is no demonstration, and each role's start page. Search engines are told to leave
    out pages without a description, so those are not judged by how they are found."""
    if shutil.which("npx") is None:
        tour.record.cannot("Lighthouse", NO_NODE)
        return
    starts = [place for there in tour.places.values() for place in there if place.endpoint == "home.start"]
    public = [place for place in tour.public if place.endpoint not in ("error", "static") and "demo" not in place.path]
    tour.world.app.extensions["demo"] = lambda: False
    scores: dict[str, list[float]] = {category: [] for category in CATEGORIES}
    for place in [*public, *starts]:
        say(f"Lighthouse: {place}")
        wanted = CATEGORIES if may_be_found(tour, place) else CATEGORIES[:2]
        judged = judge(tour, place, wanted)
        if judged is None:
            return
        for category in wanted:
            scores[category].append(round(100 * (judged["categories"][category]["score"] or 0)))
            for what in failed(judged, category):
                tour.record.violate(f"Lighthouse {category}", place, what)
    for category, reached in scores.items():
        if reached:
            tour.record.tell(f"Lighthouse {category}", min(reached), 100, min(reached) == 100, looks=len(reached))


def may_be_found(tour: Tour, place: Place) -> bool:
    response = client_of(tour.world, place.onlooker).get(place.path, base_url=f"http://{HOST}")
    return b'name="robots" content="noindex"' not in response.data


def judge(tour: Tour, place: Place, categories: tuple[str, ...]) -> dict[str, Any] | None:
    cookie = tour.world.cookie(place.onlooker)
    headers = [f"--extra-headers={json.dumps({'Cookie': f'session={cookie}'})}"] if cookie else []
    flags = "--headless=new --disable-gpu" + (" --no-sandbox" if os.geteuid() == 0 else "")
    with tempfile.TemporaryDirectory() as folder:
        done = npx(
            LIGHTHOUSE, tour.world.base_url + place.path, "--quiet", "--output=json", "--output-path=stdout",
            f"--only-categories={','.join(categories)}", "--throttling-method=provided", f"--chrome-flags={flags}",
            *headers, folder=folder,
        )  # fmt: skip
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        tour.record.cannot("Lighthouse", (done.stderr or done.stdout)[-300:])
        return None


def failed(judged: dict[str, Any], category: str) -> list[str]:
    audits = [(judged["audits"][ref["id"]], ref["weight"]) for ref in judged["categories"][category]["auditRefs"]]
    return [f"{a['id']}: {a['title']}" for a, weight in audits if weight and a["score"] is not None and a["score"] < 1]
