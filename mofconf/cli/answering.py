"""From a question to an exit code: load what is asked about, print the answer, say how it went."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from mofconf.cli.options import Invocation, Output, invocation

if TYPE_CHECKING:  # these rooms are heavy, and `--help` has no use for them
    from mofconf.diagnostic import Diagnostic
    from mofconf.report import Report
    from mofconf.selectors import Scope
    from mofconf.workspace import Workspace

CLEAN, FINDINGS, USAGE, UNAVAILABLE, CHANGES = 0, 1, 2, 3, 10


def answer(
    ctx: click.Context,
    options: dict[str, Any],
    question: Callable[[Invocation], Report],
    leaving: Callable[[Report, Invocation], int] | None = None,
) -> Report:
    """Ask, print the report in every format that was asked for, and return it.

    ``leaving`` says with which exit code, where it is not the one that the findings deserve.
    """
    asked = invocation(ctx, options)
    with polite():
        for output in asked.outputs:
            if output.file is not None:
                _check_folder(output.file)
        report = question(asked)
        report = report._replace(root=_way_from_the_top(asked), exit_code=(leaving or exit_code)(report, asked))
        for output in asked.outputs:
            write(report, output, asked)
    return report


def _way_from_the_top(asked: Invocation) -> str:
    """Where the project lies, as seen from the top of its repository: forges know paths from there only."""
    from mofconf.sources.loading import find_root, way_from_the_top

    return way_from_the_top(find_root(asked.directory, named=asked.named, has_project=asked.project is not None))


def finish(report: Report) -> NoReturn:
    """Leave with the exit code that the report names."""
    sys.exit(report.exit_code or CLEAN)


def exit_code(report: Report, asked: Invocation) -> int:
    """The exit code that the findings deserve."""
    return FINDINGS if fails(report.findings or (), asked.fail_on) else CLEAN


def fails(findings: Iterable[Diagnostic], fail_on: str) -> bool:
    """Whether a finding is as bad as ``fail_on`` says. In a plan only what is new counts."""
    from mofconf.diagnostic import Severity

    if fail_on == "never":
        return False
    least = Severity.of(fail_on)
    return any(finding.severity >= least and finding.status in ("", "new") for finding in findings)


def choose(scope: Scope, *selectors: str) -> frozenset[str]:
    """What selectors match. Where something cannot be read, that may be why they match nothing."""
    from mofconf.selectors import SelectorError, select

    try:
        return select(scope, *selectors)
    except SelectorError as error:
        unread = len(scope.catalog.unreadables) + len(scope.catalog.misfits)
        if not unread:
            raise
        more = f" (documents that cannot be read or do not fit: {unread}, see `mofconf validate`)"
        raise SelectorError(f"{error}{more}") from None


def with_unknowns(report: Report, workspace: Workspace, asked: Invocation) -> Report:
    """The report, with a finding for each document that it had to do without. No such document, no findings."""
    from mofconf.report import Tone
    from mofconf.rules import unknowns

    found = unknowns(workspace, asked.today)
    if not found:
        return report
    verdict = report.verdict
    if verdict is not None and verdict.state != "unknown":
        tone = Tone.WARN if verdict.tone is Tone.GOOD else verdict.tone
        verdict = verdict._replace(sentence=f"{verdict.sentence}, as far as could be read", tone=tone)
    return report._replace(findings=found, verdict=verdict)


def load_scope(asked: Invocation, revision: str | None, base: str | None) -> tuple[Workspace, Scope, str]:
    """The workspace, what selectors are evaluated on, and what people call it.

    With ``base`` selectors may ask what differs from that revision.
    """
    from mofconf.plan.differences import differences
    from mofconf.selectors import Scope
    from mofconf.sources.comparing import compare_revisions

    _check_named(revision)
    _check_named(base)
    if base is None:
        workspace, label = load(asked, revision)
        return workspace, Scope(workspace.catalog, workspace.graph), label
    wanted = f"{base}..{revision}" if revision else base
    with progress("comparing", asked):
        sides = compare_revisions(asked.directory, wanted, asked.project, named=asked.named)
        states = differences(sides.base, sides.head).states(sides.head.catalog)
    return sides.head, Scope(sides.head.catalog, sides.head.graph, states), sides.title


def load(asked: Invocation, revision: str | None = None) -> tuple[Workspace, str]:
    """The workspace of a folder, a work tree or a revision, and what people call it."""
    from mofconf.sources import Repository, files_now, plain_folder
    from mofconf.sources.loading import find_root, load_tree, project_file, settings_of, something_read
    from mofconf.workspace import memory

    _check_named(revision)
    override = project_file(asked.project) if asked.project is not None else None
    root = find_root(asked.directory, named=asked.named, has_project=override is not None)
    repository = Repository.open(root)
    try:
        if repository is not None and (revision or repository.bare):
            tree: Any = repository.commit(revision or "HEAD")
        elif revision:
            raise unavailable(
                f"{root} lies in no git repository, so it has no revision {revision}", "leave --revision out"
            )
        else:
            tree = plain_folder(root) if repository is None else files_now(repository, root)
        with progress(f"reading {tree.label}", asked):
            workspace = load_tree(tree, settings_of(tree, override), memory())
        something_read(workspace)
        keep(workspace)
        return workspace, tree.label
    finally:
        if repository is not None:
            repository.close()


def _check_named(revision: str | None) -> None:
    """Refuse what a script makes of a variable that is not set: it would mean something else than was asked for."""
    if revision is not None and not revision.strip():
        raise click.UsageError(f"'{revision}' names no revision: is a variable empty?")


def keep(value: object) -> None:
    """Hold something until the program ends: to take a workspace apart takes longer than many an answer."""
    click.get_current_context().meta.setdefault(__name__, []).append(value)


def write(report: Report, output: Output, asked: Invocation) -> None:
    """Print a report, or write it to a file."""
    from mofconf.render import FORMATS, Screen

    if output.file is not None:
        _write_file(output.file, FORMATS[output.format](report, Screen(None, colour=False)))
        return
    stream = sys.stdout
    unicode = (getattr(stream, "encoding", "") or "").lower().replace("-", "") in ("utf8", "utf16", "utf32")
    terminal = _can_more_than_lines(stream)
    wide = os.get_terminal_size(stream.fileno()).columns if terminal else None
    colour = _wants_colour(asked) and (terminal or bool(os.environ.get("FORCE_COLOR")))
    text = FORMATS[output.format](report, Screen(wide or None, colour, unicode))
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    print_text(text)


def print_text(text: str) -> None:
    """Print an answer that is ready."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unavailable(
            f"the answer cannot be printed: {(error.strerror or '').lower()}", _HELP.get(error.errno or 0, "try again")
        ) from None


