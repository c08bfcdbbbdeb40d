"""The pages of accounts, one module for each path a person takes."""

from portal.accounts.routes import administration, invitation, own, policy, second_factor, sign_in

__all__ = ["administration", "invitation", "own", "policy", "second_factor", "sign_in"]
