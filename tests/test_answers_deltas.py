"""What a plan says of one field: of a list what went and what came, of records each by itself."""

from __future__ import annotations

import pytest
from estates import TODAY, estate

from mofconf.answers.deltas import deltas
from mofconf.answers.plan import report
from mofconf.diagnostic import Place
from mofconf.kinds.relation import ChangeClass
from mofconf.plan import plan
from mofconf.plan.differences import FieldChange
from mofconf.render import FORMATS, Screen

CASES = {
    "a value": ("a", "b", ["a -> b"]),
    "a value that was not there": (None, 3, ["nothing -> 3"]),
    "a long text": ("a" * 90, "b" * 90, ["reworded"]),
    "names": (("a",), ("b", "c"), ["- a, + b, + c"]),
    "names, of which none was there": (None, ("b",), ["+ b"]),
    "a need under other conditions": (("s/a (effect degrades)",), ("s/a",), ["s/a (effect degrades -> hard)"]),
    "roles": (
        ("cluster: security, lead: Person/bo", "cluster: service, lead: Person/ana, deputies: Person/bo"),
        ("cluster: service, lead: Person/bo, deputies: Person/bo, Person/cy", "cluster: support, lead: Person/bo"),
        [
            "- cluster: security (lead: Person/bo)",
            "cluster: service (lead: Person/ana -> Person/bo; deputies: + Person/cy)",
            "+ cluster: support (lead: Person/bo)",
        ],
    ),
    "a deputy goes": (
        ("cluster: service, deputies: Person/a, Person/b",),
        ("cluster: service, deputies: Person/b",),
        ["cluster: service (deputies: - Person/a)"],
    ),
    "two functions of one cluster": (
        ("cluster: support, function: desk, lead: Person/a", "cluster: support, function: problems"),
        ("cluster: support, function: desk, lead: Person/b", "cluster: support, function: problems, lead: Person/c"),
        [
            "cluster: support, function: desk (lead: Person/a -> Person/b)",
            "cluster: support, function: problems (lead: nothing -> Person/c)",
        ],
    ),
    "records that nothing tells apart": (
        ("cluster: support, function: x, lead: Person/a", "cluster: support, function: x, lead: Person/b"),
        (),
        ["- cluster: support (function: x; lead: Person/a)", "- cluster: support (function: x; lead: Person/b)"],
    ),
    "a sentence in a record": (
        ("title: A, text: first, this",),
        ("title: A, text: first, that one",),
        ["title: A (text: first, this -> first, that one)"],
    ),
}


@pytest.mark.parametrize(("before", "after", "said"), CASES.values(), ids=CASES.keys())
def test_a_field_says_what_went_and_what_came(before: object, after: object, said: list[str]) -> None:
    change = FieldChange("x", ChangeClass.COSMETIC, before, after, Place("a.yaml"))  # type: ignore[arg-type]  # a table
    assert deltas(change) == said


def test_each_role_has_a_line_of_its_own() -> None:
    people = "kind: Person\nname: ana\n---\nkind: Person\nname: bo\n---\nkind: Team\nname: web\nmembers: [ana, bo]\n"
    base = people + "roles: [{cluster: service, lead: ana}, {cluster: support, lead: bo}]\n"
    head = people + "roles: [{cluster: service, lead: bo}, {cluster: security, lead: bo}]\n"
    made = report(plan(estate(base), estate(head), TODAY), "main...x", 1)
    said = FORMATS["text"](made, Screen(None, colour=False))
    assert (
        "    ~ Team/web   roles   - cluster: support (lead: Person/bo)               ownership   catalog/a.yaml:10:8\n"
        "                         cluster: service (lead: Person/ana -> Person/bo)\n"
        "                         + cluster: security (lead: Person/bo)\n"
    ) in said
