"""Engines on temporary directories, on the stand-in server, and on a real server when MEILI_URL names one."""

import os
from uuid import uuid4

import pytest

from search.embedded import EmbeddedEngine
from search.meilisearch import MeilisearchEngine
from search.meilisearch_server import Server
from tests.search.standin import KEY, Standin
from tests.search.worlds import VOCABULARY


@pytest.fixture
def standin():
    server = Standin()
    yield server
    server.close()


@pytest.fixture
def embedded(tmp_path):
    return lambda source: EmbeddedEngine(tmp_path / "index", source, lambda: VOCABULARY)


@pytest.fixture
def meilisearch(standin):
    def make(source, key=KEY, **server):
        return MeilisearchEngine(Server(standin.url, key, **server), source, lambda: VOCABULARY)

    return make


@pytest.fixture
def real_meilisearch():
    url = os.environ.get("MEILI_URL")
    if not url:
        pytest.skip("MEILI_URL names no server")
    server, index = Server(url, os.environ.get("MEILI_KEY")), f"test_{uuid4().hex[:8]}"
    yield lambda source: MeilisearchEngine(server, source, lambda: VOCABULARY, index)
    server.drop(index)


@pytest.fixture(params=["embedded", "meilisearch", "real_meilisearch"])
def make_engine(request):
    return request.getfixturevalue(request.param)
