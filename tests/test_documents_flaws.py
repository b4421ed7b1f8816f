"""What is wrong inside a document that can still be read, and what anchors, aliases, merge keys and tags do."""

from __future__ import annotations

import math

import pytest

from mofconf.documents import Document, Limits, SourceFile, Unreadable, locate, read


def only(text: str, limits: Limits | None = None) -> Document:
    """The one document of a text."""
    [document] = read(SourceFile("a.yaml", text.encode()), limits or Limits())
    assert isinstance(document, Document), document
    return document


# A text, its value all the same, and for each flaw: rule, line, column, part of the message, related places.
FLAWS: dict[str, tuple[str, object, list[tuple[str, int, int, str, list[str]]]]] = {
    "a key twice": (
        "a: 1\nb: 2\n'a': 3\n",
        {"a": 3, "b": 2},
        [("duplicate-key", 3, 1, "the key a ", ["a.yaml:1:1"])],
    ),
    "a key three times": (
        "x:\n  a: 1\n  a: 2\n  a: 3\n",
        {"x": {"a": 3}},
        [
            ("duplicate-key", 3, 3, "the key a ", ["a.yaml:2:3"]),
            ("duplicate-key", 4, 3, "the key a ", ["a.yaml:3:3"]),
        ],
    ),
    "the same key in two mappings is none": ("- a: 1\n- a: 2\n", [{"a": 1}, {"a": 2}], []),
    "a key that holds a list, twice": (
        "a: [1]\na: {b: 2}\n",
        {"a": {"b": 2}},
        [("duplicate-key", 2, 1, "the key a ", ["a.yaml:1:1"])],
    ),
    "an empty key twice": ("? \n? \n", {"": None}, [("duplicate-key", 2, 2, "the key '' ", ["a.yaml:1:2"])]),
    "a key by an alias": (
        "&k a: 1\n*k : 2\n",
        {"a": 2},
        [("duplicate-key", 2, 1, "the key a ", ["a.yaml:1:4"])],
    ),
    "unknown tags": (
        "a: !foo 12\nb: !!binary aGk=\nc: !!timestamp 2026-11-22\nd: !<tag:example.org,2000:x> {e: no}\n",
        {"a": 12, "b": "aGk=", "c": "2026-11-22", "d": {"e": "no"}},
        [
            ("unknown-tag", 1, 4, "!foo", []),
            ("unknown-tag", 2, 4, "!!binary", []),
            ("unknown-tag", 3, 4, "!!timestamp", []),
            ("unknown-tag", 4, 4, "tag:example.org,2000:x", []),
        ],
    ),
    "sets and ordered maps": (
        "a: !!set {x, y}\nb: !!omap [x: 1]\n",
        {"a": {"x": None, "y": None}, "b": [{"x": 1}]},
        [("unknown-tag", 1, 4, "!!set", []), ("unknown-tag", 2, 4, "!!omap", [])],
    ),
    "an unknown tag on a key": ("!foo a: 1\n", {"a": 1}, [("unknown-tag", 1, 1, "!foo", [])]),
    "the tags of the core schema": (
        (
            'a: !!str 12\nb: !!int "12"\nc: !!float 1\nd: !!bool "true"\ne: !!null ""\nf: !!map {}\n'
            "g: !!seq []\nh: !!str\n"
        ),
        {"a": "12", "b": 12, "c": 1.0, "d": True, "e": None, "f": {}, "g": [], "h": ""},
        [],
    ),
    "the tag that only says text": ("a: ! 12\nb: ! [1]\n", {"a": "12", "b": [1]}, []),
    "values that do not fit their tags": (
        (
            "a: !!int 1.5\nb: !!float x\nc: !!bool yes\nd: !!null 0\ne: !!map []\n"
            "f: !!seq {}\ng: !!str [x]\nh: !!int {}\ni: !!map 1\n"
        ),
        {"a": 1.5, "b": "x", "c": "yes", "d": 0, "e": [], "f": {}, "g": ["x"], "h": {}, "i": 1},
        [("invalid-value", line, 4, "tag !!", []) for line in range(1, 10)],
    ),
    "a list as a key": (
        "? [a, b]\n: {c: 1}\nd: 2\n",
        {"d": 2},
        [("invalid-value", 1, 3, "cannot be a key", [])],
    ),
    "a template without quotes": (
        "a: {{ b }}\nc: 1\n",
        {"a": {}, "c": 1},
        [("invalid-value", 1, 5, "cannot be a key", [])],
    ),
    "a mapping as a key, by an alias": (
        "a: &a {b: 1}\n*a : 2\nc: 3\n",
        {"a": {"b": 1}, "c": 3},
        [("invalid-value", 2, 1, "cannot be a key", [])],
    ),
    "aliases share values": (
        "a: &x {b: &y 012}\nc: *x\nd: [*y, *x]\n",
        {"a": {"b": 12}, "c": {"b": 12}, "d": [12, {"b": 12}]},
        [],
    ),
    "an anchor given again": ("- &a 1\n- *a\n- &a 2\n- *a\n", [1, 1, 2, 2], []),
    "an anchor given again inside its own value": ("- &a [&a x]\n- *a\n", [["x"], "x"], []),
    "an anchor without a value": ("a: &x\nb: *x\n", {"a": None, "b": None}, []),
    "a merge": (
        "a: &a {x: 1, y: 2}\nb:\n  y: 3\n  <<: *a\n  z: 4\n",
        {"a": {"x": 1, "y": 2}, "b": {"y": 3, "x": 1, "z": 4}},
        [],
    ),
    "a merge of several, of which the first wins": (
        "- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b, {z: 3, y: 9}]\n",
        [{"x": 1}, {"x": 2, "y": 2}, {"x": 1, "y": 2, "z": 3}],
        [],
    ),
    "a merge of a merge": (
        "- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b, x: 3}\n",
        [{"x": 1}, {"x": 1, "y": 2}, {"y": 2, "x": 3}],
        [],
    ),
    "a merge written in place": ("<<: {a: 1}\nb: 2\n", {"a": 1, "b": 2}, []),
    "a merge key in quotes is a key": ("'<<': {a: 1}\n", {"<<": {"a": 1}}, []),
    "a merge key in a list is a text": ("[<<, x]\n", ["<<", "x"], []),
    "a merge of no mapping": (
        "a: &a 5\nb: {<<: *a, c: 1}\nd:\n  <<:\ne: {<<: [{f: 1}, 2]}\n",
        {"a": 5, "b": {"c": 1}, "d": {}, "e": {"f": 1}},
        [
            ("invalid-value", 2, 9, "merge key", []),
            ("invalid-value", 4, 6, "merge key", []),
            ("invalid-value", 5, 18, "merge key", []),
        ],
    ),
    "a merge key twice": (
        "a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n",
        {"a": {"x": 1}, "b": {"y": 2}, "c": {"y": 2}},
        [("duplicate-key", 5, 3, "the key << ", ["a.yaml:4:3"])],
    ),
    "flaws are in the order of their places": (
        "a: {<<: 1, b: !x 2}\na: 3\n",
        {"a": 3},
        [
            ("invalid-value", 1, 9, "merge key", []),
            ("unknown-tag", 1, 15, "!x", []),
            ("duplicate-key", 2, 1, "the key a ", ["a.yaml:1:1"]),
        ],
    ),
}


