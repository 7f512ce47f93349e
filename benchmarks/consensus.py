"""Groups of opinion: planted ones found beside red-dwarf, real ones the same each time."""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.serving import ROOT
from kelisim.engines.consensus import analysis, read_bytes
from kelisim.engines.consensus.coordination import bursts
from kelisim.engines.consensus.groups import rand_index
from tests.engines.consensus.planted import planted
from tests.engines.consensus.test_coordination import conversation

SHARED = ROOT.parent / "shared" / "data" / "dialogue"
QUALITY = 0.97
"""Of the limit: what a classifier reaches that knows how everybody votes."""
SECONDS, MEGABYTES = 10.0, 1000.0
LARGE_SECONDS, LARGE_MEGABYTES = 120.0, 6000.0
ENOUGH = 7
BESIDE, WHOLE, LARGE = (10_000, 500, 25), (100_000, 500, 25), (1_000_000, 1_000, 20)
"""Participants, statements, mean votes of a participant."""


@dataclass(frozen=True)
class Ran:
    """What a process took, and the group that it gave each participant."""

    seconds: float
    megabytes: float
    groups: dict[str, int]


def main(*, large: bool = False) -> bool:
    """Whether every claim is kept. The largest conversation takes minutes and is asked for."""
    kept = beside_the_peer()
    kept &= of_size(WHOLE, SECONDS, MEGABYTES)
    if large:
        kept &= of_size(LARGE, LARGE_SECONDS, LARGE_MEGABYTES)
        kept &= on_a_cluster(LARGE)
    kept &= without_groups()
    kept &= suspected()
    kept &= real()
    print(f"claims: {'kept' if kept else 'BROKEN'}")
    return kept


def written(size: tuple[int, int, int], folder: Path) -> tuple[Path, Any, Any, Any]:
    """A planted conversation as a file whose lines stand in no order; the truth; the limit."""
    people, statements, mean = size
    votes, true, limit = planted(people, statements, mean=mean)
    order = np.random.default_rng(1).permutation(len(votes.rows))
    cells = np.stack((votes.rows, votes.columns, votes.values), axis=1)[order]
    path = folder / f"{people}x{statements}.csv"
    np.savetxt(
        path, cells, fmt="%d", delimiter=",", header="participant,statement,value", comments=""
    )
    return path, votes.per_participant >= ENOUGH, true, limit


