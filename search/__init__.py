"""Matching and look-up. A projection, never the truth: it imports nothing of the portal and holds no identity."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from search.documents import Vocabulary
from search.engine import Engine, Source


def build_engine(
    *,
    source: Source,
    vocabulary: Callable[[], Vocabulary],
    directory: Path,
    meili_url: str | None = None,
    meili_key: str | None = None,
) -> Engine:
    """Meilisearch when it has an address, else the embedded engine with its snapshots in `directory`.

    Nothing is read and nobody is called yet, so a web process starts whether or not the engine is up.
    """
    if meili_url:
        from search.meilisearch import MeilisearchEngine
        from search.meilisearch_server import Server

        return MeilisearchEngine(Server(meili_url, meili_key), source, vocabulary)
    from search.embedded import EmbeddedEngine

    return EmbeddedEngine(directory, source, vocabulary)
