"""The look-up behind text fields that know terms. It only helps to type: the server resolves what was sent."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, requires
from portal.core.errors import NotFound
from portal.vocabulary import services as vocabulary
from search.lookup import LONGEST_QUERY

bp = Blueprint("vocabulary", __name__, url_prefix="/vocabulary")

KINDS = frozenset({"skill", "occupation", "municipality", "region", "industry", "language"})


@bp.get("/look-up")
@requires(Permission.ACCOUNT_OWN)
def look_up() -> ResponseReturnValue:
    """`{"results": [{"label": …, "matched": …}]}`, at most ten, in the page's language."""
    kind = request.args.get("kind", "")
    if kind not in KINDS:
        raise NotFound
    found = vocabulary.look_up(kind, request.args.get("q", "")[:LONGEST_QUERY])
    return jsonify(results=[{"label": each.label, "matched": each.matched} for each in found])
