"""Reading YAML: what a value means and where it was written. Expected values are from YAML 1.2.2 and by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from mofconf.diagnostic import Place
from mofconf.documents import (
    Document,
    Elsewhere,
    Limits,
    ListMarks,
    MapMarks,
    SourceFile,
    Tagged,
    Unreadable,
    locate,
    read,
)


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both parsers: libyaml's, and the one in Python that stands in where libyaml is absent."""
    import yaml

    from mofconf.documents import events

    if request.param == "python":
        monkeypatch.delattr(yaml, "cyaml", raising=False)
        monkeypatch.setitem(sys.modules, "yaml.cyaml", None)
    events._yaml.cache_clear()
    assert (events._yaml().Parser is yaml.SafeLoader) == (request.param == "python")
    yield request.param
    events._yaml.cache_clear()


def only(text: str | bytes, limits: Limits | None = None) -> Document:
    """The one document of a text."""
    content = text.encode() if isinstance(text, str) else text
    [document] = read(SourceFile("a.yaml", content), limits or Limits())
    assert isinstance(document, Document), document
    return document


# A text, its value, and the places (line, column) of values and of keys, counted by hand.
PLACES: dict[
    str, tuple[str, object, dict[tuple[str | int, ...], tuple[int, int]], dict[tuple[str | int, ...], tuple[int, int]]]
] = {
    "block": (
        "kind: Service\nneeds:\n  - db\n  - ref: tax\n    for: 4h\nempty:\nlast: 'x'\n",
        {"kind": "Service", "needs": ["db", {"ref": "tax", "for": "4h"}], "empty": None, "last": "x"},
        {
            (): (1, 1),
            ("kind",): (1, 7),
            ("needs",): (3, 3),
            ("needs", 0): (3, 5),
            ("needs", 1): (4, 5),
            ("needs", 1, "ref"): (4, 10),
            ("needs", 1, "for"): (5, 10),
            ("empty",): (6, 7),
            ("last",): (7, 7),
        },
        {("kind",): (1, 1), ("needs",): (2, 1), ("needs", 1, "for"): (5, 5), ("empty",): (6, 1)},
    ),
    "flow": (
        '{a: [1, {b: 2}],\n "c" : x, d}\n',
        {"a": [1, {"b": 2}], "c": "x", "d": None},
        {
            (): (1, 1),
            ("a",): (1, 5),
            ("a", 0): (1, 6),
            ("a", 1): (1, 9),
            ("a", 1, "b"): (1, 13),
            ("c",): (2, 8),
            ("d",): (2, 12),
        },
        {("a",): (1, 2), ("a", 1, "b"): (1, 10), ("c",): (2, 2), ("d",): (2, 11)},
    ),
    "list at the column of its key": (
        "a:\n- b\n-\n- - c\n",
        {"a": ["b", None, ["c"]]},
        {("a",): (2, 1), ("a", 0): (2, 3), ("a", 1): (3, 2), ("a", 2): (4, 3), ("a", 2, 0): (4, 5)},
        {("a",): (1, 1)},
    ),
    "block scalars": (
        "a: |\n  one\n  two\nb: >-\n  three\n  four\n\n  five\nc: 6\n",
        {"a": "one\ntwo\n", "b": "three four\nfive", "c": 6},
        {("a",): (1, 4), ("b",): (4, 4), ("c",): (9, 4)},
        {("b",): (4, 1), ("c",): (9, 1)},
    ),
    "text over several lines": (
        "a: one\n  two\nb: \"x\n  y\"\nc: 'it''s'\n",
        {"a": "one two", "b": "x y", "c": "it's"},
        {("a",): (1, 4), ("b",): (3, 4), ("c",): (5, 4)},
        {("c",): (5, 1)},
    ),
    "columns count characters": (
        "\u00fc\U0001f600: {\u4e2d: x}\n",
        {"\u00fc\U0001f600": {"\u4e2d": "x"}},
        {("\u00fc\U0001f600",): (1, 5), ("\u00fc\U0001f600", "\u4e2d"): (1, 9)},
        {("\u00fc\U0001f600", "\u4e2d"): (1, 6)},
    ),
    "a byte order mark is no column": ("\ufeffa: 1\n", {"a": 1}, {(): (1, 1), ("a",): (1, 4)}, {("a",): (1, 1)}),
    "CRLF and lone CR": (
        "a: 1\r\nb: 2\rc: |\r\n  x\r\n",
        {"a": 1, "b": 2, "c": "x\n"},
        {("b",): (2, 4), ("c",): (3, 4)},
        {("c",): (3, 1)},
    ),
    "explicit keys": (
        "? a\n: 1\n? b\n",
        {"a": 1, "b": None},
        {("a",): (2, 3)},
        {("a",): (1, 3), ("b",): (3, 3)},
    ),
    "a pair in a list": (
        "[a: 1, b]",
        [{"a": 1}, "b"],
        {(0,): (1, 2), (0, "a"): (1, 5), (1,): (1, 8)},
        {(0, "a"): (1, 2)},
    ),
    "JSON": (
        '{"a":{"b":[true,null,-1.5e3,"\\u00e9\\n"]}}',
        {"a": {"b": [True, None, -1500.0, "\u00e9\n"]}},
        {("a", "b"): (1, 11), ("a", "b", 3): (1, 29)},
        {("a", "b"): (1, 7)},
    ),
    "places stand behind anchors and tags": (
        "a: &x !!str 12\nb: !!map &y\n  # why\n  c: 1\nd: &z\ne: !!str\nf: &k [1]\n",
        {"a": "12", "b": {"c": 1}, "d": None, "e": "", "f": [1]},
        {("a",): (1, 13), ("b",): (4, 3), ("d",): (5, 6), ("e",): (6, 9), ("f",): (7, 7)},
        {("a",): (1, 1), ("b", "c"): (4, 3)},
    ),
    "these are line breaks in YAML 1.1 only": (
        "a: x\u2028y\nb: 'p\u0085q'\nc: 1\n",
        {"a": "x\u2028y", "b": "p\u0085q", "c": 1},
        {("b",): (2, 4), ("c",): (3, 4)},
        {("c",): (3, 1)},
    ),
    "directives and markers": (
        "%YAML 1.2\n# c\n---\na: 1\n...\n",
        {"a": 1},
        {(): (4, 1), ("a",): (4, 4)},
        {("a",): (4, 1)},
    ),
    "one text": ("just text\n", "just text", {(): (1, 1)}, {}),
    "something written, though nothing": ("--- null\n", None, {(): (1, 5)}, {}),
}


