"""The pages of accounts, one module for each path a person takes."""

from portal.accounts.routes import own, sign_in

__all__ = ["own", "sign_in"]
