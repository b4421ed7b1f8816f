"""From a question to an exit code: load what is asked about, print the answer, say how it went."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from mofconf.cli.options import Invocation, Output, invocation

if TYPE_CHECKING:  # these rooms are heavy, and `--help` has no use for them
    from mofconf.diagnostic import Diagnostic
    from mofconf.report import Report
    from mofconf.selectors import Scope
    from mofconf.workspace import Workspace

CLEAN, FINDINGS, USAGE, UNAVAILABLE = 0, 1, 2, 3


def answer(ctx: click.Context, options: dict[str, Any], question: Callable[[Invocation], Report]) -> Report:
    """Ask, print the report in every format that was asked for, and return it."""
    asked = invocation(ctx, options)
    with polite():
        report = question(asked)._replace(root=_way_from_the_top(asked))
        for output in asked.outputs:
            write(report, output, asked)
    return report


def _way_from_the_top(asked: Invocation) -> str:
    """Where the project lies, as seen from the top of its repository: forges know paths from there only."""
    from mofconf.sources.loading import find_root, way_from_the_top

    return way_from_the_top(find_root(asked.directory, named=asked.named, has_project=asked.project is not None))


def finish(report: Report, asked: Invocation, otherwise: int = CLEAN) -> NoReturn:
    """Leave with the exit code that the findings deserve."""
    sys.exit(FINDINGS if fails(report.findings or (), asked.fail_on) else otherwise)


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
        more = f"; {unread} documents cannot be read or do not fit, see `mofconf validate`"
        raise SelectorError(f"{error}{more}") from None


def with_unknowns(report: Report, workspace: Workspace, asked: Invocation) -> Report:
    """The report, with a finding for each document that it had to do without. No such document, no findings."""
    from mofconf.rules import unknowns

    found = unknowns(workspace, asked.today)
    return report._replace(findings=found) if found else report


def load_scope(asked: Invocation, revision: str | None, base: str | None) -> tuple[Workspace, Scope, str]:
    """The workspace, what selectors are evaluated on, and what people call it.

    With ``base`` selectors may ask what differs from that revision.
    """
    from mofconf.plan.differences import differences
    from mofconf.selectors import Scope
    from mofconf.sources.comparing import compare_revisions

    if base is None:
        workspace, label = load(asked, revision)
        return workspace, Scope(workspace.catalog, workspace.graph), label
    wanted = f"{base}..{revision}" if revision else base
    with progress("comparing"):
        sides = compare_revisions(asked.directory, wanted, asked.project, named=asked.named)
        states = differences(sides.base, sides.head).states(sides.head.catalog)
    return sides.head, Scope(sides.head.catalog, sides.head.graph, states), sides.title


def load(asked: Invocation, revision: str | None = None) -> tuple[Workspace, str]:
    """The workspace of a folder, a work tree or a revision, and what people call it."""
    from mofconf.sources import Repository, files_now, plain_folder
    from mofconf.sources.loading import find_root, load_tree, project_file, settings_of, something_read
    from mofconf.workspace import memory

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
        with progress(f"reading {tree.label}"):
            workspace = load_tree(tree, settings_of(tree, override), memory())
        something_read(workspace)
        keep(workspace)
        return workspace, tree.label
    finally:
        if repository is not None:
            repository.close()


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
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    wide = os.get_terminal_size(stream.fileno()).columns if terminal else None
    colour = asked.colour and "NO_COLOR" not in os.environ and (terminal or bool(os.environ.get("FORCE_COLOR")))
    text = FORMATS[output.format](report, Screen(wide or None, colour, unicode))
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unavailable(
            f"the answer cannot be printed: {error.strerror}", _HELP.get(error.errno or 0, "try again")
        ) from None


def _write_file(file: Path, text: str) -> None:
    """Write a report to a file. What is no report is not overwritten: a slip would cost somebody their work."""
    if file.suffix in (".yaml", ".yml") and file.exists():
        raise unavailable(f"{file} is there already, and a report is not written over YAML", "name another file")
    try:
        file.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        help_ = _HELP.get(error.errno or 0, "name a file in a folder that exists")
        raise unavailable(f"{file} cannot be written: {error.strerror}", help_) from None


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
def progress(what: str) -> Iterator[None]:
    """Say on a terminal what takes so long, and take it back when it is done. Nothing in a pipe."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} ..."):
        yield
