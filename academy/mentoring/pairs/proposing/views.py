"""The organiser's pages of proposals."""

from flask import Blueprint

bp = Blueprint("proposing", __name__, template_folder="templates")
