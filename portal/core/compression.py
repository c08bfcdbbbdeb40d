"""Styles, scripts and drawings travel compressed, made once a process. Pages do not: a page that holds a secret beside
what its reader sent would give the secret away by its length (BREACH), and ours are small without it."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

COMPRESSED = {"text/css", "text/javascript", "application/javascript", "image/svg+xml", "text/html"}


@lru_cache(maxsize=32)
def compressed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def compress(response: Response) -> Response:
    if request.endpoint != "static" or response.mimetype not in COMPRESSED:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and "gzip" in request.accept_encodings and "Range" not in request.headers:
        response.direct_passthrough = False
        response.set_data(compressed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        if etag := response.get_etag()[0]:
            response.set_etag(etag, weak=True)  # the same file in other bytes
    return response


def init(app: Flask) -> None:
    app.after_request(compress)
