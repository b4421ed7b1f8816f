"""Recovery: vectors by hand, a brute force over all orders of restoring, and what the command says."""

from __future__ import annotations

from itertools import combinations
from math import inf
from pathlib import Path
from typing import Any

import pytest
from commands import run
from estates import estate, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mofconf.analyses.recovery.recovering import Recoveries, Recovery

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


def recover(text: str, address: str = "Service/s", down: str = "") -> Recovery:
    workspace = estate(text)
    failed = frozenset(down.split()) if down else None
    return Recoveries(workspace.catalog, workspace.graph, [address], failed).of(address)


def things(*lines: str) -> str:
    """Documents from lines such as ``s 10m a,b``: name, recovery time (``-``: none), hard needs or a list in YAML."""
    documents = []
    for line in lines:
        name, time, needs = (*line.split(maxsplit=2), "")[:3]
        needs = needs if needs.startswith("[") else f"[{needs}]"
        kind = "Service" if name.startswith("s") else "Asset"
        time = "" if time == "-" else f"recoveryTime: {time}\n"
        documents.append(f"kind: {kind}\nname: {name}\n{time}needs: {needs}\n")
    return "---\n".join(documents)


# By hand: minutes until s is back, at least and at most, and the critical path.
TIMES: dict[str, tuple[str, float, float, str]] = {
    "nothing is needed": (things("s 10m"), 10, 10, "s"),
    "a chain adds up": (things("s 10m a", "a 20m b", "b 30m"), 60, 60, "s a b"),
    "of all that is needed the longest counts": (things("s 10m a,b", "a 20m", "b 30m"), 40, 40, "s b"),
    "a diamond counts what is shared once": (things("s 1m a,b", "a 10m d", "b 20m d", "d 5m"), 26, 26, "s b d"),
    "one of two: the faster": (things("s 10m [{anyOf: [a, b]}]", "a 20m", "b 30m"), 30, 30, "s a"),
    "two of three: the second": (
        things("s 10m [{atLeast: 2, of: [a, b, c]}]", "a 50m", "b 30m", "c 20m"),
        40,
        40,
        "s b",
    ),
    "a group whose members share something": (
        things("s 0s [{anyOf: [a, b]}]", "a 5m h", "b 1m i", "h 10m", "i 20m"),
        15,
        15,
        "s a h",
    ),
    "what is only wanted is not waited for": (things("s 10m [{ref: a, effect: degrades}]", "a 9h"), 10, 10, "s"),
    "without a time: a lower bound": (things("s 10m a,b", "a - ", "b 30m"), 40, inf, "s b"),
    "without a time in a group: between": (things("s 10m [{anyOf: [a, b]}]", "a -", "b 30m"), 10, 40, "s a"),
    "tolerated as long as it takes": (things("s 10m [{ref: a, tolerates: 1h}]", "a 1h"), 10, 10, "s"),
    "tolerated, but not so long": (things("s 10m [{ref: a, tolerates: 59m}]", "a 1h"), 70, 70, "s a"),
    "a knot cannot start cold": (things("s 10m a", "a 1m b", "b 1m a"), inf, inf, ""),
    "a knot with a way in": (things("s 10m a", "a 1m [{anyOf: [b, c]}]", "b 2m a", "c 3m"), 14, 14, "s a c"),
    "needing oneself": (things("s 10m s"), inf, inf, ""),
    "the mean time to repair stands in": (
        (
            "kind: Service\nname: s\nneeds: [a]\navailability: {percent: 99%, mttr: 7m}\n---\n"
            "kind: Asset\nname: a\navailability: {mtbf: 100h, mttr: 20m}\n"
        ),
        27,
        27,
        "s a",
    ),
    "a recovery time counts before it": (
        (
            "kind: Service\nname: s\nneeds: [a]\nrecoveryTime: 1m\navailability: {percent: 99%, mttr: 7m}\n---\n"
            "kind: Asset\nname: a\nrecoveryTime: 2m\navailability: {mtbf: 100h, mttr: 20m}\n"
        ),
        3,
        3,
        "s a",
    ),
    "instances side by side": (
        (
            "kind: Service\nname: s\nneeds: [a]\nrecoveryTime: 1m\n---\n"
            "kind: Asset\nname: a\nrecoveryTime: 5m\n"
            "instances: {x: {}, y: {recoveryTime: 9m}, z: {recoveryTime: 20m}}\n"
            "up: {atLeast: 2}\n"
        ),
        10,
        10,
        "s a a/y",
    ),
    "hosts and places come first": (
        (
            "kind: Service\nname: s\nneeds: [a]\nrecoveryTime: 1m\n---\n"
            "kind: Asset\nname: a\nrecoveryTime: 2m\nrunsOn: h\n---\n"
            "kind: Asset\nname: h\nrecoveryTime: 4m\nlocation: l\n---\nkind: Location\nname: l\nrecoveryTime: 8m\n"
        ),
        15,
        15,
        "s a h l",
    ),
    "a contract stands in for what states nothing": (
        things("s 10m a", "a -")
        + "---\nkind: Partner\nname: p\n---\nkind: Contract\nname: c\npartner: p\ncovers: [a]\nrestore: {1: 2h}\n",
        130,
        130,
        "s a",
    ),
    "its worst case counts before its priority": (
        things("s 10m a", "a -")
        + "---\nkind: Partner\nname: p\n---\nkind: Contract\nname: c\npartner: p\ncovers: [a]\nrestore: {1: 2h}\n"
        "recovery: {rto: 1h}\n",
        70,
        70,
        "s a",
    ),
    "what is retired never comes back": (
        things("s 10m a") + "---\nkind: Asset\nname: a\nstatus: disposed\n",
        inf,
        inf,
        "",
    ),
    "what nobody declares may take any time": (things("s 10m a"), 10, inf, "s"),
    "in a group it is not there": (things("s 10m [{anyOf: [a, b]}]", "b 30m"), 40, 40, "s b"),
}


