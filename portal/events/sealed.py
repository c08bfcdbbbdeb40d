"""What is sealed: the join link (for confirmed people and those who keep the event) and what a person needs."""

from __future__ import annotations

from uuid import UUID

from portal.core import vault
from portal.events.models import Event, Material, SignUp


def _link_context(event_id: UUID) -> str:
    return f"event join link {event_id}"


def _needs_context(sign_up_id: UUID) -> str:
    return f"sign-up needs {sign_up_id}"


def _material_context(material_id: UUID) -> str:
    return f"event material {material_id}"


vault.register_sealed_column(Material, "link", lambda row: _material_context(row.id))


def _diet_context(sign_up_id: UUID) -> str:
    return f"sign-up diet {sign_up_id}"


vault.register_sealed_column(Event, "join_link", lambda row: _link_context(row.id))
vault.register_sealed_column(SignUp, "needs", lambda row: _needs_context(row.id))
vault.register_sealed_column(SignUp, "diet", lambda row: _diet_context(row.id))


def link(event: Event) -> str:
    return vault.open_bytes(event.join_link, _link_context(event.id)).decode() if event.join_link else ""


def seal_link(event: Event, text: str) -> None:
    """Keep the link; unchanged text leaves the row unchanged."""
    if text != link(event):
        event.join_link = vault.seal_bytes(text.encode(), _link_context(event.id)) if text else None


def needs(sign_up: SignUp) -> str:
    return vault.open_bytes(sign_up.needs, _needs_context(sign_up.id)).decode() if sign_up.needs else ""


def seal_needs(sign_up: SignUp, text: str) -> None:
    sign_up.needs = vault.seal_bytes(text.encode(), _needs_context(sign_up.id)) if text else None


def material_link(material: Material) -> str:
    return vault.open_bytes(material.link, _material_context(material.id)).decode() if material.link else ""


def seal_material_link(material: Material, text: str) -> None:
    if text != material_link(material):
        material.link = vault.seal_bytes(text.encode(), _material_context(material.id)) if text else None


def diet(sign_up: SignUp) -> str:
    return vault.open_bytes(sign_up.diet, _diet_context(sign_up.id)).decode() if sign_up.diet else ""


def seal_diet(sign_up: SignUp, text: str) -> None:
    sign_up.diet = vault.seal_bytes(text.encode(), _diet_context(sign_up.id)) if text else None
