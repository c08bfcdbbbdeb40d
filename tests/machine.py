"""What the tests need of the machine: a Chromium, and Pango for PDF. Installed as root on Debian, else named.

Playwright has a Chromium where there is no Debian.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation")
"""Debian packages that a tagged PDF needs; README names them too."""


def system_chromium() -> str | None:
    """The path of the system's Chromium."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwright_chromium() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def has_pango() -> bool:
    from portal.trainings import pdf

    return pdf.is_available()


def install(packages: Sequence[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=True, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def main() -> int:
    may_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    if not has_pango():
        if may_install:
            install(PANGO)
        else:
            sys.stderr.write(f"Tests of PDF are skipped. Install Pango with:  apt-get install -y {' '.join(PANGO)}\n")
    if system_chromium() or playwright_chromium():
        return 0
    if may_install:
        install(("chromium", "fonts-liberation"))
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if system_chromium() or playwright_chromium():
        return 0
    sys.stderr.write("The tests need Chromium. Install it with:  apt-get install -y chromium\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
