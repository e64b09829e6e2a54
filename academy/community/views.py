"""The pages of communities, put together."""

from flask import Blueprint

from academy.community.groups import views as groups
from academy.community.moderation import views as moderation
from academy.community.posts import views as posts
from academy.community.search import views as search

bp = Blueprint("community", __name__, template_folder="templates")

for part in (groups, posts, moderation, search):
    bp.register_blueprint(part.bp)
