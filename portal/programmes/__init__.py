from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem
from portal.programmes.routes import bp

feature = Feature(
    name="programmes",
    blueprints=(bp,),
    navigation=(NavItem(N_("Programmes"), "programmes.index", Permission.PROGRAMME_READ, 5, ("programmes",)),),
)
