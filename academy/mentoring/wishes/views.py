"""The page on which somebody says whom they would like."""

from flask import Blueprint

from academy.mentoring.wishes import models as models  # known wherever pages are

bp = Blueprint("wishes", __name__, template_folder="templates")
