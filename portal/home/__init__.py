"""The front page, the start pages, and what every visitor may read."""

from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem
from portal.home.routes import bp

feature = Feature(
    name="home",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("How it works"), "home.front", None, 0),
        NavItem(N_("Start"), "home.start", Permission.ACCOUNT_OWN, 0),
    ),
)
