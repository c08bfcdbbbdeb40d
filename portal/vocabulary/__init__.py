from portal.core.registry import Feature
from portal.vocabulary.routes import bp

feature = Feature(name="vocabulary", blueprints=(bp,))