@pytest.mark.parametrize("case", FLAWS)
def test_flaws(case: str) -> None:
    text, value, expected = FLAWS[case]
    document = only(text)
    assert document.value == value
    assert repr(document.value) == repr(value), "in the order in which it was written"
    found = [(flaw.rule, flaw.place.line, flaw.place.column) for flaw in document.flaws]
    assert found == [(rule, line, column) for rule, line, column, _, _ in expected]
    for flaw, (_, _, _, message, related) in zip(document.flaws, expected, strict=True):
        assert message in flaw.message
        assert flaw.hint
        assert [str(other.place) for other in flaw.related] == related


def test_merged_values_point_to_where_they_were_written() -> None:
    document = only("a: &a\n  x: 1\n  y: [2]\nb:\n  <<: *a\n  y: 3\nc: *a\n")
    places = {
        ("b", "x"): "a.yaml:2:6",
        ("b", "y"): "a.yaml:6:6",
        ("b",): "a.yaml:5:3",
        ("c",): "a.yaml:7:4",
        ("c", "y"): "a.yaml:3:6",
        ("c", "y", 0): "a.yaml:3:7",
    }
    assert {path: str(locate("a.yaml", document.marks, path)) for path in places} == places
    assert str(locate("a.yaml", document.marks, ("b", "x"), key=True)) == "a.yaml:2:3"


