"""The measuring of the engine: its own arithmetic, and what it does without answers."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from academy.mastery.forgetting import ROOM
from academy.mastery.packing import pack
from bench import engine, histories

HEADER = "learner,item,skill,correct,t"


def written(folder: Path, *lines: str, header: str = HEADER) -> histories.Answers:
    path = folder / "answers.csv.gz"
    path.write_bytes(gzip.compress("\n".join((header, *lines)).encode()))
    return histories.read(path)


def test_scores_are_those_of_a_small_example() -> None:
    scores = engine.summary([1, 0, 1, 0], [0.9, 0.1, 0.4, 0.4])

    assert scores["auc"] == 0.875
    assert scores["log_loss"] == pytest.approx((0.1054 * 2 + 0.9163 + 0.5108) / 4, abs=1e-3)


def test_a_perfectly_calibrated_coin_has_no_calibration_error() -> None:
    assert engine.summary([1, 0] * 150, [0.5] * 300)["ece"] < 0.01


def test_answers_without_a_clock_are_one_a_day(tmp_path: Path) -> None:
    ordered = written(tmp_path, "1,a,s,1,0", "1,b,s,0,1", "2,a,s,1,0", "2,b,s,1,1")
    timed = written(tmp_path, "1,a,s,1,0", "1,b,s,0,86400")

    assert ordered.days == [0, 1, 0, 1]
    assert timed.days == [0, 1]


def test_columns_are_found_by_their_names(tmp_path: Path) -> None:
    answers = written(
        tmp_path,
        "7,a,s,1,0,train,2,0.9",
        "8,b,z,0,5,test,3,0.5",
        header=f"{HEADER},split,part,item_p_pop",
    )

    assert answers.module == [0, 1]
    assert answers.levels[0] < answers.levels[1] == 0
    assert answers.tested == {"7": False, "8": True}


def test_without_answers_the_benchmark_says_so_and_ends_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["engine", "--data", str(tmp_path), "--json"])

    engine.main()

    told = json.loads(capsys.readouterr().out)
    assert told["files"] == {}
    assert str(tmp_path) in told["absent"]


def test_the_mind_it_weighs_is_full_and_fits() -> None:
    person = engine.full_mind()

    assert (len(person.traces), person.details) == (200, 650)
    assert len(pack(person)) < ROOM
