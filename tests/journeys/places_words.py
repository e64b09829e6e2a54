"""What people say to one another: groups, and finding again what was said in them."""

from tests.circles import make_group, reply, say
from tests.factories import make_person
from tests.journeys.visit import Visit, place


def talk(visit: Visit) -> int:
    """A group with the visitor in it, and the number of its first post."""
    with visit.served.behind():
        animator = make_person()
        group = make_group(
            animator, visit.person, name="People who fold paper in their lunch break"
        )
        post = say(animator, group, "Which **paper** holds a fold?", question=True)
        reply(visit.person, post, "Thin paper, and patience: " + "fold, unfold, fold again; " * 20)
    return group


@place
def groups_of_mine(visit: Visit) -> None:
    talk(visit)
    visit.open("/groups", ".search-box")


@place
def group_with_a_post(visit: Visit) -> None:
    visit.open(f"/groups/{talk(visit)}", ".composer")


@place
def words_found_in_groups(visit: Visit) -> None:
    talk(visit)
    visit.open("/groups/search?q=paper", ".found mark")


@place
def words_nobody_said(visit: Visit) -> None:
    assert visit.person
    visit.open("/groups/search?q=origami", ".empty")
