"""A comment on a pull request: within its budget, with true totals, and a name in it is only a name."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from render.samples import EVIL, GRAPH, HOSTILE, PLAN, SAMPLES, VALIDATION

from mofconf.diagnostic import Diagnostic, Place, Severity
from mofconf.render import Screen
from mofconf.render.markdown import SMALLEST, render
from mofconf.render.markup import code, html, prose, table_code, table_prose
from mofconf.render.visible import visible
from mofconf.report import Cell, Report, Row, Section, Tone, Verdict

PIPE = Screen(width=None, colour=False)
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {
    "details",
    "summary",
    "b",
    "br",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h3",
    "p",
    "pre",
}


class Page(HTMLParser):
    """What a browser would see: the text of each cell, and whether every tag is one of ours and closed."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[str] = []
        self.rows: list[int] = []
        self.text = ""
        self.loose = ""
        self.feed(READER.render(markdown))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OURS, tag
        assert not attrs or tag == "code" or (tag, attrs) == ("details", [("open", None)]), attrs
        if tag == "tr":
            self.rows.append(0)
        if tag in ("td", "th"):
            self.rows[-1] += 1
            self.cells.append("")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        data = data.replace("\u200b", "")
        self.text += data
        if "td" in self.open or "th" in self.open:
            self.cells[-1] += data
        if "code" not in self.open:
            self.loose += data


def table(*cells: str) -> Page:
    return Page("| " + " | ".join(cells) + " |\n|" + " --- |" * len(cells) + "\n")


MEANING = st.text(alphabet="a1 |`\\<>&*_~[](){}!#@$:/.,-+='\"\n\x1b\u202eé")
ANY = MEANING | st.text()


def spaced(text: str) -> str:
    """Markdown makes one space of many outside of code; nobody misses them."""
    return re.sub(r"\s+", " ", text).strip()


@settings(deadline=None)
@given(ANY, ANY)
def test_any_text_stays_inside_its_cell(first: str, second: str) -> None:
    page = table(table_prose(first), table_code(visible(second)), "last")
    assert page.rows == [3]
    assert [spaced(cell) for cell in page.cells] == [spaced(visible(first)), spaced(visible(second)), "last"]


@settings(deadline=None)
@example("`1`:1")
@example("@(`1`")
@given(ANY)
def test_any_text_stays_text_in_a_paragraph(raw: str) -> None:
    assert spaced(Page(f"x {prose(raw)}").text) == spaced(f"x {visible(raw)}")
    assert spaced(Page(f"x {code(visible(raw))}").text) == spaced(f"x {visible(raw)}")
    assert spaced(Page(f"<details>\n<summary>{html(raw)}</summary>\n\n</details>\n").text) == spaced(visible(raw))


@settings(deadline=None)
@given(ANY)
def test_nothing_that_a_forge_links_stands_outside_of_code(raw: str) -> None:
    for page in (
        table(table_prose(raw)),
        Page(f"x {prose(raw)}"),
        Page(f"<details>\n{html(raw)}\n\n</details>\n"),
    ):
        assert not re.search(r"[@#_*`$\[\]|\\{}~]|://|www\.", page.loose, re.IGNORECASE), page.loose


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Service/billing does not exist", "`Service/billing` does not exist"),
        ("nothing, really (99.95 %).", "nothing, really (99.95 %)."),
        ("dc-east -> dc-west", "dc-east -&gt; dc-west"),
        ("see #12, GH-12 and a/b#3", "see `#12`, `GH-12` and `a/b#3`"),
        ("thanks @ana!", "thanks `@ana`!"),
        ("www.example.org https://example.org", "`www.example.org` `https://example.org`"),
        ("at 1f2e3d4c and 2026", "at `1f2e3d4c` and 2026"),
        ("needs[2] of (a(b))", "`needs[2]` of (`a(b)`)"),
        ("a | b", "a `|` b"),
        ("`x`", "`` `x` ``"),
        ("see `mofconf list --help`, or `a b`.", "see `` `mofconf list --help` ``, or `` `a b` ``."),
        ("it`s `a", "``it`s`` `` `a ``"),
        (":tada:", "`:tada`:"),
    ],
)
def test_names_stand_in_code_and_words_do_not(raw: str, expected: str) -> None:
    assert prose(raw) == expected


@pytest.mark.parametrize("raw", ["a|b", "a\\|b", "\\\\|", "|", "\\", "`|`", "|\\|", "||"])
def test_a_bar_in_a_cell_has_no_backslash_before_its_own(raw: str) -> None:
    # Readers disagree about those: for GitHub's they end the cell.
    assert not re.search(r"(?<!\\)(\\\\)+\|", table_code(raw))
    assert table(table_code(raw), "x").cells == [raw, "x"]


