"""The pages of courses: those who take one, and those who write it."""

from portal.trainings.courses.routes import keeping, parts, preview, taking, trying

__all__ = ["keeping", "parts", "preview", "taking", "trying"]