@pytest.mark.parametrize(("text", "low", "high", "path"), TIMES.values(), ids=TIMES)
def test_times(text: str, low: float, high: float, path: str) -> None:
    found = recover(text)
    assert (found.low, found.high) == (low * MINUTE, high * MINUTE)
    critical = [step.address.partition("/")[2] for step in reversed(found.steps) if step.critical]
    wanted = path.split()
    assert critical == wanted or (low != high and set(wanted) <= set(critical))


PAIR = things("s 1m [{anyOf: [a, b]}]", "a 2m h", "b 3m i", "h 10m", "i 20m").replace(
    "name: h\n", "name: h\navailability: {percent: 99%, mttr: 4h}\n"
)

# What has failed, minutes until s is back, and how long each thing takes by itself.
SCENARIOS: dict[str, tuple[str, str, float, dict[str, str]]] = {
    "what stands by keeps it up": (PAIR, "Asset/h", 0, {}),
    "what has failed is repaired, what stopped is started": (
        PAIR,
        "Asset/h Asset/i",
        24,
        {"Asset/i": "recovery time", "Asset/b": "recovery time", "Service/s": "recovery time"},
    ),
    "the repair counts": (
        things("s 1m a", "a 2m h", "h 10m").replace("name: h\n", "name: h\navailability: {percent: 99%, mttr: 4h}\n"),
        "Asset/h",
        243,
        {"Asset/h": "mttr", "Asset/a": "recovery time", "Service/s": "recovery time"},
    ),
    "a short outage is tolerated, and nothing stops": (
        things("s 1m [{ref: a, tolerates: 30m}]", "a 30m"),
        "Asset/a",
        0,
        {},
    ),
    "a long one is not": (things("s 1m [{ref: a, tolerates: 29m}]", "a 30m"), "Asset/a", 31, {}),
    "a knot that stays up needs no start": (things("s 1m a,c", "a 1m b", "b 1m a", "c 5m"), "Asset/c", 6, {}),
    "a knot that stops cannot start": (things("s 1m a", "a 1m b", "b 1m a,c", "c 5m"), "Asset/c", inf, {}),
    "a tolerated part of a knot does not stop it": (
        things("s 1m a", "a 1m [b, {ref: c, tolerates: 1h}]", "b 1m a", "c 5m"),
        "Asset/c",
        0,
        {},
    ),
}


