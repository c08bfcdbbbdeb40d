"""Markdown as safe HTML, for the body of a page whose only h1 is its own: headings begin at h2 and skip no level."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "br", "a", "blockquote"}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
SCHEMES = {"https", "http", "mailto", "tel"}


@lru_cache(maxsize=256)
def html_of(text: str) -> Markup:
    tokens = MARKDOWN.parse(text.strip())
    level_headings(tokens)
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noreferrer")
    return Markup(clean)  # noqa: S704 - cleaned by nh3


def level_headings(tokens: list[Token]) -> None:
    """`#` and `##` are h2; deeper ones are h3 once there is an h2 above them."""
    begun = False
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            deep = int(token.tag[1:]) > 2 and begun
            token.tag = "h3" if deep else "h2"
            begun = True
