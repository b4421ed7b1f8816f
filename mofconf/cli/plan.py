"""``mofconf plan``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mofconf.cli.answering import CHANGES, CLEAN, answer, exit_code, finish, keep, progress
from mofconf.cli.options import Invocation, options

if TYPE_CHECKING:
    from mofconf.report import Report


@click.command()
@click.argument("revisions", metavar="[A..B | A...B | A]", required=False)
@click.option(
    "--from", "before", type=click.Path(path_type=Path, readable=False), metavar="DIR", help="Compare this folder ..."
)
@click.option(
    "--to", "after", type=click.Path(path_type=Path, readable=False), metavar="DIR", help="... with this one."
)
@click.option("--exact", is_flag=True, help="Work out every figure of a large estate, however long it takes.")
@click.option("--detailed-exitcode", is_flag=True, help="Leave with 10 where something changes and nothing is wrong.")
@options()
@click.pass_context
def command(
    ctx: click.Context,
    /,
    revisions: str | None,
    before: Path | None,
    after: Path | None,
    exact: bool,  # noqa: FBT001  # click calls it, by name
    detailed_exitcode: bool,  # noqa: FBT001  # click calls it, by name
    **given: Any,
) -> None:
    """What changes between two revisions, what that breaks, and why.

    \b
    A..B     the two revisions as they are
    A...B    what B brings to A: from their merge base to B (a pull request)
    A        from A to the files as they are
    (none)   from the merge base with the default branch to the files as they are

    \b
    Examples:
      mofconf plan
      mofconf plan origin/main...HEAD -o github -o markdown:plan.md
      mofconf plan --from release-1/ --to release-2/
    """
    if (before is None) != (after is None):
        raise click.UsageError("--from and --to go together: the folder as it was, and the folder as it is to be")
    if revisions is not None and not revisions.strip(". "):
        raise click.UsageError(f"'{revisions}' names no revision: is a variable empty? Write for example main...HEAD")
    if revisions and before is not None:
        raise click.UsageError("compare two revisions or two folders, not both")

    def question(asked: Invocation) -> Report:
        from mofconf.answers.plan import report
        from mofconf.plan import plan
        from mofconf.plan.promises import LIMITS, UNLIMITED
        from mofconf.sources.comparing import compare_folders, compare_revisions

        with progress("planning", asked):
            if before is not None and after is not None:
                sides = compare_folders(before, after, asked.project)
            else:
                sides = compare_revisions(asked.directory, revisions or "", asked.project, named=asked.named)
            made = plan(sides.base, sides.head, asked.today, UNLIMITED if exact else LIMITS)
        keep(made)
        return report(made, sides.title, sides.files, sides.notes, sides.ends)

    def leaving(made: Report, asked: Invocation) -> int:
        changes = made.verdict is not None and made.verdict.state not in ("nothing", "moved")
        return exit_code(made, asked) or (CHANGES if detailed_exitcode and changes else CLEAN)

    finish(answer(ctx, given, question, leaving))
