"""All pages of mentoring, under one name."""

from academy.mentoring.board import views as board
from academy.mentoring.live import views as live
from academy.mentoring.pairs import views as pairs
from academy.mentoring.pairs.again import views as again
from academy.mentoring.pairs.proposing import views as proposing
from academy.mentoring.programmes import views as programmes
from academy.mentoring.speed import views as speed
from academy.mentoring.wishes import views as wishes

bp = programmes.bp
for part in (speed, live, wishes, proposing, again, pairs, board):
    bp.register_blueprint(part.bp)
