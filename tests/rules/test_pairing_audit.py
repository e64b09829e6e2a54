"""What is kept of a search."""

import json

import pytest

from academy.mentoring.pairing import audit
from academy.mentoring.pairing.solver import propose
from bench.pairing import small


@pytest.mark.parametrize("seed", range(20))
def test_what_went_in_is_read_back_and_gives_the_same_pairs(seed: int) -> None:
    this = small.case(seed)
    kept = json.loads(json.dumps(audit.inputs(this.pool, this.orders, this.earlier)))
    pool, orders, earlier = audit.restored(kept)
    first = propose(this.pool, this.orders, earlier=this.earlier, seed=seed)
    again = propose(pool, orders, earlier=earlier, seed=seed)

    assert again == first
    assert audit.digest(kept) == audit.record(pool, orders, again, earlier).digest


def test_a_record_tells_the_rule_the_seed_the_solver_and_what_is_proven() -> None:
    this = small.case(4)
    found = propose(this.pool, this.orders, seed=9)
    kept = json.loads(json.dumps(audit.record(this.pool, this.orders, found).as_dict()))

    assert kept["seed"] == 9
    assert kept["sought"][0] == "pairs"
    assert kept["proven"] == kept["sought"]
    assert kept["optimal"] is True
    assert kept["vector"][0] == -len(kept["pairs"]) == -kept["figures"]["pairs"]
    assert kept["solver"].startswith(f"pairing {audit.VERSION}, scipy ")
    assert len(kept["digest"]) == 64


def test_another_wish_is_another_digest() -> None:
    first, second = (small.case(seed) for seed in (1, 2))

    assert audit.digest(audit.inputs(first.pool, first.orders)) != audit.digest(
        audit.inputs(second.pool, second.orders)
    )
