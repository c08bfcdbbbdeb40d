"""Recordings and materials of an event: a link or a file, open to those who attended, who have a seat, or everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.core import audit, clock, files
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.files import SealedFile
from portal.events import rules, sealed
from portal.events.models import Event, Material, SignUp, SignUpStatus

SUBJECT = "event_material"


@dataclass(frozen=True)
class Written:
    """A material as those who keep events write it; `link` or `file`."""

    kind: str
    open_to: str
    title_fi: str
    title_sv: str
    title_en: str
    link: str
    file: FileStorage | None


@dataclass(frozen=True)
class Shown:
    """With what it leads to: a link, or a file with its name."""

    material: Material
    link: str
    file: SealedFile | None


def of_event(event: Event) -> list[Material]:
    query = select(Material).where(Material.event_id == event.id)
    return list(db.session.scalars(query.order_by(Material.added_at, Material.id)))


def get(event: Event, material_id: UUID) -> Material:
    """Raises `NotFound`, for a material of another event too."""
    material = db.session.get(Material, material_id)
    if material is None or material.event_id != event.id:
        raise NotFound
    return material


def for_everyone(event: Event) -> list[Material]:
    return [each for each in of_event(event) if rules.may_open(each.open_to, has_seat=False, attended=False)]


def for_attendee(event: Event, sign_up: SignUp) -> list[Material]:
    return [each for each in of_event(event) if may_open(each, sign_up)]


def may_open(material: Material, sign_up: SignUp) -> bool:
    has_seat = sign_up.status == SignUpStatus.CONFIRMED and sign_up.event_id == material.event_id
    return rules.may_open(material.open_to, has_seat, attended=bool(sign_up.attended))


def shown(materials: Sequence[Material]) -> list[Shown]:
    """One statement for the files of all of them."""
    found = files_of(material.id for material in materials)
    return [Shown(each, sealed.material_link(each), found.get(each.id)) for each in materials]


def files_of(material_ids: Iterable[UUID]) -> dict[UUID, SealedFile]:
    ids = list(material_ids)
    if not ids:
        return {}
    query = select(SealedFile).where(SealedFile.subject == SUBJECT, SealedFile.subject_id.in_(ids))
    return {file.subject_id: file for file in db.session.scalars(query)}


def file_of(material: Material) -> SealedFile:
    """Raises `NotFound` for a material that is a link."""
    found = files.files_of(SUBJECT, material.id)
    if not found:
        raise NotFound
    return found[-1]


# --- verbs -------------------------------------------------------------------


def add(event: Event, written: Written) -> Material:
    """Raises `RuleBroken` for neither or both of link and file, and for a file that is not accepted."""
    rules.check_one_source(bool(written.link), written.file is not None)
    material = Material(event_id=event.id, added_at=clock.now(), version=1, **words_of(written))
    keep_file(material, written)  # first: a file that is refused leaves nothing
    sealed.seal_material_link(material, written.link)
    db.session.add(material)
    audit.record("event.material_added", "event", event.id, facts={"open_to": material.open_to})
    return material


def change(event: Event, material: Material, written: Written) -> None:
    """A new file or link takes the place of the old one; without either a file stays. Raises `RuleBroken`."""
    old = files.files_of(SUBJECT, material.id)
    if not old or written.link or written.file is not None:
        rules.check_one_source(bool(written.link), written.file is not None)
        keep_file(material, written)
        for file in old:
            files.delete(file)
    for name, value in words_of(written).items():
        setattr(material, name, value)
    sealed.seal_material_link(material, written.link)
    material.version += 1
    audit.record("event.material_changed", "event", event.id, facts={"open_to": material.open_to})


def keep_file(material: Material, written: Written) -> None:
    if written.file is not None:
        files.store(written.file, subject=SUBJECT, subject_id=material.id, allowed=files.DOCUMENTS)


def remove(event: Event, material: Material) -> None:
    files.delete_for(SUBJECT, material.id)
    db.session.delete(material)
    audit.record("event.material_removed", "event", event.id)


def words_of(written: Written) -> dict[str, str]:
    return {name: getattr(written, name) for name in ("kind", "open_to", "title_fi", "title_sv", "title_en")}