@pytest.mark.parametrize(("text", "down", "minutes", "sources"), SCENARIOS.values(), ids=SCENARIOS)
def test_scenarios(text: str, down: str, minutes: float, sources: dict[str, str]) -> None:
    found = recover(text, down=down)
    assert found.low == found.high == minutes * MINUTE
    if sources:
        assert {step.address: step.own.source for step in found.steps} == sources


def test_waves_and_what_can_wait() -> None:
    found = recover(
        things("s 1m a,b", "a 10m d", "b 20m [{anyOf: [d, e]}, {ref: f, tolerates: 2h}]", "d 5m", "e 6m", "f 1h")
    )
    assert [(step.address, step.wave, step.start / MINUTE, step.within) for step in found.steps] == [
        ("Asset/d", 1, 0, None),
        ("Asset/f", 1, 0, 2 * HOUR),
        ("Asset/a", 2, 5, None),
        ("Asset/b", 2, 5, None),
        ("Service/s", 3, 25, None),
    ]
    assert found.spare == ("Asset/e",)


def test_obstacles_are_named() -> None:
    knots = recover(things("s 1m a,c", "a 1m b", "b 1m a", "c 1m d", "d 1m c"))
    assert knots.obstacles == (("Asset/a", "Asset/b"), ("Asset/c", "Asset/d"))
    gone = recover(things("s 1m a,b", "b 1m") + "---\nkind: Asset\nname: a\nstatus: withdrawn\n")
    assert gone.obstacles == (("Asset/a",),)
    assert recover(things("s 1m [{atLeast: 2, of: [a, b]}]", "a 1m")).obstacles == (("Service/s",),)


SLA = "---\nkind: SLA\nname: p\nservice: s\nrecovery: {{rto: {}}}\n"
VERDICTS = [
    (things("s 10m a", "a 20m"), "30m", "holds", ()),
    (things("s 10m a", "a 20m"), "29m", "broken", ()),
    (things("s 10m a,b", "a 20m", "b -"), "29m", "broken", ("Asset/b",)),
    (things("s 10m a,b", "a 20m", "b -"), "30m", "undecided", ("Asset/b",)),
    (things("s 10m [{anyOf: [a, b]}]", "a 20m", "b -"), "30m", "holds", ("Asset/b",)),
    (things("s 10m [{anyOf: [a, b]}]", "a 20m c", "b -", "c -"), "5h", "undecided", ("Asset/b", "Asset/c")),
]


@pytest.mark.parametrize(("text", "rto", "verdict", "unknown"), VERDICTS)
def test_verdicts_of_time(text: str, rto: str, verdict: str, unknown: tuple[str, ...]) -> None:
    found = recover(text + SLA.format(rto))
    assert [(one.kind, one.by, one.verdict) for one in found.objectives] == [("rto", "SLA/p", verdict)]
    assert found.unknown == unknown


# --- data -----------------------------------------------------------------------------------------------------------

DATA = """kind: Service
name: s
needs: [{anyOf: [a, b]}]
dataLossTolerance: 1h
---
kind: Asset
name: a
runsOn: ha
holds: [orders]
---
kind: Asset
name: b
runsOn: hb
holds: [orders]
---
kind: Asset
name: ha
---
kind: Asset
name: hb
---
kind: Asset
name: vault
---
kind: DataSet
name: orders
"""


