"""The blueprint that all pages of trainings belong to."""

from flask import Blueprint

bp = Blueprint("trainings", __name__)
