"""The blueprint that all pages of events belong to."""

from flask import Blueprint

bp = Blueprint("events", __name__)
