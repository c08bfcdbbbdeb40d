"""The blueprint that all pages of introductions belong to."""

from flask import Blueprint

bp = Blueprint("introductions", __name__)
