"""What a scalar and a key mean: the core schema of YAML 1.2."""

from __future__ import annotations

import math

import pytest

from mofconf.documents import Document, SourceFile, read


def only(text: str) -> Document:
    """The one document of a text."""
    [document] = read(SourceFile("a.yaml", text.encode()))
    assert isinstance(document, Document), document
    return document


# Section 10.3.2 of YAML 1.2.2, "Tag Resolution" of the core schema, with its examples 10.8 and 10.9.
PLAIN: dict[str, object] = {
    "": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "nULL": "nULL",
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    "tRUE": "tRUE",
    "yes": "yes",
    "no": "no",
    "on": "on",
    "off": "off",
    "y": "y",
    "N": "N",
    "0": 0,
    "-0": 0,
    "012": 12,
    "-19": -19,
    "+12": 12,
    "0o7": 7,
    "0o14": 12,
    "0o8": "0o8",
    "0O14": "0O14",
    "-0o14": "-0o14",
    "0x3A": 58,
    "0xfF": 255,
    "0X3A": "0X3A",
    "+0x1": "+0x1",
    "0xG": "0xG",
    "0b1": "0b1",
    "1_000": "1_000",
    "0.": 0.0,
    "-0.0": -0.0,
    ".5": 0.5,
    "+12e03": 12000.0,
    "-2E+05": -200000.0,
    "1e3": 1000.0,
    "1.": 1.0,
    "1.5e-3": 0.0015,
    ".": ".",
    "-.": "-.",
    ".e3": ".e3",
    "1e": "1e",
    "1.2.3": "1.2.3",
    ".inf": math.inf,
    "-.Inf": -math.inf,
    "+.INF": math.inf,
    ".nan": math.nan,
    ".NAN": math.nan,
    "-.nan": "-.nan",
    "inf": "inf",
    "nan": "nan",
    "12:30:45": "12:30:45",
    "22:22": "22:22",
    "2026-11-22": "2026-11-22",
    "2001-12-14t21:59:43.10-05:00": "2001-12-14t21:59:43.10-05:00",
    "99.95%": "99.95%",
    "-foo": "-foo",
    "a b": "a b",
    "=": "=",
    "?x": "?x",
    ":x": ":x",
    "<<": "<<",
    "\u0661\u0662": "\u0661\u0662",  # digits, but not those of the schema
    "9" * 500: int("9" * 500),
    "9" * 501: "9" * 501,
    "9" * 100_000: "9" * 100_000,
    "0x" + "f" * 100_000: "0x" + "f" * 100_000,
    "1" * 100_000 + ".0": "1" * 100_000 + ".0",
}


@pytest.mark.parametrize("written", PLAIN, ids=lambda text: text[:30] or "empty")
def test_a_plain_scalar_means_what_the_core_schema_says(written: str) -> None:
    document = only(f"a: {written}\nb: 1\n")
    assert isinstance(document.value, dict)
    found = document.value["a"]
    assert type(found) is type(PLAIN[written])
    assert repr(found) == repr(PLAIN[written])
    assert document.flaws == ()


@pytest.mark.parametrize("written", PLAIN, ids=lambda text: text[:30] or "empty")
def test_what_is_quoted_is_text(written: str) -> None:
    assert only(f"['{written}', \"{written}\"]\n").value == [written, written]


@pytest.mark.parametrize("written", ["1", "null", "~", "true", "0x1F", "1e3", "2026-11-22", "no", "''"])
def test_a_key_is_always_text(written: str) -> None:
    assert only(f"{written}: x\n").value == {written.strip("'"): "x"}


def test_an_absent_key_is_the_empty_text() -> None:
    assert only("? \n: x\n").value == {"": "x"}
