"""The main job, chapter by chapter, in Finnish."""
