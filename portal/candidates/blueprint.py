"""The blueprint that all pages of candidates belong to, and the words its templates use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask_babel import gettext as _

from portal.candidates import held, words
from portal.core import pages
from portal.core.keystore import KeyGone
from portal.vocabulary import services as vocabulary

bp = Blueprint("candidates", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"words": words, "vocabulary": vocabulary, "message_hours": held.message_hours}


@bp.errorhandler(KeyGone)
def _on_key_gone(_error: KeyGone) -> tuple[str, int]:
    """An erasure was broken off after the key was destroyed: nothing here opens any more."""
    return pages.show_error(409, sentence=_("The erasing of this file was broken off. Open the file and finish it."))
