"""The pages of a speed meeting while it is held."""

from flask import Blueprint

bp = Blueprint("live", __name__, template_folder="templates")
