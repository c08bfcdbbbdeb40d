from tests.games.support import copy, first

__all__ = ["copy", "first"]