def job(name: str, more: str) -> str:
    return f"---\nkind: Job\nname: {name}\ntype: backup\n{more}\n"


NIGHTLY = job("full", 'protects: [orders]\nschedule: "0 2 * * *"\nlongestRun: 40m\ntarget: vault')
LOSSES: dict[str, tuple[str, float, float, str, str]] = {
    "no backup": ("", inf, inf, "broken", ""),
    "the pause and a run": (NIGHTLY, DAY + 40 * MINUTE, DAY + 40 * MINUTE, "broken", ""),
    "the best of several": (
        NIGHTLY + job("log", "level: incremental\nprotects: [orders]\nschedule: {every: 10m}\nlongestRun: 2m"),
        12 * MINUTE,
        12 * MINUTE,
        "holds",
        "",
    ),
    "an incremental one needs a full one": (
        job("log", "level: incremental\nprotects: [orders]\nschedule: {every: 10m}\nlongestRun: 2m"),
        inf,
        inf,
        "broken",
        "no full backup",
    ),
    "how long a run takes is not stated": (
        job("full", "protects: [orders]\nschedule: {every: 10m}"),
        10 * MINUTE,
        inf,
        "undecided",
        "",
    ),
    "when it runs is not stated": (job("full", "protects: [orders]\nlongestRun: 1m"), MINUTE, inf, "undecided", ""),
    "it follows another job": (
        job("dump", "protects: []\nschedule: {every: 20m}\nlongestRun: 5m")
        + job("copy", "protects: [orders]\nafter: [dump]\nlongestRun: 3m"),
        28 * MINUTE,
        28 * MINUTE,
        "holds",
        "",
    ),
    "jobs that wait for each other": (
        job("x", "protects: [orders]\nafter: [y]\nlongestRun: 3m") + job("y", "after: [x]\nlongestRun: 3m"),
        6 * MINUTE,
        inf,
        "undecided",
        "",
    ),
    "an asset is protected": (
        job("full", "protects: [Asset/a]\nschedule: {every: 10m}\nlongestRun: 1m"),
        11 * MINUTE,
        11 * MINUTE,
        "holds",
        "",
    ),
    "a service is protected, with all that it needs": (
        job("full", "protects: [Service/s]\nschedule: {every: 10m}\nlongestRun: 1m"),
        11 * MINUTE,
        11 * MINUTE,
        "holds",
        "",
    ),
    "a selection is protected": (
        job("full", "protects: {select: kind=DataSet}\nschedule: {every: 10m}\nlongestRun: 1m"),
        11 * MINUTE,
        11 * MINUTE,
        "holds",
        "",
    ),
    "a copy beside one of two originals": (
        job("full", "protects: [orders]\nschedule: {every: 10m}\nlongestRun: 1m\ntarget: ha"),
        11 * MINUTE,
        11 * MINUTE,
        "holds",
        "",
    ),
    "another sort of job brings nothing back": (
        NIGHTLY
        + "---\nkind: Job\nname: m\ntype: monitoring\nprotects: [orders]\nschedule: {every: 1m}\nlongestRun: 1m\n",
        DAY + 40 * MINUTE,
        DAY + 40 * MINUTE,
        "broken",
        "",
    ),
}


@pytest.mark.parametrize(("jobs", "low", "high", "verdict", "unfit"), LOSSES.values(), ids=LOSSES)
def test_losses(jobs: str, low: float, high: float, verdict: str, unfit: str) -> None:
    found = recover(DATA + jobs)
    [data] = found.data
    assert (data.address, data.holders, data.left) == ("DataSet/orders", ("Asset/a", "Asset/b"), ())
    assert (data.low, data.high) == (found.lost_low, found.lost_high) == (low, high)
    assert [(one.kind, one.by, one.verdict) for one in found.objectives] == [("rpo", "Service/s", verdict)]
    assert unfit in "".join(backup.unfit for backup in data.backups)
    assert bool(unfit) == any(backup.unfit for backup in data.backups)
    assert bool(found.unstated) == (verdict == "undecided")


