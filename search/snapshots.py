"""Numbered snapshots on disk: whole or absent, whatever happens while they are written, read or removed.

A snapshot is a directory that appears under its number by one rename, after everything in it has reached the disk.
The newest whole one counts, so there is no pointer that could lie. Readers copy what they read into memory; a
removal under a reader makes that reader look again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NUMBERED = re.compile(r"[0-9]{12}")
_UNFINISHED = ".unfinished-"
_ABANDONED_AFTER_S = 3600
_ATTEMPTS = 100


class SnapshotError(Exception):
    """There are snapshots, and none of them can be read whole."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    generation: str
    facts: Mapping[str, Any]
    parts: Mapping[str, bytes]


def publish(root: Path, facts: Mapping[str, Any], parts: Mapping[str, bytes]) -> str:
    """Writes a snapshot and returns its generation. A crash before the rename leaves only what `remove_old` clears."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root))
    try:
        for name, content in parts.items():
            _write(unfinished / name, content)
        sums = {name: [len(content), zlib.crc32(content)] for name, content in parts.items()}
        _write(unfinished / "facts.json", json.dumps({"facts": dict(facts), "parts": sums}).encode())
        _sync_directory(unfinished)
        generation = _rename_to_next(root, unfinished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    remove_old(root)
    return generation


def newest_generation(root: Path) -> str | None:
    """The highest number there is, whole or not; None when there is none."""
    return next(iter(_generations(root)), None)


def read_newest(root: Path) -> Snapshot | None:
    """The newest snapshot that is whole; None when there is none at all; raises SnapshotError when none is whole."""
    for _ in range(_ATTEMPTS):  # each time again when a writer removed what this reader had begun
        seen = list(_generations(root))
        for generation in seen:
            snapshot = _read(root, generation)
            if snapshot is not None:
                return snapshot
        if seen == list(_generations(root)):
            break
    if seen:
        raise SnapshotError(f"{len(seen)} snapshots, none whole")
    return None


def remove_old(root: Path) -> None:
    """Keeps only the newest, so that an erased profile does not linger, and clears what a crash left behind."""
    for generation in list(_generations(root))[1:]:
        shutil.rmtree(root / generation, ignore_errors=True)
    for left in root.glob(f"{_UNFINISHED}*"):
        try:
            abandoned = time.time() - left.stat().st_mtime > _ABANDONED_AFTER_S
        except FileNotFoundError:
            continue
        if abandoned:
            shutil.rmtree(left, ignore_errors=True)


def _generations(root: Path) -> Iterator[str]:
    try:
        names = [path.name for path in root.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return iter(())
    return iter(sorted(filter(_NUMBERED.fullmatch, names), reverse=True))


def _read(root: Path, generation: str) -> Snapshot | None:
    try:
        about = json.loads((root / generation / "facts.json").read_bytes())
        parts = {}
        for name, (size, checksum) in about["parts"].items():
            content = (root / generation / name).read_bytes()
            if len(content) != size or zlib.crc32(content) != checksum:
                return None
            parts[name] = content
        return Snapshot(generation, about["facts"], parts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _rename_to_next(root: Path, unfinished: Path) -> str:
    """Another writer may take the same number first: a rename onto a directory that holds files fails, so try on."""
    for _ in range(_ATTEMPTS):
        generation = f"{int(newest_generation(root) or 0) + 1:012d}"
        try:
            unfinished.rename(root / generation)
        except OSError:
            if not (root / generation).exists():
                raise
            continue
        _sync_directory(root)
        return generation
    raise OSError(f"No free generation in {_ATTEMPTS} attempts")


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
