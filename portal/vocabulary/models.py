"""Reference data: skills, occupations, places, industries. Codes are stable; a retired term keeps its row."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Instant, Line, Model, Short


class Labelled:
    """A label in three languages, and alternatives separated by `|` that are search terms only."""

    code: Mapped[str] = mapped_column(unique=True)
    label_fi: Mapped[Line]
    label_sv: Mapped[Line]
    label_en: Mapped[Line]
    alt_fi: Mapped[str] = mapped_column(Text, default="")
    alt_sv: Mapped[str] = mapped_column(Text, default="")
    alt_en: Mapped[str] = mapped_column(Text, default="")
    retired: Mapped[bool] = mapped_column(default=False)


class SkillGroup(Labelled, Model):
    __tablename__ = "skill_group"


class Skill(Labelled, Model):
    """`kind` is skill, knowledge or licence; `broader` a skill's code; `rarity` 1 (very common) to 5."""

    group: Mapped[Short] = mapped_column("group_code")
    broader: Mapped[str | None]
    kind: Mapped[Short]
    esco_uri: Mapped[Line] = mapped_column(default="")
    rarity: Mapped[int]


class Occupation(Labelled, Model):
    """`isco` is the ISCO-08 unit group, `sector` a TOL 2025 section."""

    isco: Mapped[Short]
    esco_uri: Mapped[Line] = mapped_column(default="")
    sector: Mapped[Short]


class OccupationSkill(Model):
    """A usual skill of an occupation: a suggestion to edit. `weight` is essential or optional."""

    __tablename__ = "occupation_skill"

    occupation: Mapped[str] = mapped_column(ForeignKey("occupation.code"), index=True)
    skill: Mapped[str] = mapped_column(ForeignKey("skill.code"))
    weight: Mapped[Short]
    place: Mapped[int] = mapped_column(default=0)  # the order they are proposed in


class Region(Labelled, Model):
    pass


class Municipality(Labelled, Model):
    region: Mapped[str] = mapped_column(ForeignKey("region.code"))


class Industry(Labelled, Model):
    """TOL 2025 section or division; `scrutiny` asks for a second look, never a ban."""

    parent: Mapped[str | None]
    level: Mapped[Short]
    scrutiny: Mapped[bool] = mapped_column(default=False)


class VocabularyMark(Model):
    """One row: what was loaded last, so that a process knows when its terms in memory are old."""

    __tablename__ = "vocabulary_mark"

    digest: Mapped[str]
    loaded_at: Mapped[Instant]
