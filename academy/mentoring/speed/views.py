"""Speed meetings as their organisers and those invited see them."""

from flask import Blueprint

from academy.mentoring.speed.avoiding import views as avoiding
from academy.mentoring.speed.composing import views as composing
from academy.mentoring.speed.inviting import views as inviting
from academy.mentoring.speed.organising import views as organising

bp = Blueprint("speed", __name__, template_folder="templates")
for part in (composing, organising, inviting, avoiding):
    bp.register_blueprint(part.bp)
