"""Speed meetings as their organisers and those invited see them."""

from flask import Blueprint

from academy.mentoring.speed import models as models  # known wherever pages are

bp = Blueprint("speed", __name__, template_folder="templates")
