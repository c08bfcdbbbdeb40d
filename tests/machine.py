"""What the tests need of the machine: a Chromium. Installed as root on Debian, by Playwright elsewhere, else named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def system_chromium() -> str | None:
    """The path of the system's Chromium."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwright_chromium() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> int:
    if system_chromium() or playwright_chromium():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"],
            check=True, env=environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if system_chromium() or playwright_chromium():
        return 0
    sys.stderr.write("The tests need Chromium. Install it with:  apt-get install -y chromium\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
