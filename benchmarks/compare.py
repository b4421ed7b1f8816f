"""Measures mofconf against other programs on one estate in one run, and prints ratios as a Markdown table.

    python benchmarks/compare.py --size 10000 --runs 5
    python benchmarks/compare.py --size 10000 --runs 1 --only validate yamllint check-jsonschema

Every program is a process of its own; what counts is its CPU time (user and system, with that of
the processes that it started), because other work on the machine stretches the wall clock. The programs take
turns (A B C A B C ...) so that a noisy minute hits all of them, and the median of the turns is compared.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parent
SCHEMA = ROOT / "schemas" / "mofconf.schema.json"
BATCH = 10_000  # files on one command line; more than that does not fit
RUNS_OF_SLOW = 1  # the linters take a hundred times as long, and their ratio is that far from its limit


class Cost(NamedTuple):
    """What one turn took: CPU and wall time in seconds, peak memory of its largest process in bytes.

    The memory is at least that of this program (about 20 MB): the kernel counts from before the start on.
    """

    cpu: float
    wall: float
    memory: int


@dataclass
class Contender:
    """A program to measure. ``turn`` runs it once; ``limit``: the most that its ratio to the drain may be."""

    name: str
    title: str
    turn: Callable[[], Cost]
    costs: list[Cost] = field(default_factory=list)
    slow: bool = False
    limit: float | None = None

    @property
    def cpu(self) -> float:
        return statistics.median(cost.cpu for cost in self.costs)

    @property
    def wall(self) -> float:
        return statistics.median(cost.wall for cost in self.costs)

    @property
    def memory(self) -> int:
        return max(cost.memory for cost in self.costs)


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.estate or Path(made) / "estate"
        if not arguments.estate:
            print(_generate(folder, arguments), file=sys.stderr)
        contenders = [one for one in _contenders(folder) if one.name in {"drain", "bare", *arguments.only}]
        if not SCHEMA.exists():
            print(f"left out: check-jsonschema, because {SCHEMA.name} is not there", file=sys.stderr)
            contenders = [one for one in contenders if one.name != "check-jsonschema"]
        for turn in range(arguments.runs):
            for contender in contenders:
                if turn < RUNS_OF_SLOW or not contender.slow:
                    contender.costs.append(contender.turn())
                    print(f"{contender.title}: {contender.costs[-1].cpu:.2f} s", file=sys.stderr)
        _print_table(contenders, folder)
        _print_promises({contender.name: contender for contender in contenders})
        if "help" in arguments.only:
            _print_start(arguments.runs)


def _contenders(folder: Path) -> list[Contender]:
    """Everything that can be measured, the yardstick first."""
    files = sorted(str(path) for path in folder.rglob("*.yaml") if ".git" not in path.parts)
    single = [path for path in files if b"\n---\n" not in Path(path).read_bytes()]
    mofconf = [sys.executable, "-m", "mofconf"]
    checker = [str(Path(sys.executable).parent / "check-jsonschema"), "--schemafile", str(SCHEMA)]
    return [
        Contender("drain", "drain of PyYAML's C events", lambda: _drain(files)),
        Contender("bare", "the same, past yaml.parse", lambda: _drain(files, "--bare")),
        Contender(
            "validate",
            "mofconf validate",
            lambda: _run([*mofconf, "validate", "-C", str(folder)]),
            limit=3,
        ),
        Contender(
            "plan",
            "mofconf plan base..head",
            lambda: _run([*mofconf, "plan", "base..head", "-C", str(folder)]),
        ),
        Contender(
            "plain-plan",
            "the same without promises",
            lambda: _run([sys.executable, str(HERE / "plain_plan.py"), "base..head", "-C", str(folder)]),
            limit=5,
        ),
        Contender(
            "yamllint",
            "yamllint (relaxed)",
            lambda: _run([sys.executable, "-m", "yamllint", "-d", "relaxed", str(folder)]),
            slow=True,
        ),
        Contender(
            "check-jsonschema",
            "check-jsonschema",
            lambda: _in_batches(checker, single),
            slow=True,
        ),
    ]


def _drain(files: list[str], *options: str) -> Cost:
    return _run([sys.executable, str(HERE / "drain.py"), *options], given="\n".join(files), fine=(0,))


def _in_batches(command: list[str], files: list[str]) -> Cost:
    costs = [_run([*command, *files[start : start + BATCH]]) for start in range(0, len(files), BATCH)]
    return Cost(sum(cost.cpu for cost in costs), sum(cost.wall for cost in costs), max(cost.memory for cost in costs))


def _run(command: list[str], given: str = "", fine: tuple[int, ...] = (0, 1, 10)) -> Cost:
    """Run a program to its end. Findings (exit code 1) are fine, anything else is not a measurement."""
    with tempfile.TemporaryFile() as questions, tempfile.TemporaryFile() as complaints:
        questions.write(given.encode())
        questions.seek(0)
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdin=questions, stdout=subprocess.DEVNULL, stderr=complaints)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in fine:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace")[-2000:]
            message = f"{' '.join(command[:6])} ended with {process.returncode}:\n{said}"
            raise SystemExit(message)
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024)


def _print_table(contenders: list[Contender], folder: Path) -> None:
    yardstick = contenders[0]
    files = [path for path in folder.rglob("*.yaml") if ".git" not in path.parts]
    size = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {size / 1e6:.1f} MB; {platform.machine()}, Python {platform.python_version()}\n")
    print("| program | CPU s, median | least to most | wall s | to the drain | at most | peak MB | turns |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for one in contenders:
        each = [cost.cpu for cost in one.costs]
        limit = f"{one.limit:.2f}" if one.limit else ""
        print(
            f"| {one.title} | {one.cpu:.2f} | {min(each):.2f} to {max(each):.2f} | {one.wall:.2f} "
            f"| {one.cpu / yardstick.cpu:.2f} | {limit} | {one.memory / 1e6:.0f} | {len(each)} |"
        )


def _print_promises(contenders: Mapping[str, Contender]) -> None:
    """What promises add to a plan."""
    if {"plan", "plain-plan"} <= contenders.keys():
        ratio = contenders["plan"].cpu / contenders["plain-plan"].cpu
        print(f"\nA plan with promises takes {ratio:.2f} times one without; at most 1.5 are allowed.")


def _print_start(runs: int) -> None:
    """How long a program takes that does nothing, against one that only says what it could do."""
    nothing, helped = [], []
    for _ in range(max(7, runs)):
        nothing.append(_run([sys.executable, "-c", "pass"]))
        helped.append(_run([sys.executable, "-m", "mofconf", "--help"]))
    print("\n| program | CPU ms, median | wall ms, median |")
    print("| --- | --- | --- |")
    for title, costs in (("python -c pass", nothing), ("mofconf --help", helped)):
        cpu, wall = (statistics.median(cost[at] for cost in costs) * 1000 for at in (0, 1))
        print(f"| {title} | {cpu:.0f} | {wall:.0f} |")


def _generate(folder: Path, arguments: argparse.Namespace) -> str:
    """In a process of its own: what this one holds would count as memory of those that it starts."""
    command = [sys.executable, str(HERE / "generate.py"), str(folder), "--size", str(arguments.size)]
    history = ["--history", str(arguments.history)]
    return subprocess.run([*command, *history], check=True, capture_output=True, text=True).stdout


def _arguments() -> argparse.Namespace:
    names = ["validate", "plan", "plain-plan", "yamllint", "check-jsonschema", "help"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000, help="documents of the estate (default: 10000)")
    parser.add_argument("--history", type=int, default=100, help="files that base..head changes (default: 100)")
    parser.add_argument("--estate", type=Path, help="a folder that generate.py made with --history, used as it is")
    parser.add_argument("--runs", type=int, default=5, help="turns (default: 5); a slow program has one")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="what to measure (default: all)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
