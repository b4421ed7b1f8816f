"""Text for people: nothing is cut, lines fit, findings can be grepped, and no file talks to the terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from render.samples import FINDINGS, GRAPH, HOSTILE, LONG, PLAN, SAMPLES, VALIDATION

from mofconf.diagnostic import Diagnostic, Place, Severity
from mofconf.render import FORMATS, Screen
from mofconf.render.findings import tally
from mofconf.render.layout import wrapped
from mofconf.render.tree import render as render_tree
from mofconf.render.visible import inert, visible, visible_lines
from mofconf.report import Branch, Cell, Report, Row, Section

PIPE = Screen(width=None, colour=False)
GREPPABLE = re.compile(r"^(?P<file>[^:]+):(\d+):(\d+): (error|warning|note) ([a-z-]+): (?P<message>.+)$")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def text(report: Report, screen: Screen = PIPE) -> str:
    return FORMATS["text"](report, screen)


def words(report: Report) -> set[str]:
    """Every word that a reader has to find."""
    texts = [report.title, report.note, report.verdict.sentence if report.verdict else ""]
    for section in report.sections:
        texts += [section.title, section.note, *(section.columns if section.rows else ())]
        for row in section.rows:
            texts += [row.mark, *row.because, *(cell.text for cell in row.cells), str(row.place or "")]
    for one in report.findings or ():
        if one.status != "unchanged":
            texts += [one.rule, one.message, one.hint, str(one.place or "")]
            texts += [part for related in one.related for part in (str(related.place), related.message)]
    return {word for part in texts for word in part.split()}


@pytest.mark.parametrize("width", [None, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("report", [PLAN, VALIDATION], ids=["plan", "validate"])
def test_nothing_is_cut(report: Report, width: int | None) -> None:
    shown = set(re.split(r"[\s:]+", text(report, Screen(width, colour=False))))
    assert {part for word in words(report) for part in word.split(":")} - shown - {""} == set()


@pytest.mark.parametrize("width", [60, 80, 120, 300])
@pytest.mark.parametrize("name", ["plan", "validate", "graph", "clean"])
def test_lines_fit_the_terminal(name: str, width: int) -> None:
    for line in text(SAMPLES[name], Screen(width, colour=False)).splitlines():
        assert len(line) <= min(width, 120) or len(line.split()) == 1, line
        assert line == line.rstrip()


def test_in_a_pipe_a_finding_is_one_line_that_programs_read() -> None:
    lines = [found for line in text(VALIDATION).splitlines() if (found := GREPPABLE.match(line))]
    assert [found["message"] for found in lines] == [
        FINDINGS[1].message,
        LONG.message,
        FINDINGS[0].message,
        FINDINGS[2].message,
    ]
    assert f"  help: {LONG.hint}\n" in text(VALIDATION)
    related = LONG.related[0]
    assert f"  see {related.place}: {related.message}\n" in text(VALIDATION)


def test_a_fixed_finding_is_not_taken_for_one() -> None:
    found = [GREPPABLE.match(line) for line in text(PLAN).splitlines()]
    assert len([one for one in found if one]) == 2
    assert "catalog/service/shipping.yaml:2:7: fixed note ownerless-service: " in text(PLAN)


def test_new_ones_come_first_and_unchanged_ones_are_only_counted() -> None:
    shown = text(PLAN)
    assert shown.index("dangling-reference") < shown.index("ownerless-service")
    assert "2 new, 1 fixed, 14 unchanged" in shown
    assert "unknown-field" not in shown
    assert text(PLAN._replace(all_findings=True)).count("unchanged warning unknown-field") == 14


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ("", "none"),
        ("e", "1 error"),
        ("eewn", "2 errors, 1 warning, 1 note"),
        ("+", "1 new"),
        ("-", "none new, 1 fixed"),
        ("==", "none new, 2 unchanged"),
        ("+-=", "1 new, 1 fixed, 1 unchanged"),
    ],
)
def test_findings_are_counted_in_words(statuses: str, expected: str) -> None:
    severities = {"w": Severity.WARNING, "n": Severity.NOTE}
    names = {"+": "new", "-": "fixed", "=": "unchanged"}
    findings = [
        Diagnostic("r", severities.get(one, Severity.ERROR), "m", status=names.get(one, "")) for one in statuses
    ]
    assert tally(findings) == expected


def test_a_report_of_text_is_that_text() -> None:
    schema = '{\n\t"é": "##[x]"\n}\n'
    assert text(Report("schema", "all", text=schema)) == schema
    assert text(Report("schema", "all", text=schema, findings=())).startswith("schema  all\n")


def test_short_findings_stand_in_columns() -> None:
    short = tuple(one._replace(hint="", related=(), place=Place("a.yaml", 1, 2)) for one in (FINDINGS[0], FINDINGS[2]))
    lines = text(Report("validate", "", findings=short), Screen(120, colour=False)).splitlines()[-2:]
    assert len({line.index("Service/") for line in lines}) == 1


def test_the_colours_are_nothing_but_colours() -> None:
    for report in (PLAN, VALIDATION, GRAPH, HOSTILE):
        coloured = text(report, Screen(80, colour=True))
        assert coloured != (bare := text(report, Screen(80, colour=False)))
        assert ESCAPE.sub("", coloured) == bare


@pytest.mark.parametrize("name", ["text", "github", "markdown", "tree", "mermaid", "dot", "graphml"])
@pytest.mark.parametrize("screen", [PIPE, Screen(60, colour=False)], ids=["pipe", "terminal"])
def test_no_file_talks_to_the_terminal(name: str, screen: Screen) -> None:
    shown = FORMATS[name](HOSTILE, screen)
    shown.encode()
    assert {unicodedata.category(one) for one in shown if one != "\n"} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    } == set()
    assert "::error::" not in {line[:9] for line in shown.splitlines()}


def test_no_file_talks_to_the_log_of_a_ci_system() -> None:
    finding = Diagnostic("a", Severity.ERROR, "x ##[error] ##vso[task.x]", Place("::add-mask::x"))
    for name in ("text", "github"):
        shown = FORMATS[name](Report("validate", "", findings=(finding._replace(status="fixed"),)), PIPE)
        assert not re.search(r"(?m)^\s*::|##\w*\[", shown), shown


def test_ascii_is_ascii() -> None:
    for name in FORMATS:
        if name not in ("markdown", "dot", "graphml"):  # these are for programs, and say in which encoding they are
            assert FORMATS[name](GRAPH._replace(title="é"), Screen(80, colour=False, unicode=False)).isascii()


def test_no_glyph_of_ours_needs_more_than_ascii() -> None:
    for sample in SAMPLES.values():
        long = sample._replace(title="long " * 1000)
        for name in FORMATS:
            text = FORMATS[name](long, Screen(80, colour=False, unicode=False))
            assert not set("…✅⚠❌├└│─") & set(text), name


def test_a_deep_tree_does_not_recurse() -> None:
    tree = Branch("leaf")
    for number in range(3000):
        tree = Branch(str(number), (tree,))
    assert render_tree(Report("impact", "", trees=(tree,)), PIPE).count("\n") == 3001


def test_wide_characters_line_up() -> None:
    rows = tuple(Row((Cell(name), Cell("x")), place=Place("f")) for name in ("ab", "日本", "e\u0301e"))
    lines = text(Report("list", "", sections=(Section("All", rows),)), Screen(80, colour=False)).splitlines()
    assert [line[: line.index("x")] for line in lines[-3:]] == [
        "    ab     ",
        "    日本   ",
        "    e\u0301e     ",
    ]


@settings(deadline=None)
@given(st.text())
def test_visible_text_is_one_line_without_controls(raw: str) -> None:
    shown = visible(raw)
    assert {unicodedata.category(one) for one in shown} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert len((shown + "x").splitlines()) == 1
    assert visible(shown) == shown
    assert raw.isascii() is False or not raw.isprintable() or shown == raw
    assert visible_lines(raw).count("\n") == raw.count("\n")


@settings(deadline=None)
@given(st.text(alphabet=":# \n[a"))
def test_inert_text_has_no_commands(raw: str) -> None:
    assert not re.search(r"(?m)^[^\S\n]*::|##\w*\[", inert(raw))


@settings(deadline=None)
@given(st.text(alphabet="ab é日 "), st.integers(1, 30))
def test_wrapping_keeps_every_character(raw: str, room: int) -> None:
    assert " ".join(wrapped(raw, room)) == raw


def test_a_sign_stays_with_what_it_is_the_sign_of() -> None:
    assert wrapped("- Asset/a, + Asset/b", 12) == ["- Asset/a,", "+ Asset/b"]
    assert wrapped("+ Asset/a", 3) == ["+ Asset/a"]


ROWS = st.lists(
    st.builds(
        Row,
        st.lists(st.builds(Cell, st.text(alphabet="abcdefg ", max_size=50)), max_size=4).map(tuple),
        st.sampled_from(["", "+"]),
        st.none() | st.builds(Place, st.text(alphabet="abc/", min_size=1, max_size=50)),
        st.lists(st.text(alphabet="xyz ", max_size=150), max_size=2).map(tuple),
    ),
    max_size=5,
).map(tuple)


@settings(deadline=None)
@given(ROWS, st.sampled_from([None, 40, 80, 120]))
@example(
    (
        Row((Cell(""), Cell(""), Cell(""), Cell("aaa")), "+"),
        Row((Cell("aa"), Cell("a" * 9), Cell("a" * 12), Cell(""))),
    ),
    40,
)
def test_every_word_of_any_table_is_there_in_order(rows: tuple[Row, ...], width: int | None) -> None:
    shown = text(Report("list", "", sections=(Section("All", rows, ("a",)),)), Screen(width, colour=False))
    found = shown.split()
    for row in rows:
        for part in (*(cell.text for cell in row.cells), *row.because, str(row.place or "")):
            assert set(part.split()) <= set(found)
    if width:
        for line in shown.splitlines():
            assert len(line) <= width or len(line.split()) == 1 or max(map(len, line.split())) > width - 24
