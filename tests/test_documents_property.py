"""Reading YAML against a second YAML 1.2 parser, and against texts that are written with their places known."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mofconf.diagnostic import Place
from mofconf.documents import Document, Limits, ListMarks, MapMarks, SourceFile, Unreadable, locate, point, read

SETTINGS = settings(max_examples=400, deadline=None, derandomize=True, database=None)
Path = tuple[str | int, ...]

# Where ruamel.yaml and the core schema differ on a plain scalar, and why the core schema is right here.
DIFFERENCES: dict[str, str] = {
    r"[-+.0-9a-fA-Fxo]*_[-+.0-9_a-fA-FxoeE]*": "underscores in numbers are of YAML 1.1, and ruamel still reads them",
    r"[-+]?0b[01]*": "binary numbers are of YAML 1.1, and ruamel still reads them",
    r"[-+]0[xo][0-9a-fA-F]*": "hexadecimal and octal numbers have no sign in the core schema, ruamel allows one",
    r"\d{4}-\d\d?-\d\d?.*": "the core schema has no dates, ruamel makes them",
    r"[-+]?\.[0-9]+[eE][0-9]+": "ruamel wants a sign in the exponent of a number that starts with a dot",
    r"\+?\.(nan|NaN|NAN)|[-+]\.(nan|NaN|NAN)": "a NaN has no sign in the core schema",
    r"=": "a value key of YAML 1.1, which ruamel cannot construct",
}


def ruamel(text: str) -> Any:
    """The value of a text as ruamel.yaml reads it in YAML 1.2."""
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(text)


def ours(text: str | bytes) -> Document:
    """The one document of a text."""
    [document] = read(SourceFile("a.yaml", text.encode() if isinstance(text, str) else text))
    assert isinstance(document, Document), document
    assert document.flaws == ()
    return document


ALMOST_NUMBERS = st.from_regex(
    r"[-+]?(0[xob]?)?[0-9]{0,4}[.:_-]?[0-9a-fA-F]{0,3}([eE][-+]?[0-9]{1,2})?|[-+]?\.?(inf|Inf|INF|nan|NaN|NAN)|[0-9]{4}-[0-9]{2}-[0-9]{2}",
    fullmatch=True,
)
WORDS = st.sampled_from(
    [
        "",
        "~",
        "null",
        "Null",
        "NULL",
        "nUll",
        "true",
        "True",
        "TRUE",
        "False",
        "yes",
        "no",
        "on",
        "Off",
        "y",
        "n",
        "012",
        "1e3",
        "0o14",
        "0x1F",
        "1.",
        ".5",
        "-0",
        "+12",
        "12:30:45",
        "22:22",
        "99.95%",
        "<",
        "a#b",
        "http://x/y",
    ]
)


@SETTINGS
@given(st.one_of(ALMOST_NUMBERS, WORDS))
def test_plain_scalars_are_read_as_another_parser_reads_them(written: str) -> None:
    if written in {"-", "."} or written.endswith(":") or any(re.fullmatch(known, written) for known in DIFFERENCES):
        return
    text = f"a: {written}\n"
    found, expected = ours(text).value, ruamel(text)
    assert repr(found) == repr(expected)


@pytest.mark.parametrize(
    ("written", "ruamel_reads"),
    [("1_000", 1000), ("0b11", 3), ("+0x1F", 31), ("-0o14", -12), (".5e3", ".5e3")],
)
def test_the_differences_are_still_there(written: str, ruamel_reads: object) -> None:
    assert any(re.fullmatch(known, written) for known in DIFFERENCES)
    assert ruamel(f"a: {written}\n") == {"a": ruamel_reads}
    assert ours(f"a: {written}\n").value != {"a": ruamel_reads}


# Texts that are written here with their places known. A node is a leaf (how it is written, what it means), a list
# (a style, its items) or a mapping (a style, its pairs).

PLAIN: dict[str, object] = {
    "012": 12,
    "0o14": 12,
    "0xFF": 255,
    "-7": -7,
    "1e3": 1000.0,
    ".5": 0.5,
    "-.inf": float("-inf"),
    "~": None,
    "null": None,
    "True": True,
    "no": "no",
    "on": "on",
    "12:30:45": "12:30:45",
    "99.95%": "99.95%",
    "a b  c": "a b  c",
    "x#y": "x#y",
    "checkout-2": "checkout-2",
    "-x": "-x",
    "\u00fc\U0001f600": "\u00fc\U0001f600",
}
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Co"]), max_size=8)
LEAF = st.one_of(
    st.sampled_from([("leaf", written, value) for written, value in PLAIN.items()]),
    TEXT.filter(lambda text: max(text, default="") < "\U00010000").map(lambda text: ("leaf", json.dumps(text), text)),
    TEXT.map(lambda text: ("leaf", json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f"), text)),
    TEXT.map(lambda text: ("leaf", "'" + text.replace("'", "''") + "'", text)),
    st.text(" \"'\\:#-{}\u00e4\n\t\x1f", max_size=6).map(lambda text: ("leaf", json.dumps(text), text)),
)
KEY = st.sampled_from(["a", "b c", "'d'", '"e: \\u00e9"', "\u4e2d\U0001f600", "needs", "x-y", "''"])
KEYS = {"'d'": "d", '"e: \\u00e9"': "e: \u00e9", "''": ""}
STYLE = st.sampled_from(["block", "block", "flow", "comment", "anchor"])
NODE = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(st.just("list"), STYLE, st.lists(inner, max_size=4)),
        st.tuples(st.just("map"), STYLE, st.lists(st.tuples(KEY, inner), max_size=4, unique_by=lambda pair: pair[0])),
    ),
    max_leaves=12,
)


class Sheet:
    """A text that is being written, and the places of what stands in it."""

    def __init__(self) -> None:
        self.text, self.line, self.column = "", 1, 1
        self.values: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.anchors = 0

    def put(self, text: str) -> None:
        self.text += text
        self.line += text.count("\n")
        self.column = len(text) - text.rfind("\n") if "\n" in text else self.column + len(text)

    def mark(self, places: dict[Path, tuple[int, int]], path: Path) -> None:
        places[path] = (self.line, self.column)

    def flow(self, node: Any, path: Path) -> Any:
        """Write a node in brackets and give its value."""
        self.mark(self.values, path)
        if node[0] == "leaf":
            # In brackets these characters would be read as something else.
            self.put(node[1])
            return node[2]
        self.put("[ " if node[0] == "list" else "{")
        result: Any = [] if node[0] == "list" else {}
        for index, part in enumerate(node[2]):
            self.put(",\n  " if index % 2 else ", " if index else "")
            if node[0] == "list":
                result.append(self.flow(part, (*path, index)))
            else:
                key = KEYS.get(part[0], part[0])
                self.mark(self.keys, (*path, key))
                self.put(part[0] + ": ")
                result[key] = self.flow(part[1], (*path, key))
        self.put("]" if node[0] == "list" else " }")
        return result

    def block(self, node: Any, indent: int, path: Path) -> Any:
        """Write a node below what is there, or behind it, and give its value."""
        if node[0] == "leaf" or node[1] == "flow" or not node[2]:
            if node[0] != "leaf" and node[1] == "anchor":
                self.put(f" &a{self.anchors} ")
                self.anchors += 1
            else:
                self.put(" ")
            return self.flow(node, path)
        if node[1] == "anchor":
            self.put(f" &a{self.anchors}  # an anchor")
            self.anchors += 1
        elif node[1] == "comment":
            self.put("  # why: [\n\n# 'more")
        result: Any = [] if node[0] == "list" else {}
        for index, part in enumerate(node[2]):
            self.put("\n" + " " * indent)
            if index == 0:
                self.mark(self.values, path)
            if node[0] == "list":
                self.put("-")
                result.append(self.block(part, indent + 2, (*path, index)))
            else:
                key = KEYS.get(part[0], part[0])
                self.mark(self.keys, (*path, key))
                self.put(part[0] + ":")
                result[key] = self.block(part[1], indent + 3, (*path, key))
        return result


def leaves(value: Any, path: Path = ()) -> Sequence[Path]:
    """The paths of a value and of everything in it."""
    items = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    return [path, *(deeper for key, part in items for deeper in leaves(part, (*path, key)))]


@SETTINGS
@given(NODE, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "---", "# c\n---", "%YAML 1.2\n---"]))
def test_values_and_places_are_those_that_were_written(node: Any, line_break: str, head: str) -> None:
    sheet = Sheet()
    sheet.put(head)
    value = sheet.block(node, 0, ())
    sheet.put("\n")
    if value is None:
        return  # a document that says nothing but null
    document = ours(sheet.text.replace("\n", line_break))
    assert repr(document.value) == repr(value)
    assert set(leaves(value)) == set(sheet.values)
    for path, at in sheet.values.items():
        assert locate("a.yaml", document.marks, path) == Place("a.yaml", *at)
    for path, at in sheet.keys.items():
        assert locate("a.yaml", document.marks, path, key=True) == Place("a.yaml", *at)


@settings(SETTINGS, max_examples=120)
@given(NODE)
def test_another_parser_reads_the_same(node: Any) -> None:
    sheet = Sheet()
    sheet.block(node, 0, ())
    assert repr(ours(sheet.text + "\n").value) == repr(ruamel(sheet.text + "\n"))


def without_dates(value: Any) -> Any:
    """The same with dates as their text, and keys as text."""
    if isinstance(value, dict):
        return {str(key): without_dates(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_dates(part) for part in value]
    return str(value) if isinstance(value, date) else value


def test_real_files_are_read_as_another_parser_reads_them(fixtures: FilePath) -> None:
    from ruamel.yaml import YAML

    files = [file for file in sorted(fixtures.rglob("*.y*ml")) if file.stat().st_size < 30_000]
    assert files
    for file in files:
        found = read(SourceFile(file.name, file.read_bytes()))
        values = [one.value for one in found if isinstance(one, Document) and not one.flaws]
        expected = [value for value in YAML(typ="safe", pure=True).load_all(file) if value is not None]
        assert values == without_dates(expected), file


def points(marks: Any) -> Any:
    """Marks as plain lines and columns, which can be compared."""
    if isinstance(marks, MapMarks):
        return point(marks.at), {key: (point(at), points(inner)) for key, (at, inner) in marks.fields.items()}
    if isinstance(marks, ListMarks):
        return point(marks.at), [points(inner) for inner in marks.items]
    return point(marks)


def shape(value: Any, marks: Any) -> None:
    """Marks run parallel to their value."""
    if isinstance(value, dict):
        assert isinstance(marks, MapMarks)
        assert list(value) == list(marks.fields)
        for key, part in value.items():
            assert isinstance(key, str)
            shape(part, marks.fields[key][1])
    elif isinstance(value, list):
        assert isinstance(marks, ListMarks)
        for part, its_marks in zip(value, marks.items, strict=True):
            shape(part, its_marks)
    else:
        assert all(number >= 1 for number in point(marks))


PIECES = [
    "a",
    "b: ",
    "\n",
    "  ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    ": ",
    "'",
    '"',
    "#",
    "|",
    ">",
    "&a ",
    "*a",
    "<<: ",
]
PIECES += ["!x ", "!!int ", "---\n", "\n...\n", "\t", "%", "@", "\\", "\r", "\0", "\ufeff", "\u2028", "1", "\n  a: "]


@settings(SETTINGS, max_examples=1500)
@given(
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=25).map(lambda parts: "".join(parts).encode()),
        st.binary(max_size=60),
    )
)
def test_nothing_raises_and_marks_fit(content: bytes) -> None:
    for found in read(SourceFile("a.yaml", content), Limits(depth=20, expanded=100)):
        if isinstance(found, Document):
            shape(found.value, found.marks)
            for flaw in found.flaws:
                assert flaw.hint
        else:
            assert isinstance(found, Unreadable)
            assert found.reason
            assert found.place.line <= len(content) + 1


@settings(SETTINGS, max_examples=120)
@given(st.lists(NODE, min_size=1, max_size=4), st.integers(0, 3))
def test_a_broken_document_changes_nothing_around_it(nodes: list[Any], where: int) -> None:
    whole, broken = "", ""
    for index, node in enumerate(nodes):
        sheet = Sheet()
        sheet.block(node, 0, ())
        whole += f"---{sheet.text}\n" + ("---\nempty: too\n" if index == where else "")
        broken += f"---{sheet.text}\n" + ("---\nempty: [\n" if index == where else "")
    expected = read(SourceFile("a.yaml", whole.encode()))
    found = read(SourceFile("a.yaml", broken.encode()))
    assert len(found) == len(expected)
    others = [pair for pair in zip(found, expected, strict=True) if isinstance(pair[0], Document)]
    assert len(others) == len(expected) - (where < len(nodes))
    assert all(repr(one.value) == repr(other.value) for one, other in others)
    assert all(points(one.marks) == points(other.marks) for one, other in others)
