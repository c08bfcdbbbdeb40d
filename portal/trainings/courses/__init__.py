"""Self-paced courses: a training taken by oneself, in sections, with a quiz at the end."""
