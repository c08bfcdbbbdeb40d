"""Anchors: a file outside the database that remembers how long the audit trail was, each line bound to the last.

A line is `kind seq hash instant mac`. A `restore` line says that from here on the trail continues from an older copy,
knowingly: only `backup restore` writes it, and nobody can without the vault.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.core import clock

ANCHOR, RESTORE = "anchor", "restore"
TAIL_BYTES = 1024  # more than two lines


class TrailBroken(Exception):
    """The trail and its anchors contradict each other."""


@dataclass(frozen=True)
class Anchor:
    kind: str
    seq: int
    hash: str
    at: str
    mac: str = ""

    def bound(self, key: bytes, before: str) -> str:
        text = f"{before} {self.kind} {self.seq} {self.hash} {self.at}"
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def __str__(self) -> str:
        return f"{self.kind} {self.seq} {self.hash} {self.at} {self.mac}"


def parse(line: str) -> Anchor:
    parts = line.split(" ")
    if len(parts) != 5 or parts[0] not in (ANCHOR, RESTORE) or not parts[1].isdecimal():
        raise TrailBroken("the anchor file holds a line that is no anchor")
    return Anchor(parts[0], int(parts[1]), parts[2], parts[3], parts[4])


class AnchorFile:
    """Open and locked: nobody else anchors meanwhile. Use through `locked`."""

    def __init__(self, handle: int, key: bytes) -> None:
        self.handle, self.key = handle, key

    def all(self) -> list[Anchor]:
        """Every anchor; raises `TrailBroken` at the first that was altered, removed or moved."""
        found, before = [], ""
        for number, line in enumerate(self._lines(0), start=1):
            anchor = parse(line)
            if not hmac.compare_digest(anchor.mac, anchor.bound(self.key, before)):
                raise TrailBroken(f"line {number} of the anchor file was altered, or a line before it is gone")
            found.append(anchor)
            before = anchor.mac
        return found

    def last(self) -> Anchor | None:
        """The last anchor, proved by the one before it."""
        size = os.fstat(self.handle).st_size
        lines = list(self._lines(max(0, size - TAIL_BYTES)))
        if size > TAIL_BYTES:
            lines = lines[1:]  # begins in the middle
        if not lines:
            return None
        anchor, before = parse(lines[-1]), parse(lines[-2]).mac if len(lines) > 1 else ""
        if not hmac.compare_digest(anchor.mac, anchor.bound(self.key, before)):
            raise TrailBroken("the last line of the anchor file was altered, or the one before it is gone")
        return anchor

    def append(self, kind: str, seq: int, entry_hash: str) -> Anchor:
        """On the disk when this returns. A line torn by a crash, which nobody relied on yet, is written over."""
        before, end = self.last(), self._end()
        at = clock.now().isoformat(timespec="seconds")
        mac = Anchor(kind, seq, entry_hash, at).bound(self.key, before.mac if before else "")
        anchor = Anchor(kind, seq, entry_hash, at, mac)
        os.ftruncate(self.handle, end)
        os.pwrite(self.handle, f"{anchor}\n".encode(), end)
        os.fsync(self.handle)
        return anchor

    def set_aside(self, path: Path) -> None:
        """Keep a file that contradicts itself for whoever looks into it, and begin anew."""
        size = os.fstat(self.handle).st_size
        kept = path.with_name(f"{path.name}.broken-{clock.now():%Y%m%d%H%M%S}")
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(os.pread(self.handle, size, 0))
        os.ftruncate(self.handle, 0)

    def _end(self) -> int:
        """Where the last whole line ends."""
        start = max(0, os.fstat(self.handle).st_size - TAIL_BYTES)
        return start + os.pread(self.handle, TAIL_BYTES, start).rfind(b"\n") + 1

    def _lines(self, start: int) -> Iterator[str]:
        """The whole lines from there on."""
        with os.fdopen(os.dup(self.handle), "rb") as file:
            file.seek(start)
            for line in file:
                if line.endswith(b"\n"):
                    yield line[:-1].decode("ascii", "replace")


@contextmanager
def locked(path: Path, key: bytes) -> Iterator[AnchorFile]:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield AnchorFile(handle, key)
    finally:
        os.close(handle)


def in_force(anchors: Iterable[Anchor]) -> list[Anchor]:
    """Those since the last knowing restore; its line stands for all before, as its hash does for their entries."""
    kept: list[Anchor] = []
    for anchor in anchors:
        if anchor.kind == RESTORE:
            kept = []
        kept.append(anchor)
    return kept