def _check_folder(file: Path) -> None:
    """Refuse a file that can never be written before anything is worked out for it."""
    try:
        there = stat.S_ISDIR(file.parent.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        there = False
    except OSError:
        return  # writing will say what is wrong
    if not there:
        message = f"{file} cannot be written: there is no folder {file.parent}"
        raise unavailable(message, "make the folder, or name a file in one that exists")


def _write_file(file: Path, text: str) -> None:
    """Write a report to a file. What is no report is not overwritten: a slip would cost somebody their work."""
    _check_folder(file)
    if file.suffix in (".yaml", ".yml") and file.exists():
        raise unavailable(f"{file} is there already, and a report is not written over YAML", "name another file")
    try:
        file.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        help_ = _HELP.get(error.errno or 0, "name a file in a folder that exists")
        raise unavailable(f"{file} cannot be written: {(error.strerror or '').lower()}", help_) from None


_HELP: Mapping[int, str] = {
    errno.EISDIR: "name a file, not a folder",
    errno.EACCES: "name a file that you may write to",
    errno.EROFS: "name a file that you may write to",
    errno.ENOSPC: "make room on the disk",
}


@contextmanager
def polite() -> Iterator[None]:
    """What the world refuses and what makes no sense is said in a line or two, without a traceback."""
    from mofconf.selectors import SelectorError
    from mofconf.sources import Unavailable

    try:
        yield
    except Unavailable as refusal:
        click.echo(f"mofconf: could not compute: {refusal.message}\n  help: {refusal.next_step}", err=True)
        sys.exit(UNAVAILABLE)
    except SelectorError as error:
        raise click.UsageError(str(error)) from None


def unavailable(message: str, next_step: str) -> Exception:
    """The exception for what the world refuses."""
    from mofconf.sources import Unavailable

    return Unavailable(message, next_step)


@contextmanager
def progress(what: str, asked: Invocation) -> Iterator[None]:
    """Say on a terminal what takes so long, and take it back when it is done. Nothing in a pipe."""
    if not _can_more_than_lines(sys.stderr):
        yield
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, no_color=not _wants_colour(asked))
    # This wheel turns in ASCII: what a terminal can show is not always what its encoding says.
    with console.status(Text(f"{what} ..."), spinner="line"):
        yield


def _can_more_than_lines(stream: TextIO) -> bool:
    """Whether a stream is a terminal that knows widths, colours, and how to take a line back."""
    return stream.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")


def _wants_colour(asked: Invocation) -> bool:
    """Whether nobody has said that there should be none. An empty NO_COLOR says nothing (https://no-color.org)."""
    return asked.colour and not os.environ.get("NO_COLOR")
