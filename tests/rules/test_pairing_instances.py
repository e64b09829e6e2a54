"""Instances in files, measured as `python -m bench.pairing --instances` does."""

import json
from pathlib import Path
from typing import Any

from bench.pairing import instances

GALE_AND_SHAPLEY: dict[str, Any] = {
    "A": [[[0], [1], [2]], [[1], [2], [0]], [[2], [0], [1]]],
    "B": [[[1], [2], [0]], [[2], [0], [1]], [[0], [1], [2]]],
    "expected": {
        "num_stable": 3,
        "stable_matchings": [[0, 1, 2], [1, 2, 0], [2, 0, 1]],
        "egalitarian_cost": 12,
        "min_regret_degree": 2,
        "num_rotations": 2,
        "A_optimal": [0, 1, 2],
    },
}
SHARED: dict[str, Any] = {
    "A": [[[0], [1]], [[0]], [[0, 1]]],
    "B": [[[2], [0, 1]], [[2], [], [0]]],
    "capB": [2, 1],
}


def write(folder: Path, **files: Any) -> list[dict[str, Any]]:
    for name, file in files.items():
        (folder / f"{name}.json").write_text(json.dumps(file))
    return instances.measured(folder)


def test_the_first_example_of_1962_has_the_answers_of_its_authors(tmp_path: Path) -> None:
    found = write(tmp_path, first=GALE_AND_SHAPLEY)[0]

    assert found["instance"] == "first"
    assert (found["size"], found["blocking"], found["worst"], found["total"]) == (3, 0, 2, 12)
    assert found["pairs"] == [[0, 1], [1, 2], [2, 0]]
    assert found["agrees"] is True
    assert found["stable_agrees"] is True
    assert set(found["stated"].values()) == {True}


def test_places_and_ties_are_read(tmp_path: Path) -> None:
    found = write(tmp_path, shared=SHARED)[0]

    assert found["size"] == 3
    assert found["agrees"] is True


def test_quotas_that_a_source_asks_about_are_counted_apart(tmp_path: Path) -> None:
    asked = {"max_size": 3, "maxsize_mincost": 3, "greedy_profile": [3]}
    quotas = SHARED | {"lowerB": [1, 0], "expected": {"note": "side A only", **asked}}

    assert write(tmp_path, quotas=quotas)[0]["stated"] == dict.fromkeys(sorted(asked), True)


def test_a_file_that_makes_no_sense_is_said_and_the_others_are_measured(tmp_path: Path) -> None:
    twice = {"A": [[[0], [0]]], "B": [[[0]]]}
    found = write(tmp_path, a_twice=twice, b_empty={"A": [], "B": []}, c_none=[])

    assert found[0]["error"].startswith("Nonsense: ")
    assert found[1]["size"] == 0
    assert "error" in found[2]
