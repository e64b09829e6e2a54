"""Campaigns: a population, a goal and a deadline that human resources announce and people are told of."""
