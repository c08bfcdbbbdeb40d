"""The house's own pages, one module for each kind of reader."""

from portal.home.routes import demo, help, machines, public, service, start, statements, styleguide, trail

__all__ = ["demo", "help", "machines", "public", "service", "start", "statements", "styleguide", "trail"]