def test_a_copy_beside_the_only_original_is_no_copy() -> None:
    alone = DATA.replace("needs: [{anyOf: [a, b]}]", "needs: [a]")
    found = recover(alone + job("full", "protects: [orders]\nschedule: {every: 10m}\nlongestRun: 1m\ntarget: ha"))
    assert found.lost_low == inf
    assert found.data[0].backups[0].unfit == "its copies in Asset/ha are lost too"


def test_in_a_scenario_what_still_stands_loses_nothing() -> None:
    assert recover(DATA + NIGHTLY, down="Asset/ha").lost_high == 0
    both = recover(DATA + NIGHTLY, down="Asset/ha Asset/hb")
    assert both.lost_high == DAY + 40 * MINUTE
    with_vault = recover(DATA + NIGHTLY, down="Asset/ha Asset/hb Asset/vault")
    assert with_vault.lost_low == inf
    # What adds to a full backup is worth nothing when that is gone.
    log = job("log", "level: incremental\nprotects: [orders]\nschedule: {every: 10m}\nlongestRun: 2m")
    assert recover(DATA + NIGHTLY + log, down="Asset/ha Asset/hb").lost_low == 12 * MINUTE
    assert recover(DATA + NIGHTLY + log, down="Asset/ha Asset/hb Asset/vault").lost_low == inf


def test_jobs_in_long_rows_and_in_tangles() -> None:
    """A row of a thousand, and forty steps of two jobs that both wait for both before: more ways than anyone counts."""
    text = DATA + job("row0", "schedule: {every: 1h}\nlongestRun: 1m\nprotects: []")
    for number in range(1, 1001):
        protects = "[orders]" if number == 1000 else "[]"
        text += job(f"row{number}", f"after: [row{number - 1}]\nlongestRun: 1s\nprotects: {protects}")
    assert recover(text).lost_low == HOUR + MINUTE + 1000
    text = (
        DATA + job("p0", "schedule: {every: 1h}\nlongestRun: 1m") + job("q0", "schedule: {every: 2h}\nlongestRun: 0s")
    )
    for number in range(1, 41):
        before = f"after: [p{number - 1}, q{number - 1}]\nlongestRun: 1m\n"
        text += job(f"p{number}", before) + job(f"q{number}", before + "protects: [orders]" * (number == 40))
    assert recover(text).lost_low == 2 * HOUR + 41 * MINUTE


def test_without_data_nobody_knows() -> None:
    found = recover("kind: Service\nname: s\ndataLossTolerance: 1h\n")
    assert (found.lost_low, [one.verdict for one in found.objectives]) == (None, ["undecided"])


# --- brute force ----------------------------------------------------------------------------------------------------

NAMES = ("s", "a", "b", "c", "d", "e")


@st.composite
def estates(draw: st.DrawFn) -> dict[str, tuple[int, list[tuple[int, list[str]]]]]:
    """For each thing its own time in minutes, and groups of which so many are needed; knots included."""
    made = {}
    for name in NAMES:
        others = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
        groups = draw(st.lists(others, max_size=2))
        made[name] = (
            draw(st.sampled_from([0, 1, 5, 20])),
            [(draw(st.integers(1, len(group))), group) for group in groups],
        )
    return made


def back_at(made: dict[str, tuple[int, list[tuple[int, list[str]]]]]) -> float:
    """Minute by minute: start whatever has what it needs, until nothing more can be started."""
    done: dict[str, float] = {}
    running: dict[str, float] = {}
    now = 0.0
    while True:
        started = True
        while started:
            started = False
            for name, (own, groups) in made.items():
                there = {one for one, end in done.items() if end <= now}
                if name not in running and all(len(there & set(group)) >= least for least, group in groups):
                    running[name] = done[name] = now + own
                    started = True
        later = [end for end in running.values() if end > now]
        if not later:
            return done.get("s", inf)
        now = min(later)


