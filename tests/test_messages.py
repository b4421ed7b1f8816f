"""What users read, word for word, where no other test says it: in a pipe, and the same in JSON.

``messages.txt`` holds files and what is said of them; ``--bless`` rewrites what is said. The last test looks at every
message in the code: none of them shouts, and none ends like a sentence of a book.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import run
from conftest import ROOT, GitRepository
from estates import files_of

from mofconf.cli import COMMANDS, HIDDEN

FILE = Path(__file__).with_name("messages.txt")
HEAD, *CASES = FILE.read_text().split("\n== ")
CREW = "---\nkind: Team\nname: crew\n"


def _write(folder: Path, text: str) -> Path:
    for path, content in files_of(text).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return folder


def _said(case: str, folder: Path) -> tuple[str, str]:
    """The findings in the files of a case, as a pipe has them and as JSON has them."""
    text = case.partition("\n")[2].partition("-- says\n")[0]
    answer = folder / "answer.json"
    asked = ("-C", _write(folder / "in", text), "validate", "--at", "2026-11-22")
    printed = run(*asked, "-o", "text", "-o", f"json:{answer}").out
    return printed.partition("  Findings ")[2].partition("\n\n")[2], _as_printed(json.loads(answer.read_text()))


def _as_printed(answer: dict[str, Any]) -> str:
    lines = []
    for one in answer["findings"]:
        lines.append(f"{_place(one)}: {one['severity']} {one['rule']}: {one['message']}")
        lines += [f"  see {_place(other)}: {other['message']}" for other in one["related"]]
        lines += [f"  help: {one['hint']}"] * bool(one["hint"])
    return "".join(f"{line}\n" for line in lines)


def _place(one: dict[str, Any]) -> str:
    return f"{one['file']}:{one['line']}:{one['column']}"


def test_a_pipe_says_what_the_table_says(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    parts = [HEAD]
    for number, case in enumerate(CASES):
        question = case.partition("-- says\n")[0]
        parts.append(f"{question}-- says\n{_said(case, tmp_path / str(number))[0]}")
    golden("messages.txt", "\n== ".join(parts))


@pytest.mark.parametrize("case", CASES, ids=[case.partition("\n")[0] for case in CASES])
def test_json_says_the_same(case: str, tmp_path: Path) -> None:
    printed, in_json = _said(case, tmp_path)
    assert printed == in_json
    assert printed


def test_a_file_that_is_refused_is_the_subject_of_its_sentence(tmp_path: Path) -> None:
    _write(tmp_path, "kind: Team\nname: t\n")
    (tmp_path / "catalog" / "link.yaml").symlink_to("a.yaml")
    said = run("-C", tmp_path, "validate", code=1).out
    assert (
        "catalog/link.yaml:1:1: error unreadable-document: this is a symbolic link, which mofconf does not follow\n"
        "  help: put the file itself in its place, or leave the link out of the sources\n"
    ) in said


UNREAD = "kind: Service\nname: web\nowner: crew\n" + CREW + "---\nkind: Service\nname: [\n"

# Arguments, exit code, and all that is said where errors are.
REFUSALS: dict[str, tuple[tuple[str, ...], int, str]] = {
    "a name that may stand in what cannot be read": (
        ("show", "zebra"),
        2,
        (
            "Error: there is no zebra: mofconf list shows what there is "
            "(documents that cannot be read or do not fit: 1, see `mofconf validate`)\n"
        ),
    ),
    "a pattern for one resource": (
        ("show", "z*"),
        2,
        "Error: show wants one resource, and z* matches 0; try mofconf list 'z*'\n",
    ),
    "an outage of nothing": (
        ("impact", "z*"),
        2,
        "Error: nothing matches z*: mofconf list shows what there is\n",
    ),
    "no files": (
        ("validate", "--project", "gone.yaml"),
        3,
        (
            "mofconf: could not compute: the project file gone.yaml cannot be read: no such file or directory\n"
            "  help: name a file that exists behind --project\n"
        ),
    ),
    "a project file with a mistake": (
        ("validate", "--project", "{folder}/p.yaml"),
        3,
        (
            "mofconf: could not compute: p.yaml is no project file: Project has no field sourcs (line 3)\n"
            "  help: name a file with kind: Project behind --project; `mofconf explain Project` shows what may stand "
            "in it\n"
        ),
    ),
    "a demo in a file": (
        ("demo", "{folder}/p.yaml"),
        3,
        "p.yaml is a file\n  help: name a folder that does not exist yet\n",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal(case: str, tmp_path: Path) -> None:
    arguments, code, words = REFUSALS[case]
    _write(tmp_path, f"{UNREAD}# file: p.yaml\nkind: Project\nname: p\nsourcs: []\n")
    said = run("-C", tmp_path, *(one.replace("{folder}", str(tmp_path)) for one in arguments), code=code)
    assert said.err.endswith(words)
    assert said.out == ""


BASE = "kind: Service\nname: web\nowner: crew\nneeds: [{anyOf: [a, b]}]\n---\nkind: Asset\nname: a\n---\n"
BASE += "kind: Asset\nname: b\n---\nkind: SLA\nname: gold\nservice: web\n" + CREW
PROJECT = "# file: mofconf.yaml\nkind: Project\nname: "

# The files before and after, the verdict, and a line further down.
PLANS: dict[str, tuple[str, str, str, str]] = {
    "redundancy of one": (
        BASE,
        BASE.replace("{anyOf: [a, b]}", "a"),
        "safe today, one failure from an outage: 1 without its redundancy",
        "one failure from an outage: Asset/a",
    ),
    "the last promise": (
        BASE,
        BASE.replace("---\nkind: SLA\nname: gold\nservice: web\n", ""),
        "leaves a gap: 1 left without a promise",
        "because  Service/web is promised by no SLA any more, it was SLA/gold",
    ),
    "a project file that breaks": (
        f"{BASE}{PROJECT}p\n",
        f"{BASE}{PROJECT}[\n",
        "unknown: 1 resource cannot be judged, 1 new error",
        "? Project/p   unknown   the project file cannot be relied on",
    ),
    "a project file that is mended": (
        f"{BASE}{PROJECT}[\n",
        f"{BASE}{PROJECT}p\n",
        "unknown: 1 resource cannot be judged",
        "? Project/p   unknown   the base cannot be read here",
    ),
    "somebody who will leave": (
        "kind: Person\nname: ana\n---\nkind: Team\nname: crew\nmembers: [ana]\n",
        "kind: Person\nname: ana\nend: 2099-12-31\n---\nkind: Team\nname: crew\nmembers: [ana]\n",
        "leaves a gap: 1 left vacant",
        "because  Team/crew is staffed by Person/ana, whose last day is 2099-12-31\n",
    ),
    "a project file that stays broken": (
        f"{BASE}{PROJECT}[\n",
        f"{BASE}# more\n{PROJECT}[\n",
        "unknown: the project file cannot be relied on, on either side, see `mofconf validate`",
        "",
    ),
    "a file that cannot be read any more": (
        f"{BASE}# file: catalog/b.yaml\n# nothing\n",
        f'{BASE}# file: catalog/b.yaml\nname: "y\n',
        "unknown: catalog/b.yaml can be read on one side only, 1 new error",
        "",
    ),
}


@pytest.mark.parametrize("case", PLANS)
def test_a_verdict(case: str, repository: GitRepository) -> None:
    before, after, verdict, line = PLANS[case]
    repository.commit(dict(files_of(before)))
    _write(repository.folder, after)
    answer = repository.folder.parent / "answer.json"
    said = run("-C", repository.folder, "plan", "HEAD", "-o", "text", "-o", f"json:{answer}").out
    assert f"  VERDICT  {verdict}\n" in said
    assert json.loads(answer.read_text())["verdict"]["sentence"] == verdict
    assert line in said


def test_who_has_lost_a_promise_is_pointed_at(repository: GitRepository) -> None:
    repository.commit(dict(files_of(BASE)))
    _write(repository.folder, BASE.replace("---\nkind: SLA\nname: gold\nservice: web\n", ""))
    said = run("-C", repository.folder, "plan", "HEAD").out
    assert "orphaned   Service/web   catalog/a.yaml:2:7\n" in said


def test_what_is_wrong_in_a_project_file_is_said_once_where_both_sides_are_read_by_it(
    repository: GitRepository,
) -> None:
    repository.commit(dict(files_of(BASE)))
    mapping = "{files: s.yaml, format: mapping, resources: [{each: '$.x[*]', kind: Service, name: $.name}]}"
    sources = f"sources: [{{files: 'catalog/*.yaml'}}, {{files: gone.yaml}}, {mapping}]\n"
    _write(repository.folder, f"{BASE}{PROJECT}p\n{sources}# file: s.yaml\ny: 1\n")
    found = run("-C", repository.folder, "plan", "HEAD", "-o", "json").data["findings"]
    said = [(one["message"], one["status"]) for one in found if one["rule"] == "unmatched-mapping"]
    assert len(said) == len({message for message, _ in said}) == 3


# What is asked in which files, with which exit code, and the verdict.
IMPACTS: dict[str, tuple[str, tuple[str, ...], int, str]] = {
    "what is broken is not counted among those to tell": (
        "kind: SLA\nname: gold\nservice: web\ncustomers: [acme]\n---\nkind: Customer\nname: acme\n---\n"
        "kind: Service\nname: web\nowner: crew\n" + CREW,
        ("web", "--mode", "removal"),
        0,
        "1 broken, 1 promise or customer concerned",
    ),
    "a customer that goes": (
        "kind: SLA\nname: gold\nservice: web\ncustomers: [acme]\n---\nkind: Customer\nname: acme\n---\n"
        "kind: Service\nname: web\nowner: crew\n" + CREW,
        ("acme", "--mode", "removal"),
        0,
        "1 broken",
    ),
    "what cannot be read might be hit": (UNREAD, ("web",), 1, "nothing else is hit, as far as could be read"),
}


@pytest.mark.parametrize("case", IMPACTS)
def test_the_verdict_of_an_impact(case: str, tmp_path: Path) -> None:
    text, asked, code, verdict = IMPACTS[case]
    answer = tmp_path / "answer.json"
    said = run("-C", _write(tmp_path / "in", text), "impact", *asked, "-o", "text", "-o", f"json:{answer}", code=code)
    assert f"  VERDICT  {verdict}\n" in said.out
    assert json.loads(answer.read_text())["verdict"]["sentence"] == verdict


def test_a_comment_counts_what_changes_and_not_its_lines(tmp_path: Path) -> None:
    both = [BASE, BASE.replace("name: web\nowner", "name: web\ntitle: Web\ndescription: It sells.\nowner")]
    sides = [_write(tmp_path / name, text) for name, text in zip("ab", both, strict=True)]
    said = run("plan", "--from", sides[0], "--to", sides[1], "-o", "markdown").out
    assert "<summary><b>Changes</b> (1)</summary>" in said
    assert said.count("| cosmetic |") == 2


def test_failures_of_which_each_is_enough(tmp_path: Path) -> None:
    text = "kind: Service\nname: web\nowner: crew\nneeds: [{anyOf: [a, b]}]\n---\nkind: Asset\nname: a\n---\n"
    text += "kind: Asset\nname: b\nlocation: hall\n---\nkind: Location\nname: hall\n" + CREW
    said = run("-C", _write(tmp_path, text), "impact", "a", code=0).out
    assert "Service/web   Asset/b or Location/hall alone now takes it down\n" in said


# Files, and of each finding the address and the field in JSON.
ABOUT: dict[str, tuple[str, list[tuple[str | None, str | None]]]] = {
    "a key that is written twice": ("kind: Team\nname: t\n---\nkind: Team\nname: u\nname: u\n", [("Team/u", None)]),
    "a key in what is no resource": ("kind: Team\nname: t\n---\n- {a: 1, a: 2}\n", [(None, None), (None, None)]),
    "a selector that matches nothing": (
        "kind: OLA\nname: o\nteam: t\nsupports: [{select: kind=Asset}]\n---\nkind: Team\nname: t\n",
        [("OLA/o", "supports[0].select")],
    ),
    "files that are not there": (
        f"{PROJECT}p\nsources: [{{files: a.yaml}}]\n# file: catalog/t.mofconf.yaml\nkind: Team\nname: t\n",
        [("Project/p", "sources[0].files")],
    ),
    "two values for one label": (
        (
            f"{PROJECT}p\nsources: [{{files: c.yaml, format: compose}}]\n"
            "# file: c.yaml\nservices: {web: {labels: {tier: a}}}\n"
            "# file: catalog/a.yaml\nkind: Service\nname: web\nowner: t\nlabels: {tier: b}\n---\nkind: Team\nname: t\n"
        ),
        [("Service/web", "labels.tier")],
    ),
    "a Compose service that says nothing": (
        f"{PROJECT}p\nsources: [{{files: c.yaml, format: compose}}]\n# file: c.yaml\nservices: {{web: }}\n",
        [("Service/web", None)],
    ),
}


@pytest.mark.parametrize("case", ABOUT)
def test_json_says_what_a_finding_is_about(case: str, tmp_path: Path) -> None:
    text, about = ABOUT[case]
    found = run("-C", _write(tmp_path, text), "validate", "--fail-on", "never", "-o", "json").data["findings"]
    assert [(one["address"], one["field"]) for one in found] == about


def test_what_cannot_be_read_is_said_once(tmp_path: Path) -> None:
    broken = "kind: Service\nname: web\nowner: [\n"
    said = run("-C", _write(tmp_path, broken), "show", "web", "-o", "text", code=1).out
    assert "  VERDICT  its document cannot be read or does not fit, see `mofconf validate`\n" in said


def test_a_graph_of_nothing_says_so(tmp_path: Path) -> None:
    said = run("-C", _write(tmp_path, "kind: Team\nname: t\n"), "graph", "label:none", "-o", "text").out
    assert said.endswith("  VERDICT  nothing matches\n")


def test_a_comment_counts_what_is_hit_and_not_its_rows(repository: GitRepository) -> None:
    hub = "---\nkind: Asset\nname: hub\n"
    many = "---\n".join(f"kind: Service\nname: s{number:02}\nowner: crew\nneeds: [hub]\n" for number in range(15))
    repository.commit(dict(files_of(many + CREW + hub)))
    _write(repository.folder, many + CREW)
    said = run("-C", repository.folder, "plan", "HEAD", "-o", "markdown", code=1).out
    assert "<summary><b>Impact</b> (15)</summary>" in said
    assert "<summary><b>Promises</b> (15)</summary>" in said


def test_two_defaults_differ_in_a_field(tmp_path: Path) -> None:
    both = "[{for: {kind: Service}, set: {owner: x}}, {for: {kind: Service}, set: {owner: y}}]"
    text = f"# file: mofconf.yaml\nkind: Project\nname: p\ndefaults: {both}\n# file: catalog/a.yaml\nkind: Service\n"
    text += "name: web\n---\nkind: Team\nname: x\n---\nkind: Team\nname: y\n"
    [one] = run("-C", _write(tmp_path, text), "validate", "-o", "json", code=1).data["findings"]
    assert (one["rule"], one["address"], one["field"]) == ("contradicting-values", "Service/web", "owner")


def test_what_is_wrong_in_a_mapping_is_wrong_in_a_field_of_the_project(tmp_path: Path) -> None:
    good = "{each: $.a, kind: Service, name: $.n, fields: {owner: {value: 'a b'}}}"
    wrong = "{each: '$.a | $.b', kind: Service, name: $.n}, {each: $.c, kind: Service, name: $.n}"
    text = "# file: mofconf.yaml\nkind: Project\nname: p\nsources: [{files: s.yaml, format: mapping, "
    text += f"resources: [{good}, {wrong}]}}]\n# file: s.yaml\na: {{n: x}}\n"
    found = run("-C", _write(tmp_path, text), "validate", "-o", "json", code=1).data["findings"]
    assert {one["address"] for one in found} == {"Project/p"}
    assert [one["field"].removeprefix("sources[0].resources") for one in found] == [
        "[0].fields.owner",
        "[1].each",
        "[2].each",
    ]


@pytest.mark.parametrize("command", [*COMMANDS, *HIDDEN])
def test_no_help_is_broken_by_a_terminal_of_the_usual_width(command: str) -> None:
    said = run(command, "--help").out
    assert not [line for line in said.splitlines() if len(line) > 80]


def test_a_command_with_one_format_offers_no_choice() -> None:
    assert "The answer is text here, and printed." in " ".join(run("new", "--help").out.split())


MAKERS = {
    *("BadParameter", "Fault", "Finding", "Flaw", "Problem", "ReadingError", "Related", "SelectorError", "SourceFile"),
    *("TooManyNodesError", "Unavailable", "Unreadable", "UsageError", "fail", "say", "_say", "unavailable", "wrong"),
}
"""What takes the words of a message."""

WORDS = {"complaint", "hint", "message", "reason", "step"}
"""Names under which they are kept until then."""


def _messages(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The line and the text of all messages and hints in a module; what is filled in stands as ``{}``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MAKERS:
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from _texts(argument)
        elif isinstance(node, ast.Assign) and {getattr(target, "id", "") for target in node.targets} & WORDS:
            yield from _texts(node.value)


def _texts(value: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    elif isinstance(value, ast.BoolOp):
        for part in value.values:
            yield from _texts(part)
    elif isinstance(value, (ast.Constant, ast.JoinedStr)):
        parts = [value] if isinstance(value, ast.Constant) else value.values
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        if " " in text.strip():
            yield value.lineno, text


def test_every_message_is_written_in_one_way() -> None:
    found = [
        (f"{file.relative_to(ROOT)}:{line}", text)
        for file in sorted((ROOT / "mofconf").rglob("*.py"))
        for line, text in _messages(ast.parse(file.read_text()))
    ]
    assert len(found) > 300
    odd = [
        (place, text)
        for place, text in found
        if text.strip()[0].isupper()
        or text.rstrip().endswith((".", "!"))
        or "\u2014" in text
        or "invalid" in text.split()
    ]
    assert not odd
