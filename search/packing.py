"""Profiles written as columns: the parts of a snapshot, which `columns` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np

from search import ranking
from search.checks import BANDS
from search.documents import ProfileDocument
from search.encoding import encode

_BIT = {band: 1 << place for place, band in enumerate(sorted(BANDS))}
_NEVER_ENDS = date.max.toordinal()
KINDS = {
    "fold": np.uint64,
    "waiting": np.int32,
    "eligible": np.int32,
    "hours_min": np.int16,
    "hours_max": np.int16,
    "bands": np.uint8,
    "wishes": np.bool_,
    "document_ends": np.int64,
    "tag_ends": np.int64,
    "tag_rows": np.int32,
    "tag_levels": np.int8,
}


def pack(profiles: Iterable[ProfileDocument]) -> dict[str, bytes]:
    """The parts that `Columns` reads; one pass over the profiles. Codes must not repeat."""
    codes, documents = [], []
    columns: dict[str, list[Any]] = {name: [] for name in KINDS}
    tagged: dict[str, list[tuple[int, int]]] = {}
    for row, profile in enumerate(profiles):
        codes.append(profile.code)
        documents.append(json.dumps(encode(profile), separators=(",", ":")).encode("ascii"))
        for name, value in _plain(profile).items():
            columns[name].append(value)
        for tag, level in _tags(profile).items():
            tagged.setdefault(tag, []).append((row, level))
    columns["document_ends"] = list(np.cumsum([len(document) for document in documents]))
    columns["tag_ends"] = list(np.cumsum([len(entries) for entries in tagged.values()]))
    columns["tag_rows"] = [row for entries in tagged.values() for row, _ in entries]
    columns["tag_levels"] = [level for entries in tagged.values() for _, level in entries]
    parts = {name: np.array(columns[name], kind).tobytes() for name, kind in KINDS.items()}
    parts["documents"] = b"".join(documents)
    parts["tags"] = json.dumps(list(tagged)).encode("ascii")
    parts["codes"] = "\n".join(codes).encode("ascii")
    return parts


def _plain(profile: ProfileDocument) -> dict[str, int]:
    return {
        "fold": ranking.fold(profile.code),
        "waiting": profile.waiting_since.toordinal(),
        "eligible": profile.eligible_until.toordinal() if profile.eligible_until else _NEVER_ENDS,
        "hours_min": profile.hours_min,
        "hours_max": profile.hours_max,
        "bands": bits_of(profile.bands),
        "wishes": bool(profile.occupations),
    }


def _tags(profile: ProfileDocument) -> dict[str, int]:
    tags = {f"skill:{skill.code}": skill.level for skill in profile.skills}
    tags |= {f"language:{code}": level for code, level in profile.languages.items()}
    sets: tuple[tuple[str, Iterable[str | None]], ...] = (
        ("occupation", [wish.code for wish in profile.occupations]),
        ("isco3", [wish.isco[:3] for wish in profile.occupations]),
        ("isco2", [wish.isco[:2] for wish in profile.occupations]),
        ("lives", [profile.municipality]),
        ("in_region", [profile.region]),
        ("reach", profile.reach_municipalities),
        ("reach_region", profile.reach_regions),
        ("not_sector", profile.excluded_sectors),
        ("not_company", profile.blocked_companies),
        ("not_group", profile.blocked_groups),
    )
    return tags | {f"{kind}:{value}": 0 for kind, values in sets for value in values if value is not None}


def bits_of(bands: Iterable[str]) -> int:
    return sum(_BIT[band] for band in bands)
