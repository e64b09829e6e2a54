"""The page of a pair."""

from flask import Blueprint

from academy.mentoring.pairs import models as models  # known wherever pages are

bp = Blueprint("pairs", __name__, template_folder="templates")
