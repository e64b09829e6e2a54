"""How far an administrator's word goes."""

from academy.people.directory.reach import Reach, reach
from academy.people.models import Role

TEAM, SITE, DIVISION, COMPANY = CHAIN = (4, 3, 2, 1)


def test_an_administrator_of_the_company_reaches_everywhere() -> None:
    mine = reach({(Role.ADMIN, None), (Role.HR, SITE)})

    assert mine.everywhere
    assert mine.holds(CHAIN)
    assert mine.holds(())
    assert mine.part_of(CHAIN) == set(CHAIN)


def test_an_administrator_of_a_site_reaches_what_stands_under_it() -> None:
    mine = reach({(Role.ADMIN, SITE)})

    assert mine.holds(CHAIN)
    assert mine.part_of(CHAIN) == {TEAM, SITE}
    assert not mine.holds((DIVISION, COMPANY))
    assert not mine.holds(())


def test_two_roots_one_above_the_other_reach_up_to_the_higher() -> None:
    assert Reach(everywhere=False, entities=frozenset({TEAM, DIVISION})).part_of(CHAIN) == {
        TEAM,
        SITE,
        DIVISION,
    }


def test_other_roles_reach_nobody() -> None:
    mine = reach({(Role.HR, None), (Role.AUTHOR, SITE)})

    assert not mine.holds(CHAIN)
    assert mine.part_of(CHAIN) == frozenset()
