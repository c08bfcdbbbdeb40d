"""Loads the vocabulary from its files, again and again without harm: codes are stable, a term that went is retired."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from portal.core import clock
from portal.core.db import db
from portal.vocabulary import terms
from portal.vocabulary.models import (
    Industry,
    Municipality,
    Occupation,
    OccupationSkill,
    Region,
    Skill,
    SkillGroup,
    VocabularyMark,
)

Row = dict[str, str]
LABELS = ("label_fi", "label_sv", "label_en")
ALTERNATIVES = ("alt_fi", "alt_sv", "alt_en")
LINKS = "occupation_skills.csv"
ALAND = "21"


def _labelled(row: Row) -> dict[str, Any]:
    return {name: row.get(name, "") for name in ("code", *LABELS, *ALTERNATIVES)}


def _skill(row: Row) -> dict[str, Any]:
    return _labelled(row) | {
        "group": row["group"], "broader": row["broader"] or None, "kind": row["kind"],
        "esco_uri": row["esco_uri"], "rarity": int(row["rarity"]),
    }  # fmt: skip


def _occupation(row: Row) -> dict[str, Any]:
    return _labelled(row) | {name: row[name] for name in ("isco", "esco_uri", "sector")}


def _place(row: Row) -> dict[str, Any]:
    return _labelled(row) | {
        "label_fi": row["name_fi"], "label_sv": row["name_sv"], "label_en": row.get("name_en") or row["name_fi"],
    }  # fmt: skip


def _municipality(row: Row) -> dict[str, Any]:
    """In English a municipality has its Finnish name, on Åland its Swedish one."""
    english = row["name_sv"] if row["region_code"] == ALAND else row["name_fi"]
    return _place(row) | {"label_en": english, "region": row["region_code"]}


def _industry(row: Row) -> dict[str, Any]:
    return _labelled(row) | {
        "parent": row["parent"] or None, "level": row["level"], "scrutiny": row["scrutiny"] == "1",
    }  # fmt: skip


FILES: tuple[tuple[str, Any, Callable[[Row], dict[str, Any]]], ...] = (
    ("groups.csv", SkillGroup, _labelled),
    ("skills.csv", Skill, _skill),
    ("occupations.csv", Occupation, _occupation),
    ("regions.csv", Region, _place),
    ("municipalities.csv", Municipality, _municipality),
    ("industries.csv", Industry, _industry),
)


def load(folder: Path) -> bool:
    """Bring the tables to what the files say, in the caller's transaction; False when they said so already."""
    digest = _digest(folder)
    mark = db.session.scalar(select(VocabularyMark))
    if mark is not None and mark.digest == digest:
        return False
    for name, model, values_of in FILES:
        _bring(model, [values_of(row) for row in _read(folder / name)])
    _bring_links(_read(folder / LINKS))
    db.session.execute(delete(VocabularyMark))  # a new mark has a new id, by which processes see that something changed
    db.session.add(VocabularyMark(digest=digest, loaded_at=clock.now()))
    db.session.flush()
    terms.forget()
    return True


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for name in (*(name for name, _, _ in FILES), LINKS):
        whole.update((folder / name).read_bytes())
    return whole.hexdigest()


def _bring(model: Any, wanted: Iterable[dict[str, Any]]) -> None:
    """Insert, change, and retire: rows are never deleted, for others may stand on their codes."""
    rows = {values["code"]: values for values in wanted}
    known = {row.code: row for row in db.session.scalars(select(model))}
    for code, values in rows.items():
        if (row := known.get(code)) is None:
            db.session.add(model(**values))
        else:
            row.retired = False
            for name, value in values.items():
                setattr(row, name, value)
    db.session.flush()
    gone = [code for code in known if code not in rows]
    if gone:
        db.session.execute(update(model).where(model.code.in_(gone)).values(retired=True))


def _bring_links(links: list[Row]) -> None:
    """Suggestions only, nothing stands on them: written anew."""
    db.session.execute(delete(OccupationSkill))
    rows = [OccupationSkill(**link, place=place) for place, link in enumerate(links)]
    db.session.add_all(rows)
    db.session.flush()
