"""The scene of the introductions' tests, with a placement in it."""

from tests.introductions.conftest import make_scene, scene

__all__ = ["make_scene", "scene"]
