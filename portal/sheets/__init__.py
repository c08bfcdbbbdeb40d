"""The sheets that officer and candidate read together, and the languages that an office adds for them."""

from portal.core.registry import Feature
from portal.sheets.routes import bp

feature = Feature(name="sheets", blueprints=(bp,))
