"""The blueprint that all pages of training requests belong to."""

from flask import Blueprint

bp = Blueprint("requests", __name__)
