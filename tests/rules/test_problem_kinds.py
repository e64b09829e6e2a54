"""What an author ticks: reports as they were read."""

from hypothesis import given
from hypothesis import strategies as st

from academy.reports.kinds import Ticket, tickets

numbers = st.integers(1, 10**9 - 1)


@given(st.frozensets(st.builds(Ticket, st.integers(1, 10**18 - 1), numbers)))
def test_what_is_written_on_a_page_is_read_back(given_tickets: frozenset[Ticket]) -> None:
    assert tickets(map(str, given_tickets)) == given_tickets


@given(st.lists(st.text()))
def test_whatever_is_posted_only_numbers_come_through(posted: list[str]) -> None:
    assert all(one.report > 0 and one.edition > 0 for one in tickets(posted))


def test_what_is_no_ticket_is_left_out() -> None:
    assert tickets(["1", "1.0", "0.1", "-1.1", "1.1.1", "٣.١", "1.1\n", "9" * 19 + ".1"]) == set()