def test_an_infinity_under_a_tag() -> None:
    assert only("!!float -.inf\n").value == -math.inf
    assert only("!!float " + "9" * 500 + "\n").value == math.inf


def refused(text: str, limits: Limits | None = None) -> Unreadable:
    """The one document of a text, which cannot be read."""
    [found] = read(SourceFile("a.yaml", text.encode()), limits or Limits())
    assert isinstance(found, Unreadable), found
    assert found.reason
    assert found.hint
    return found


def laughs(times: int) -> str:
    """Ten to the power of ``times`` laughs, in a text that grows by a line for each."""
    lines = ["- &a0 [" + ", ".join(["ha"] * 10) + "]"]
    lines += [f"- &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, times)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("a: *b\n", 1, 4, "*b has no anchor"),
        ("a: &a 1\n---\nb: *a\n", 3, 4, "*a has no anchor"),
        ("a: &a [1, *a]\n", 1, 11, "inside the value"),
        ("&a {b: &b {c: *a}}\n", 1, 15, "inside the value"),
        ("a: &a\n  <<: *a\n", 2, 7, "inside the value"),
        # By then the lines before repeat 123,440 values, and each alias of line 6 another 111,111.
        (laughs(100), 6, 13, "250,000"),
        (
            "a0: &a0 {k: 1}\n" + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}\n" for n in range(1, 3000)),
            501,
            18,
            "250,000",
        ),
        ("[" * 65, 1, 65, "64 deep"),
        ("[" * 100_000, 1, 65, "64 deep"),
        ("{a: " * 100_000, 1, 257, "64 deep"),
        ("- " * 100_000, 1, 129, "64 deep"),
        ("? " * 100_000, 1, 129, "64 deep"),
        ("{" * 100_000, 1, 65, "64 deep"),
        ("\n".join(" " * n + "a:" for n in range(70)), 65, 65, "64 deep"),
        ("- &a " + "[" * 32 + "]" * 32 + "\n- " + "[" * 32 + "*a" + "]" * 32 + "\n", 2, 35, "64 deep"),
        ("\n".join(["- &a0 [x]"] + [f"- &a{n} [*a{n - 1}]" for n in range(1, 5000)]), 64, 9, "64 deep"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_would_grow_without_end_is_refused(text: str, line: int, column: int, reason: str) -> None:
    found = [one for one in read(SourceFile("a.yaml", text.encode())) if isinstance(one, Unreadable)]
    assert [(one.place.line, one.place.column) for one in found] == [(line, column)]
    assert reason in found[0].reason
    assert found[0].hint


def test_limits_are_exact() -> None:
    assert only("[" * 64 + "]" * 64).flaws == ()
    assert only("a: &a [1, 2]\nb: [*a, *a]\n", Limits(expanded=6)).value == {"a": [1, 2], "b": [[1, 2], [1, 2]]}
    assert refused("a: &a [1, 2]\nb: [*a, *a]\n", Limits(expanded=5)).place[1:] == (2, 9)
    # Six keys and values, one mapping and one list.
    assert only("{a: [1,2], b: 3}\n", Limits(nodes=7)).value == {"a": [1, 2], "b": 3}
    assert refused("{a: [1,2], b: 3}\n", Limits(nodes=6)).place[1:] == (1, 15)
    assert only("a: 12\n", Limits(file_bytes=6)).value == {"a": 12}
    found = refused("a: 123\n", Limits(file_bytes=6))
    assert found.place[1:] == (1, 1)
    assert "7 bytes" in found.reason
    assert "6" in found.reason