@pytest.mark.parametrize("report", SAMPLES.values(), ids=SAMPLES)
def test_samples_are_read_as_they_were_meant(report: Report) -> None:
    markdown = render(report, PIPE)
    page = Page(markdown)
    assert markdown.startswith("<!-- mofconf:")
    assert markdown.index("### ") < (markdown + "<details").index("<details")
    if report.verdict:
        assert visible(report.verdict.sentence) in page.text
    for finding in report.findings or ():
        assert (visible(finding.message) in page.text) == (finding.status != "unchanged")
    for section in report.sections:
        for row in section.rows:
            assert all(visible(cell.text) in page.text for cell in row.cells)


def test_the_marker_names_the_command_and_nothing_gets_out_of_it() -> None:
    assert render(PLAN, PIPE).startswith("<!-- mofconf:plan -->\n### ❌ blocked: 1 promise broken")
    assert render(PLAN._replace(command="--> <script>"), PIPE).startswith("<!-- mofconf:script -->\n")


def test_a_long_plan_keeps_its_budget_and_its_true_totals() -> None:
    rows = tuple(Row((Cell(f"Service/s-{n}", Tone.STRONG), Cell("owner")), "~") for n in range(5000))
    report = PLAN._replace(sections=(*PLAN.sections, Section("More", rows)))
    markdown = render(report, PIPE)
    assert 50_000 < len(markdown.encode()) <= 60_000
    shown = markdown.count("`Service/s-")
    assert f"\nand {5000 - shown:,} more\n" in markdown
    assert "<summary><b>More</b> (5,000)</summary>" in markdown
    assert "`ownerless-service`" in markdown, "the sections below a long one are still there"
    Page(markdown)


def test_what_stands_in_several_rows_or_several_in_one_is_counted_once() -> None:
    rows = (Row((Cell("Service/a"), Cell("owner")), "~"), *[Row((Cell(""), Cell(f"labels.{n}"))) for n in range(2999)])
    report = Report("plan", "a...b", sections=(Section("Changes", rows, total=1),))
    markdown = render(report, PIPE, budget=2000)
    shown = markdown.count("\n|") - 2
    assert "<summary><b>Changes</b> (1)</summary>" in markdown
    assert f"\nand {3000 - shown:,} more rows\n" in markdown
    assert "Left out, as there is no more room here: Changes (1).\n" in render(
        report._replace(sections=(Section("x" * 400, rows[:1]), *report.sections)), PIPE, budget=700
    )
    Page(markdown)


def test_sections_are_left_out_from_the_bottom_and_that_is_said() -> None:
    sections = tuple(Section(f"Part {n}", (Row((Cell("x" * 40),)),) * 9) for n in range(40))
    markdown = render(Report("plan", "a...b", sections=sections), PIPE, budget=2000)
    titles = re.findall(r"<b>Part (\d+)</b>", markdown)
    assert titles == [str(n) for n in range(len(titles))]
    assert 0 < len(titles) < 40
    left = 40 - len(titles)
    assert markdown.endswith(f"Left out, as there is no more room here: {left} sections with {left * 9} rows.\n")
    Page(markdown)


def test_a_few_that_are_left_out_are_named() -> None:
    markdown = render(PLAN, PIPE, budget=900)
    assert re.search(r"Left out, as there is no more room here: .*Findings \(3\)\.\n$", markdown)


def test_a_picture_is_drawn() -> None:
    assert "```mermaid\nflowchart LR\n" in render(GRAPH, PIPE)


TEXTS = ANY | ANY.map(lambda text: text * 40) | st.just(EVIL * 30)
PLACES = st.none() | st.builds(Place, TEXTS, st.integers(1), st.integers(1))


def several(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=3).map(tuple)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    cells = several(st.builds(Cell, TEXTS, st.sampled_from(Tone)))
    rows = several(st.builds(Row, cells, TEXTS, PLACES, several(TEXTS)))
    findings = st.builds(
        lambda rule, severity, message, place, hint: Diagnostic(rule, severity, message, place, hint=hint),
        TEXTS,
        st.sampled_from(Severity),
        TEXTS,
        PLACES,
        TEXTS,
    )
    return Report(
        draw(TEXTS),
        draw(TEXTS),
        draw(st.none() | st.builds(Verdict, TEXTS, TEXTS, st.sampled_from(Tone))),
        draw(several(st.builds(Section, TEXTS, rows, several(TEXTS), TEXTS))),
        draw(st.none() | several(findings)),
        text=draw(TEXTS),
        note=draw(TEXTS),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), st.sampled_from([0, SMALLEST, 700, 1500, 4000, 60_000]))
def test_any_report_keeps_any_budget_and_closes_its_tags(report: Report, budget: int) -> None:
    markdown = render(report, PIPE, budget=budget)
    assert len(markdown.encode()) <= max(budget, SMALLEST)
    Page(markdown)


@pytest.mark.parametrize("budget", range(SMALLEST, 6000, 37))
def test_any_budget_is_kept(budget: int) -> None:
    for report in (PLAN, VALIDATION, HOSTILE, GRAPH):
        markdown = render(report, PIPE, budget=budget)
        assert len(markdown.encode()) <= budget
        Page(markdown)