@pytest.mark.parametrize("case", PLACES)
@pytest.mark.usefixtures("parser")
def test_values_and_places(case: str) -> None:
    text, value, places, keys = PLACES[case]
    document = only(text)
    assert document.value == value
    assert document.flaws == ()
    assert {path: locate("a.yaml", document.marks, path) for path in places} == {
        path: Place("a.yaml", *at) for path, at in places.items()
    }
    assert {path: locate("a.yaml", document.marks, path, key=True) for path in keys} == {
        path: Place("a.yaml", *at) for path, at in keys.items()
    }


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing\n", "---\n", "---\n# a\n---\n...\n", "\ufeff", "...\n", "\ufeff# x"]
)
def test_empty_documents_give_nothing(text: str) -> None:
    assert read(SourceFile("a.yaml", text.encode())) == ()


def test_several_documents_keep_their_lines() -> None:
    found = read(SourceFile("a.yaml", b"a: 1\n---\n\nb: 2\n...\n# c\n---\n- c\n"))
    assert [document.value for document in found if isinstance(document, Document)] == [{"a": 1}, {"b": 2}, ["c"]]
    assert [locate("a.yaml", document.marks, ()).line for document in found if isinstance(document, Document)] == [
        1,
        4,
        8,
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_other_encodings_with_a_byte_order_mark_are_read(encoding: str) -> None:
    text = "k\u00e4se: \U0001f600\n---\nb: 1\n"
    found = read(SourceFile("a.yaml", (text if encoding == "utf-16" else "\ufeff" + text).encode(encoding)))
    assert [document.value for document in found if isinstance(document, Document)] == [
        {"k\u00e4se": "\U0001f600"},
        {"b": 1},
    ]
    assert found[1].marks == MapMarks((3, 1), {"b": ((3, 1), (3, 4))})  # type: ignore[union-attr]  # asserted above


def test_a_refused_file_is_one_unreadable() -> None:
    found = read(SourceFile("a.yaml", b"", "is a symbolic link", "remove it"))
    assert found == (Unreadable("a.yaml", Place("a.yaml", 1, 1), "this is a symbolic link", "remove it"),)


LOCATED = MapMarks(
    (2, 1),
    {
        "a": ((2, 1), MapMarks((3, 3), {"a": ((3, 3), (3, 6)), "b": ((4, 3), Elsewhere("b.yaml", (7, 8)))})),
        "l": (
            (5, 1),
            Elsewhere("c.yaml", ListMarks((9, 1), [(9, 3), Elsewhere("d.yaml", Elsewhere("e.yaml", (1, 2)))])),
        ),
    },
)


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        ((), False, "x.yaml:2:1"),
        ((), True, "x.yaml:2:1"),
        (("a",), False, "x.yaml:3:3"),
        (("a",), True, "x.yaml:2:1"),
        (("a", "a"), False, "x.yaml:3:6"),
        (("a", "a"), True, "x.yaml:3:3"),
        (("a", "a", "deeper"), False, "x.yaml:3:6"),
        (("a", "b"), False, "b.yaml:7:8"),
        (("a", "b"), True, "b.yaml:4:3"),
        (("a", "missing"), False, "x.yaml:3:3"),
        (("a", "missing", 0, "x"), True, "x.yaml:3:3"),
        (("missing",), False, "x.yaml:2:1"),
        ((0,), False, "x.yaml:2:1"),
        (("l",), False, "c.yaml:9:1"),
        (("l",), True, "c.yaml:5:1"),
        (("l", 0), True, "c.yaml:9:3"),
        (("l", 1), False, "e.yaml:1:2"),
        (("l", 2), False, "c.yaml:9:1"),
        (("l", -1), False, "c.yaml:9:1"),
        (("l", "x"), False, "c.yaml:9:1"),
    ],
)
def test_locate(path: tuple[str | int, ...], key: bool, expected: str) -> None:  # noqa: FBT001 (a column of the table)
    assert str(locate("x.yaml", LOCATED, path, key=key)) == expected


def test_locate_in_marks_that_are_elsewhere_as_a_whole() -> None:
    assert str(locate("x.yaml", Elsewhere("y.yaml", MapMarks((1, 1), {})), ["a"])) == "y.yaml:1:1"


def test_the_room_is_light_until_something_is_read() -> None:
    code = "import sys, mofconf.documents; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_accepted_tags_stay_visible_with_the_places_of_their_values() -> None:
    limits = Limits(tags=frozenset({"!reset", "!override"}))
    document = only("ports: !override\n  - 80\nimage: !reset null\nx: !reset\n", limits)
    assert document.value == {
        "ports": Tagged("!override", [80]),
        "image": Tagged("!reset", None),
        "x": Tagged("!reset", None),
    }
    assert document.flaws == ()
    assert str(locate("a.yaml", document.marks, ["ports", 0])) == "a.yaml:2:5"
    assert str(locate("a.yaml", document.marks, ["image"])) == "a.yaml:3:15"
