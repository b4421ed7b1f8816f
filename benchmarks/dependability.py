"""Measures how long availability takes on estates of any size, and prints a Markdown table with what is asked of it.

    python benchmarks/dependability.py                                # all sizes, some minutes
    python benchmarks/dependability.py --sizes 1000 10000 --hard 1000
    python benchmarks/dependability.py --trees FOLDER                 # fault trees in Open-PSA XML as well

Every row is a process of its own. Seconds are CPU time; memory is the peak above what the graph took. The graph is
made up by estate/redundancy.py, the same one for the same size and seed.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from estate.redundancy import Grid, chances_of, edited, make_grid

from mofconf.analyses.dependability.figures import Chance, Figures
from mofconf.analyses.dependability.open_psa import read
from mofconf.analyses.dependability.solving import Solver
from mofconf.analyses.dependability.structure import View, structure
from mofconf.analyses.dependability.study import BUDGET
from mofconf.analyses.dependability.top_event import TopEvent

NARROW = 1e-4  # as wide as a proven interval may be
EDITS = 60
PATIENCE = 600  # seconds until a row is given up


class Bar(NamedTuple):
    """What is asked of a row: the most CPU seconds and megabytes, and the least share of services."""

    seconds: float
    megabytes: float | None = None
    exact: float | None = None
    narrow: float | None = None


ALL: Mapping[int, Bar] = {
    1_000: Bar(0.5, 100, exact=1),
    10_000: Bar(15, 1_000, exact=0.995, narrow=1),
    100_000: Bar(90, 4_000, narrow=0.99),
}
ONE, EDIT, TREE = Bar(0.2, exact=1), Bar(0.02), Bar(5, exact=1)
HARD = Bar(120, 1_000)  # no figure is asked for, only that the budget holds


def main() -> None:
    arguments = _arguments()
    if arguments.measure:
        what, *given = arguments.measure
        gc.disable()  # as the program does: what is made lives until the end
        print(json.dumps(MEASURES[what](*given)))
        return
    print(f"{platform.machine()}, Python {platform.python_version()}; budget {BUDGET:,} nodes\n")
    print("| what | services | exact | within 1e-4 | widest | CPU s | at most | MB | at most | |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    seed = str(arguments.seed)
    for size in arguments.sizes:
        _row(f"{size:,} nodes, all services", ALL.get(size, HARD), "all", str(size), seed, "near")
    _row("10,000 nodes, one service, structure loaded", ONE, "one", "10000", seed)
    _row(f"1,000 nodes, one edit (median of {EDITS})", EDIT, "edit", "1000", seed)
    for size in arguments.hard:
        _row(f"{size:,} nodes, hosts anywhere", HARD, "all", str(size), seed, "anywhere")
    for tree in sorted(arguments.trees.glob("*.xml")) if arguments.trees else ():
        _row(f"fault tree {tree.stem}", TREE, "tree", str(tree))


def _row(title: str, bar: Bar, *measure: str) -> None:
    command = [sys.executable, __file__, "--measure", *measure]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        print(f"| {title} | | | | | no end after {PATIENCE} s | {bar.seconds} | | {bar.megabytes or ''} | missed |")
        return
    if done.returncode:
        print(f"| {title} | | | | | ended with {done.returncode} | {bar.seconds} | | {bar.megabytes or ''} | missed |")
        print(done.stderr[-2000:], file=sys.stderr)
        return
    found = json.loads(done.stdout)
    met = (
        found["seconds"] <= bar.seconds
        and (bar.megabytes is None or found["megabytes"] <= bar.megabytes)
        and (bar.exact is None or found["exact"] >= bar.exact)
        and (bar.narrow is None or found["narrow"] >= bar.narrow)
    )
    print(
        f"| {title} | {found['services']:,} | {found['exact']:.2%} | {found['narrow']:.2%} | {found['widest']:.1e} "
        f"| {found['seconds']:.3f} | {bar.seconds} | {found['megabytes']:.0f} | {bar.megabytes or ''} "
        f"| {'met' if met else 'missed'} |",
        flush=True,
    )


def _all(size: str, seed: str, places: str) -> dict[str, Any]:
    """All services of an estate."""
    grid = make_grid(int(size), int(seed), near=places == "near")
    return _measured(lambda: _figures(grid, Solver(BUDGET)))


def _one(size: str, seed: str) -> dict[str, Any]:
    """One service after the other, each as if it were the first: the median."""
    grid = make_grid(int(size), int(seed))
    chosen = random.Random(int(seed)).sample(grid.services, 20)
    rows = [_measured(lambda one=one: _figures(grid._replace(services=[one]), Solver(BUDGET))) for one in chosen]
    slowest = max(rows, key=lambda row: row["seconds"])
    return {**slowest, "seconds": statistics.median(row["seconds"] for row in rows)}


def _edit(size: str, seed: str) -> dict[str, Any]:
    """Random edits, one after the other, with a solver that knows what was before."""
    grid = make_grid(int(size), int(seed))
    solver = Solver(BUDGET)
    _figures(grid, solver)
    dice = random.Random(int(seed))
    rows = []
    for _ in range(EDITS):
        grid = edited(grid, dice)
        rows.append(_measured(lambda grid=grid: _figures(grid, solver)))
    return {**rows[-1], "seconds": statistics.median(row["seconds"] for row in rows)}


def _tree(path: str) -> dict[str, Any]:
    """A fault tree: reading, the diagram, its probability, and how many minimal cut sets there are."""

    def figure() -> list[Chance]:
        tree = read(Path(path).read_bytes()).tree
        if tree is None:
            raise SystemExit(f"{path} is no fault tree")
        top = TopEvent(tree)
        top.counts()
        return [top.probability()]

    return _measured(figure)


MEASURES: Mapping[str, Callable[..., dict[str, Any]]] = {"all": _all, "one": _one, "edit": _edit, "tree": _tree}


def _figures(grid: Grid, solver: Solver) -> list[Chance]:
    views = [View(address) for address in grid.services]
    found = structure(grid.graph, views)
    solved = solver.solve(found)
    figures = Figures(solver, chances_of(grid, found.events))
    return [figures.of(solved[view]) for view in views]


def _measured(work: Callable[[], list[Chance]]) -> dict[str, Any]:
    memory, begin = _peak(), time.process_time()
    found = work()
    seconds = time.process_time() - begin
    widths = [chance.high - chance.low for chance in found]
    return {
        "services": len(found),
        "exact": sum(width == 0 for width in widths) / len(found),
        "narrow": sum(width <= NARROW for width in widths) / len(found),
        "widest": max(widths),
        "seconds": seconds,
        "megabytes": _peak() - memory,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[*ALL], help="nodes of the estates with locality")
    parser.add_argument("--hard", type=int, nargs="*", default=[1_000, 10_000], help="and of those without")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another estate (default: 1)")
    parser.add_argument("--trees", type=Path, help="a folder of fault trees in Open-PSA XML")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)  # one row, in a process of its own
    return parser.parse_args()


if __name__ == "__main__":
    main()
