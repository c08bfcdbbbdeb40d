"""The blueprint that all pages of candidates belong to, and the words its templates use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from portal.candidates import words
from portal.vocabulary import services as vocabulary

bp = Blueprint("candidates", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"words": words, "vocabulary": vocabulary}