def ran(command: Sequence[str | Path], out: Path) -> Ran:
    """A process of its own, with its time and the most memory that it held."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"{command}: {status}")
    said = json.loads(out.read_text())
    groups = {one["id"]: one["group"] for one in said["participants"] if one["group"] is not None}
    return Ran(seconds, used.ru_maxrss / 1000, groups)


def ours(path: Path, *more: str) -> Ran:
    out = path.with_suffix(".json")
    return ran(("-m", "kelisim.cli.main", "consensus", "analyse", path, "--json", out, *more), out)


def quality(groups: dict[str, int], heard: Any, true: Any) -> float:
    """The adjusted Rand index among those heard; who is in no group counts as a group."""
    found = np.array([groups.get(str(one), -1) + 1 for one in range(len(true))], dtype=np.int32)
    return rand_index(found[heard], true[heard])


def told(words: str, one: Ran, index: float, limit: float) -> None:
    print(
        f"  {words:28}{index:8.3f} of {limit:.3f} ({index / limit:6.1%})"
        f"{one.seconds:9.1f} s{one.megabytes:9.0f} MB"
    )


def beside_the_peer() -> bool:
    people, statements, _mean = BESIDE
    print(f"{people:,} × {statements}: adjusted Rand index of the limit, time, memory")
    with tempfile.TemporaryDirectory() as name:
        path, heard, true, limit = written(BESIDE, Path(name))
        most = rand_index(limit[heard], true[heard])
        mine = ours(path)
        told("kelisim", mine, quality(mine.groups, heard, true), most)
        try:
            out = path.with_suffix(".peer.json")
            other = ran(("-m", "benchmarks.consensus", "--peer", path, "--json", out), out)
        except SystemExit as fault:
            print(f"  red-dwarf did not finish: {fault}")
        else:
            told("red-dwarf (k-means, k 2–5)", other, quality(other.groups, heard, true), most)
        return quality(mine.groups, heard, true) >= QUALITY * most


def of_size(size: tuple[int, int, int], seconds: float, megabytes: float) -> bool:
    people, statements, _mean = size
    print(f"{people:,} × {statements}: reading, number of groups, stability and every figure")
    with tempfile.TemporaryDirectory() as name:
        path, heard, true, limit = written(size, Path(name))
        most = rand_index(limit[heard], true[heard])
        one = ours(path)
        index = quality(one.groups, heard, true)
        told("kelisim", one, index, most)
        fits = one.seconds <= seconds and one.megabytes <= megabytes and index >= QUALITY * most
        print(
            f"  claim: {QUALITY:.0%} of the limit, {seconds:g} s, {megabytes:g} MB:"
            f" {'kept' if fits else 'BROKEN'}"
        )
    return fits


def on_a_cluster(size: tuple[int, int, int]) -> bool:
    """Whether two workers of a cluster give the very file that one process gives."""
    from distributed import LocalCluster  # noqa: PLC0415  (of this measurement alone)

    with tempfile.TemporaryDirectory() as name:
        path, _heard, _true, _limit = written(size, Path(name))
        alone = ours(path)
        file = path.with_suffix(".json").read_bytes()
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            two = ours(path, "--scheduler", cluster.scheduler_address)
        same = path.with_suffix(".json").read_bytes() == file
    print(f"  one process {alone.seconds:.0f} s, two Dask workers {two.seconds:.0f} s,", end=" ")
    print(f"equal to the bit: {'yes' if same else 'NO'}")
    return same


def without_groups(times: int = 100) -> bool:
    found = 0
    for seed in range(times):
        people, statements = (200, 30) if seed % 2 else (500, 60)
        votes, _true, _limit = planted(
            people, statements, shares=(1.0,), spread=0, seed=1000 + seed
        )
        found += analysis(votes)["groups"] > 0
    print(f"random conversations with «no clear groups»: {times - found} of {times} (claim 95)")
    return found <= times * 0.05


def suspected() -> bool:
    """Planted crews, and conversations without any, some of them after a link was shared."""
    crews = sum(
        any(len(set(one.members) & set(range(600, 612))) >= 8 for one in bursts(votes))
        for votes in (conversation(100 + seed, crew=12) for seed in range(20))
    )
    false = sum(
        bool(bursts(conversation(200 + seed, shared=seed % 2 > 0, spread=0.28 + (seed % 3) / 2)))
        for seed in range(60)
    )
    print(f"planted crews found: {crews} of 20 (claim 18); false suspicions: {false} of 60 (< 3)")
    return crews >= 18 and false < 3


def real() -> bool:
    """Six conversations held on Polis: the same bits in five orders of lines; beside red-dwarf."""
    if not SHARED.is_dir():
        print("real conversations: not on this machine")
        return True
    print(
        f"{'real conversation':40}{'groups':>8}{'stability':>11}{'seconds':>9}{'ARI':>8}"
        "  five orders"
    )
    kept = True
    for folder in sorted(one for one in SHARED.iterdir() if one.is_dir()):
        path = folder / "votes.csv"
        path = path if path.exists() else folder / "participants-votes.csv"
        began = time.perf_counter()
        found = analysis(read_bytes(path.read_bytes()))
        seconds = time.perf_counter() - began
        same = reordered(path) == {json.dumps(found, sort_keys=True)}
        kept &= same
        print(
            f"{folder.name:40}{found['groups']:8}{found['stability']:11.2f}{seconds:9.2f}"
            f"{against(path, found):>8}  {'equal' if same else 'DIFFERENT'}"
        )
    print("ARI: against red-dwarf's groups for as many groups; nothing is claimed of it")
    return kept


def reordered(path: Path) -> set[str]:
    """What five other orders of the same lines give."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    dice = random.Random(5)
    found = set()
    for _turn in range(5):
        dice.shuffle(lines)
        whole = analysis(read_bytes("\n".join([head, *lines]).encode()))
        found.add(json.dumps(whole, sort_keys=True))
    return found


def against(path: Path, found: dict[str, Any]) -> str:
    """How alike red-dwarf's groups are, asked for as many, among those in a group of ours."""
    if not found["groups"]:
        return "–"
    votes = read_bytes(path.read_bytes())
    try:
        theirs = peer(votes, found["groups"])
    except ImportError:
        return "no peer"
    both = [
        one for one in found["participants"] if one["group"] is not None and one["id"] in theirs
    ]
    mine = np.array([one["group"] for one in both], dtype=np.int32)
    other = np.array([theirs[one["id"]] for one in both], dtype=np.int32)
    return f"{rand_index(mine, other):.2f}"


def peer(votes: Any, size: int | None) -> dict[str, int]:
    """The groups that red-dwarf finds, of its own number or of ours."""
    from reddwarf.implementations.base import run_pipeline  # noqa: PLC0415  (the peer alone)

    rows = zip(votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True)
    asked = [
        {"participant_id": row, "statement_id": column, "vote": value, "modified": 0}
        for row, column, value in rows
    ]
    found = run_pipeline(votes=asked, force_group_count=size, random_state=0).participants_df
    column = "cluster_id" if "cluster_id" in found else found.columns[-1]
    labels = found[column].dropna()
    return {votes.participants[int(row)]: int(label) for row, label in labels.items()}


def peer_alone(path: Path, out: Path) -> None:
    groups = peer(read_bytes(path.read_bytes()), None)
    participants = [{"id": name, "group": group} for name, group in groups.items()]
    out.write_text(json.dumps({"participants": participants}))


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--peer", type=Path)
    asked.add_argument("--json", type=Path)
    asked.add_argument("--large", action="store_true")
    said = asked.parse_args()
    if said.peer:
        peer_alone(said.peer, said.json)
    else:
        raise SystemExit(0 if main(large=said.large) else 1)