@given(estates())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_times_agree_with_a_clock(made: dict[str, tuple[int, list[tuple[int, list[str]]]]]) -> None:
    lines = []
    for name, (own, groups) in made.items():
        needs = [f"{{atLeast: {least}, of: [{', '.join(group)}]}}" for least, group in groups]
        lines.append(f"{name} {own}m [{', '.join(needs)}]")
    found = recover(things(*lines))
    assert found.low == found.high == back_at(made) * MINUTE
    ends = {step.address: step.end for step in found.steps}
    waves = {step.address: step.wave for step in found.steps}
    for step in found.steps:
        assert all(waves[one] < step.wave and ends[one] <= step.start for one in step.after)
        assert step.end == step.start + (step.own.time.total_seconds() if step.own.time else 0.0)
    assert bool(found.obstacles) == (found.low == inf)


@given(estates(), st.sets(st.sampled_from(NAMES[1:]), max_size=2), st.integers(0, 3))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_more_failures_take_no_less(made: Any, failed: set[str], count: int) -> None:
    lines = []
    for name, (own, groups) in made.items():
        needs = [f"{{atLeast: {least}, of: [{', '.join(group)}]}}" for least, group in groups]
        lines.append(f"{name} {own}m [{', '.join(needs)}]")
    text = things(*lines)
    some = recover(text, down=" ".join(f"Asset/{one}" for one in sorted(failed))).low if failed else 0.0
    for more in list(combinations(NAMES[1:], count))[:4]:
        together = recover(text, down=" ".join(f"Asset/{one}" for one in sorted({*failed, *more})) or "Asset/zzz")
        assert together.low >= some


@st.composite
def layered(draw: st.DrawFn) -> dict[str, tuple[int, list[tuple[int, list[str], int]]]]:
    """For each thing its own time, and groups of what comes after it, with the minutes that they are tolerated for."""
    made = {}
    for place, name in enumerate(NAMES):
        groups = []
        for _ in range(draw(st.integers(0, 2)) if place + 1 < len(NAMES) else 0):
            members = draw(st.lists(st.sampled_from(NAMES[place + 1 :]), min_size=1, max_size=3, unique=True))
            groups.append((draw(st.integers(1, len(members))), members, draw(st.sampled_from([0, 0, 5, 20, 30]))))
        made[name] = (draw(st.sampled_from([0, 1, 5, 20])), groups)
    return made


@given(layered(), st.sets(st.sampled_from(NAMES), min_size=1, max_size=3))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_scenarios_agree_with_the_definition(
    made: dict[str, tuple[int, list[tuple[int, list[str], int]]]], failed: set[str]
) -> None:
    """What is needed comes before what needs it, so that one pass tells what is down, and when it is back."""
    back: dict[str, int] = {}  # of what is down
    for name, (own, groups) in reversed(made.items()):
        waits = []
        for least, members, tolerated in groups:
            when = sorted(back.get(one, -1) for one in members)[least - 1]  # what is up is there before all others
            if when >= 0 and (when > tolerated or not tolerated):
                waits.append(when)
        if waits or name in failed:
            back[name] = own + max(waits, default=0)
    lines = []
    for name, (own, groups) in made.items():
        needs = [
            f"{{atLeast: {least}, of: [{', '.join(members)}]" + (f", tolerates: {tolerated}m}}" if tolerated else "}")
            for least, members, tolerated in groups
        ]
        lines.append(f"{name} {own}m [{', '.join(needs)}]")
    down = " ".join(f"{'Service' if one == 's' else 'Asset'}/{one}" for one in sorted(failed))
    found = recover(things(*lines), down=down)
    assert found.low == found.high == back.get("s", 0) * MINUTE
    assert {step.address.partition("/")[2] for step in found.steps} <= back.keys()
    for step in found.steps:
        assert step.end == back[step.address.partition("/")[2]] * MINUTE
        assert step.start == max((back[one.partition("/")[2]] for one in step.after), default=0) * MINUTE


