"""What sources say of their own instances, computed by the slow solvers in the same words."""

from collections import Counter
from typing import Any

from bench.pairing.reference import Choice, Facts

FROM_STABLE = {
    "num_stable", "stable_matchings", "num_rotations", "egalitarian_cost", "min_regret_degree",
    "sex_equal_cost", "balanced_score", "regret_equal_score", "rank_maximal_stable_profile",
    "generous_stable_profile", "A_optimal", "B_optimal", "max_stable_size",
}  # fmt: skip


def answers(file: dict[str, Any], known: Facts, stable: list[Choice]) -> dict[str, Any]:
    """Everything the source states, as found by trying everything."""
    asked = file.get("expected", {}).keys() - {"note"}
    found: dict[str, Any] = {}
    if asked & FROM_STABLE:
        found |= _of_stable(known, stable)
    if asked - FROM_STABLE:
        found |= _of_sizes(file)
    return {key: found[key] for key in sorted(asked)}


def row(choice: Choice, first: int) -> list[int]:
    """The partner of each of the first side, -1 for none, as the files write it."""
    has = dict(choice)
    return [has[one] - first if one in has else -1 for one in range(first)]


def _of_stable(known: Facts, stable: list[Choice]) -> dict[str, Any]:
    first, last = len(known.mentors), max(len(known.mentors), len(known.mentees))
    ranks = {
        choice: tuple(zip(*(known.ranks(pair) for pair in choice), strict=True)) or ((), ())
        for choice in stable
    }
    sums = [(sum(ours), sum(theirs)) for ours, theirs in ranks.values()]
    worst = [(max(ours, default=0), max(theirs, default=0)) for ours, theirs in ranks.values()]
    profiles = [_profile([*ours, *theirs], last) for ours, theirs in ranks.values()]
    return {
        "num_stable": len(stable),
        "stable_matchings": sorted(row(choice, first) for choice in stable),
        "num_rotations": _rotations(known, stable),
        "egalitarian_cost": min(map(sum, sums)),
        "min_regret_degree": min(map(max, worst)),
        "sex_equal_cost": min(abs(ours - theirs) for ours, theirs in sums),
        "balanced_score": min(map(max, sums)),
        "regret_equal_score": min(abs(ours - theirs) for ours, theirs in worst),
        "rank_maximal_stable_profile": max(profiles),
        "generous_stable_profile": min(profiles, key=lambda profile: profile[::-1]),
        "A_optimal": row(min(stable, key=lambda choice: sum(ranks[choice][0])), first),
        "B_optimal": row(min(stable, key=lambda choice: sum(ranks[choice][1])), first),
        "max_stable_size": max(map(len, stable)),
    }


def _profile(ranks: list[int], last: int) -> list[int]:
    """How many have their first choice, their second..."""
    count = Counter(ranks)
    return [count[rank] for rank in range(1, last + 1)]


def _rotations(known: Facts, stable: list[Choice]) -> int:
    """Steps of the longest way from the best for one side to the best for the other."""
    vectors = sorted(
        {tuple(known.mentors[one][other] for one, other in sorted(choice)) for choice in stable},
        key=sum,
    )
    depth: list[int] = []
    for at, vector in enumerate(vectors):
        above = [
            depth[before]
            for before in range(at)
            if all(a <= b for a, b in zip(vectors[before], vector, strict=True))
        ]
        depth.append(1 + max(above, default=-1))
    return max(depth)


def _of_sizes(file: dict[str, Any]) -> dict[str, Any]:
    """Lower and upper quotas, the first side's groups as ranks, stability not asked."""
    group = [
        {other: place for place, each in enumerate(groups, 1) for other in each}
        for groups in file["A"]
    ]
    back = [{one for each in groups for one in each} for groups in file["B"]]
    chosen: list[list[int]] = [[]]
    for one, mine in enumerate(group):
        options = [-1, *(other for other in mine if one in back[other])]
        chosen = [[*before, other] for before in chosen for other in options]
    fair = [each for each in chosen if _within(file, each)]
    size = max(sum(other >= 0 for other in each) for each in fair)
    last = max(map(len, group))
    held = [[group[one][other] for one, other in enumerate(each) if other >= 0] for each in fair]
    most = [ranks for ranks in held if len(ranks) == size]
    profiles = [_profile(ranks, last) for ranks in most]
    return {
        "max_size": size,
        "maxsize_mincost": min(map(sum, most)),
        "maxsize_mindegree": min(map(max, most)),
        "maxsize_generous_profile": min(profiles, key=lambda profile: profile[::-1]),
        "maxsize_greedy_profile": max(profiles),
        "greedy_profile": max(_profile(ranks, last) for ranks in held),
    }


def _within(file: dict[str, Any], partners: list[int]) -> bool:
    count = Counter(partners)
    quotas = zip(file["lowerB"], file["capB"], strict=True)
    return all(low <= count[other] <= high for other, (low, high) in enumerate(quotas))
