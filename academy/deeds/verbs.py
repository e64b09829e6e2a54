"""What people do that counts. Pure: rules and tariffs speak of verbs without knowing any table."""

from enum import StrEnum


class Verb(StrEnum):
    LESSON_DONE = "lesson_done"
    QUIZ_PASSED = "quiz_passed"
    QUIZ_FLAWLESS = "quiz_flawless"
    ROUND_DONE = "round_done"
    PLACEMENT_DONE = "placement_done"
    ANSWER_HELPED = "answer_helped"
    REPORT_MENDED = "report_mended"
    MENTORING_HELD = "mentoring_held"
    MENTORSHIP_DONE = "mentorship_done"
    AWARD_EARNED = "award_earned"
    AWARD_GIVEN = "award_given"


COUNTED = tuple(verb for verb in Verb if verb not in (Verb.AWARD_EARNED, Verb.AWARD_GIVEN))
"""What rules may count: all but what they bring about themselves, and what is given by hand."""