# --- rules, and what people read ------------------------------------------------------------------------------------


def test_rules_say_why() -> None:
    text = things("s 10m a", "a 20m") + SLA.format("29m")
    assert told(text, "recovery-misses-rto") == [
        (
            "catalog/a.yaml:14:17 SLA/p promises Service/s back within 29m, and that takes 30m: "
            "the slowest on the way is Asset/a with 20m"
        )
    ]
    [knot] = told(things("s 1m a", "a 1m b", "b 1m a") + SLA.format("1h"), "recovery-misses-rto")
    assert knot.endswith("cannot come back at all: Asset/a and Asset/b wait for each other")
    assert told(things("s 10m a", "a -") + SLA.format("11m"), "recovery-misses-rto") == []
    ended = SLA.replace("name: p\n", "name: p\nexpires: 2026-11-21\n")
    assert told(things("s 10m a", "a 20m") + ended.format("29m"), "recovery-misses-rto") == []
    [bare] = told(DATA, "backup-misses-rpo")
    assert bare.endswith(
        "Service/s allows 1h of data to be lost, and of DataSet/orders all would be: no backup protects it"
    )
    [slow] = told(DATA + NIGHTLY, "backup-misses-rpo")
    assert slow.endswith("of DataSet/orders 1d40m may be")


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(DATA + NIGHTLY + SLA.format("1h"), encoding="utf-8")
    said = run("-C", tmp_path, "recovery", "Service/s", code=0).out
    assert "RPO 1h is broken" in said
    assert "Job/full" in said
    assert "has no recovery time, no MTTR" in said
    data = run("-C", tmp_path, "recovery", "Service/s", "--down", "ha", "-o", "json", code=0).data
    assert data["verdict"]["state"] == "holds"
    assert data["data"]["recoveries"][0]["data"][0]["left"] == ["Asset/b"]
    assert "nothing matches" in run("-C", tmp_path, "recovery", "Service/s", "--down", "kind=Person", code=2).err
    assert "no service, asset or location matches" in run("-C", tmp_path, "recovery", "DataSet/orders", code=2).err
    several = run("-C", tmp_path, "recovery", "kind=Asset", "-o", "markdown", code=0).out
    assert "| Asset/a" in several or "Asset/a" in several


def test_protection_lost_is_shown_by_a_plan(tmp_path: Path) -> None:
    for side, text in (("before", DATA + NIGHTLY), ("after", DATA)):
        (tmp_path / side / "catalog").mkdir(parents=True)
        (tmp_path / side / "catalog" / "a.yaml").write_text(text, encoding="utf-8")
    plan = run("plan", "--from", tmp_path / "before", "--to", tmp_path / "after", "-o", "json").data["data"]
    [hit] = [one for one in plan["consequences"] if one["outcome"] == "orphaned"]
    assert (hit["address"], hit["culprits"]) == ("DataSet/orders", ["Job/full"])


def test_what_if_a_repair_took_longer(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    text = "kind: Service\nname: s\nneeds: [a]\nrecoveryTime: 0s\n---\nkind: Asset\nname: a\n"
    stated = "availability: {percent: 99%, mttr: 1h}\n"
    (tmp_path / "catalog" / "a.yaml").write_text(text + stated, encoding="utf-8")
    asked = ("-C", tmp_path, "recovery", "s", "--down", "Asset/a", "-o", "json")
    for more, hours in (((), 1), (("--set", "Asset/a.availability={percent: 99%, mttr: 8h}"), 8)):
        [found] = run(*asked, *more).data["data"]["recoveries"]
        assert (found["low"], found["high"]) == (hours * 3600, hours * 3600)
