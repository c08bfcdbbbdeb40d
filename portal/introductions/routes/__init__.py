"""Pages of introductions: for officers, for the second person, and for the company."""

from portal.introductions.routes import cards, consents, lists, release, steps

__all__ = ["cards", "consents", "lists", "release", "steps"]
