"""What the commands about availability, promises and recovery say in corners that their own tests do not visit.

Each case is an estate, a command, lines of its text, and words that must not stand there. Its JSON fits the schema.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from commands import run
from conftest import ROOT
from estates import TODAY, files_of

from mofconf.analyses.dependability.solving import Solver
from mofconf.cli.whatif import WhatIf


class Case(NamedTuple):
    """Files, arguments, lines that are said, words that are not, and the exit code."""

    files: str
    arguments: str
    said: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    code: int = 0


def service(rest: str, *things: str) -> str:
    """A service s, and what there is beside it."""
    return "---\n".join([f"kind: Service\nname: s\n{rest}\n", *(f"{thing}\n" for thing in things)])


BARE = service("needs: [db]", "kind: Asset\nname: db")
RARE = service("availability: 0.001%")
GONE = service("needs: [db]", "kind: Asset\nname: db\nstatus: withdrawn", "kind: Service\nname: t\navailability: 99%")
THREE = service("availability: 100%\nneeds: [{anyOf: [a, b, c]}]", *(f"kind: Asset\nname: {x}" for x in "abc"))
ENDED = service("availability: 99%", "kind: SLA\nname: p\nservice: s\nexpires: 2020-01-01")
LOST = service("availability: 99%", "kind: SLA\nname: p\nservice: gone\ntargets: {availability: 99%}")
TIMES = service(
    "recoveryTime: 5m\nneeds: [db]",
    "kind: Asset\nname: db\nrecoveryTime: 10m\nrunsOn: host\nsupplier: p",
    "kind: Asset\nname: host",
    "kind: Partner\nname: p",
)
PROMISED = service(
    "needs: [db]",
    "kind: Asset\nname: db\nholds: [d]\nsupplier: p",
    "kind: DataSet\nname: d",
    "kind: Partner\nname: p",
    "kind: Contract\nname: c\npartner: p\ncovers: [db]\nrestore: {1: 2h}",
    "kind: SLA\nname: p\nservice: s\nrecovery: {rto: 1h, rpo: 1h}",
)
CALENDAR = "kind: Calendar\nname: never\nhours: {}"
NEVER = (
    "kind: Job\nname: full\ntype: backup\nprotects: [d]\nlongestRun: 1m\nschedule: {cron: '@daily', calendar: never}"
)
HOURS = service(
    "needs: [a]",
    "kind: SLA\nname: p\nservice: s\nhours: 24x7\nrestore: {1: 4h}",
    "kind: Asset\nname: a\nowner: x",
    "kind: Team\nname: x",
    "kind: OLA\nname: o\nteam: x\nsupports: [a]\nhours: early\nrestore: {1: 90m}",
    'kind: Calendar\nname: early\nhours: {monday: ["08:00-10:00"]}',
)
DICE = "kind: Asset\nname: a\navailability: {percent: 99%, mttr: 1h}\n"
CONTRACT = service(
    "availability: 99.9%\nneeds: [db]",
    "kind: Asset\nname: db\nsupplier: p",
    "kind: Partner\nname: p",
    "kind: Contract\nname: c\npartner: p\ncovers: [db]\ntargets: {availability: 99%}",
)

CASES: dict[str, Case] = {
    "nothing is known": Case(BARE, "availability s", ("VERDICT  how much of the time Service/s works is not known\n",)),
    "what one hangs on stands below": Case(
        CONTRACT, "availability s", ("down a month   down a year\n",), ("hangs on",)
    ),
    "who promises a figure is pointed at": Case(
        CONTRACT, "availability s", ("promised by Contract/c   catalog/a.yaml:17:25\n",)
    ),
    "next to nothing is not nothing": Case(RARE, "availability s", ("VERDICT  Service/s works 0.001% of the time, ",)),
    "two are down, one is not": Case(
        GONE, "cfia", ("VERDICT  nothing that is needed takes a service down alone; 1 of 2 is down already\n",)
    ),
    "one is down": Case(GONE, "cfia s", ("VERDICT  Service/s is down already, ",), ("Service 1",)),
    "the cuts of what nobody knows": Case(BARE, "cuts s", ("   how much of the time it works is not known\n",)),
    "no cuts of two": Case(THREE, "cuts s --order 3", ("  3 failures at once\n",), ("2 failures at once",)),
    "one unknown": Case(
        CONTRACT.replace("percent", "p").replace("targets: {availability: 99%}", "notice: 1d"),
        "importance s",
        ("is decisive in 100% of the downtime, with 1 unknown at its best\n",),
    ),
    "an SLA that has ended": Case(
        ENDED,
        "promises",
        (
            "VERDICT  1 promise ended\n",
            "    all checks   not applicable   it ended on 2020-01-01   catalog/a.yaml:8:10\n",
        ),
        ("kept",),
    ),
    "an SLA about nothing": Case(
        LOST,
        "promises",
        (
            "VERDICT  1 promise undecided\n",
            "    all checks   undecided   Service/gone does not exist   catalog/a.yaml:7:10\n",
        ),
    ),
    "a promise of what nobody knows": Case(
        service("needs: [db]", "kind: Asset\nname: db", "kind: SLA\nname: p\nservice: s\ntargets: {availability: 99%}"),
        "promises",
        ("availability   undecided        not known, 99% promised; nothing behind Service/s states an availability ",),
        ("at least 0 minutes",),
    ),
    "times in the hours of another": Case(
        HOURS,
        "promises",
        (" minutes (OLA/o within early), and 240 are promised ", "nobody answers on 20", ", for example "),
    ),
    "what cannot be brought back": Case(
        PROMISED,
        "promises",
        (
            "it is back after 2h or more, and 1h is promised (and 1 more)",
            "because  no backup brings back all of its data, and 1h is promised\n",
            "  help: `mofconf recovery Service/s` shows what takes so long\n",
        ),
        ("for ever",),
        code=1,
    ),
    "a backup that never runs": Case(
        f"{PROMISED}---\n{CALENDAR}\n---\n{NEVER}\n",
        "recovery Service/s",
        ("    DataSet/d   all of it   catalog/a.yaml:11:7\n      because  Job/full never runs\n",),
    ),
    "a backup that never runs is no best one": Case(
        f"{PROMISED}---\n{CALENDAR}\n---\n{NEVER}\n",
        "validate --promises",
        (
            ": Job/full never runs\n",
            "  help: mend Job/full, or write a Job of type backup that protects DataSet/d, with its copies elsewhere\n",
        ),
    ),
    "lower bounds": Case(
        TIMES,
        "recovery s",
        (
            "    unknown       Asset/host   unknown                   catalog/a.yaml:13:7\n",
            "    10m or more   Asset/db     10m       recovery time   catalog/a.yaml:7:7\n",
            "    2      10m or more   Asset/db\n",
            "  Order   3 things to restore\n",
            "    Asset/host   has no recovery time, no MTTR   catalog/a.yaml:13:7\n",
        ),
        ("0s", "more can wait"),
    ),
    "who promises a time": Case(PROMISED, "recovery Asset/db", ("2h      promised by Contract/c   catalog/",)),
    "conditions stand together": Case(
        TIMES, "recovery s --down db --without host", ("recovery  Service/s, with db down, without host   in folder",)
    ),
    "no time at all": Case(BARE, "recovery s", ("VERDICT  nobody can tell when Service/s is back\n",)),
    "gone for good": Case(GONE, "recovery s", ("    Asset/db   is gone for good   catalog/a.yaml:6:7\n",)),
    "too few of a group": Case(
        service("needs: [{anyOf: [x, y]}]"), "recovery s", ("    Service/s   needs more than there is   ",)
    ),
    "a circle of two": Case(
        service("needs: [t]", "kind: Service\nname: t\nneeds: [s]"),
        "recovery s",
        ("because  each waits for the other: let Service/s start without Service/t\n",),
    ),
    "only some objectives": Case(
        f"{PROMISED}---\nkind: Service\nname: t\n",
        "recovery kind=Service",
        ("VERDICT  2 objectives: 2 broken\n",),
    ),
    "so few outages": Case(
        DICE.replace("1h", "30d"),
        "simulate a --months 12",
        ("outside that interval, as there were so few outages: ask for more months\n", "    have none           "),
    ),
    "a subject for the verdict": Case(DICE, "simulate a --months 12", ("VERDICT  Asset/a works 9",)),
    "too many outages": Case(
        DICE.replace("1h", "1s"), "simulate a --months 1000000", ("help: ask for fewer: --months 1157\n",), code=3
    ),
    "repairs in no time": Case(
        DICE.replace("1h", "1ms"), "simulate a --months 12", ("repairs that take longer make fewer outages\n",), code=3
    ),
    "two sorts of lack": Case(
        service("availability: 99%\nneeds: [a]", "kind: Asset\nname: a\navailability: {low: 9%, high: 99%}"),
        "simulate s",
        ("can be simulated: no mttr is stated for Service/s; only a range for Asset/a\n", "or suppose it with --set\n"),
        code=3,
    ),
    "a share without its sign": Case(
        service("availability: 0.999"), "validate", ("0.999 is ambiguous, write 0.999% or 99.9%\n",), code=1
    ),
    "an unknown that is written out": Case(
        service("availability: unknown"), "validate", ("'unknown' is not a percentage, leave the field out\n",), code=1
    ),
    "a repair in no time": Case(
        service("availability: {percent: 99%, mttr: 0m}"),
        "validate",
        ("mttr 0 would mean that it is back before it is down; write more than that, or leave it out\n",),
        code=1,
    ),
    "a range as options have it": Case(
        service("availability: 98%..99%"),
        "validate",
        ("'98%..99%' looks like a range, write it for example {low: 99.9%, high: 99.99%}\n",),
        code=1,
    ),
    "a range upside down": Case(
        service("availability: {low: 99%, high: 98%}"), "validate", ("low 99% is above high 98%\n",), code=1
    ),
}


def _asked(case: Case, folder: Path) -> list[str | Path]:
    for path, text in files_of(case.files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return ["-C", folder, *case.arguments.split(), "--at", str(TODAY)]


@pytest.mark.parametrize("name", CASES)
def test_what_is_said(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    said = run(*_asked(case, tmp_path), code=case.code)
    text = said.out + said.err
    assert [line for line in case.said if line not in text] == []
    assert [words for words in case.unsaid if words in text] == []


@pytest.fixture(scope="module")
def schema() -> Any:
    described = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(described)(described)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.code < 2])
def test_programs_are_told_what_the_schema_says(name: str, tmp_path: Path, schema: Any) -> None:
    answer = run(*_asked(CASES[name], tmp_path), "-o", "json", code=CASES[name].code).data
    assert [error.message for error in schema.iter_errors(answer)] == []


def test_promises_are_worked_out_with_the_budget_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Solver] = []

    def solver(supposed: WhatIf) -> Solver:
        made.append(Solver(supposed.nodes))
        return made[-1]

    monkeypatch.setattr(WhatIf, "solver", solver)
    case = Case(service("availability: 99%", "kind: SLA\nname: p\nservice: s\ntargets: {availability: 9%}"), "promises")
    run(*_asked(case, tmp_path), "--budget", "1000", code=0)
    assert any(one.variables for one in made)


SLA = service(
    "availability: 99.9%\nneeds: [a]",
    "kind: Asset\nname: a\nrunsOn: h\navailability: 99.99%",
    "kind: Asset\nname: h\navailability: 99.99%",
    "kind: SLA\nname: p\nservice: s\ntargets: {availability: 99.4%}",
)

# What changes, and a line of the section Promises.
CHANGES: dict[str, tuple[str, str, str]] = {
    "more is promised": (
        "availability: 99.4%",
        "availability: 99.99%",
        "s 99.88%, 99.4% -> 99.99% promised: 51.8 minutes down a month, 4.32 are allowed   catalog/a.yaml:18:25",
    ),
    "over a longer time": (
        "availability: 99.4%}",
        "availability: 99.4%, period: year}",
        "51.8 minutes down a month, 259.2 are allowed -> 631 minutes down a year, 3,154 are allowed   catalog/",
    ),
    "nothing is promised": (
        "targets: {availability: 99.4%}",
        "expires: 2028-01-01",
        "no longer promises 99.4% of Service/s   ",
    ),
    "what runs on what": (
        "name: h\navailability: 99.99%",
        "name: h\navailability: 99%",
        "changed: Service/s needs Asset/a, which runs on Asset/h\n",
    ),
    "what is asked for is enough": (
        "name: h\navailability: 99.99%",
        "name: h\navailability: 99%",
        "99.51% or more",  # 0.994 / (0.999 * 0.9999) is 0.9950946, which is nearer to 99.509%
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_plan_says_of_a_promise(name: str, tmp_path: Path) -> None:
    old, new, line = CHANGES[name]
    for side, text in (("before", SLA), ("after", SLA.replace(old, new))):
        (tmp_path / side / "catalog").mkdir(parents=True)
        (tmp_path / side / "catalog" / "a.yaml").write_text(text, encoding="utf-8")
    said = run("plan", "--from", tmp_path / "before", "--to", tmp_path / "after", "--at", str(TODAY)).out
    assert line in said
