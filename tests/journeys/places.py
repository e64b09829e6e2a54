"""Every page of the academy in every state worth seeing: how to get there."""

from tests.journeys import (
    places_api,
    places_campaigns,
    places_figures,
    places_imports,
    places_learning,
    places_mentoring,
    places_minute,
    places_pairs,
    places_path,
    places_personal,
    places_problems,
    places_public,
    places_rhythm,
    places_shop,
    places_staff,
    places_tracks,
    places_waves,
)
from tests.journeys.visit import PLACES, Visit

__all__ = [
    "PLACES",
    "Visit",
    "places_api",
    "places_campaigns",
    "places_figures",
    "places_imports",
    "places_learning",
    "places_mentoring",
    "places_minute",
    "places_pairs",
    "places_path",
    "places_personal",
    "places_problems",
    "places_public",
    "places_rhythm",
    "places_shop",
    "places_staff",
    "places_tracks",
    "places_waves",
]
