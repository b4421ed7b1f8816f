"""The command line: which commands there are. Each is imported when it is asked for, so that ``--help`` is quick."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from mofconf import __version__
from mofconf.cli.options import common
from mofconf.spelling import did_you_mean

COMMANDS: Mapping[str, str] = {
    "plan": "What changes between two revisions, what that breaks, and why.",
    "impact": "What is hit when something fails, changes or goes.",
    "promises": "Whether each SLA is kept, and whether what carries it fits.",
    "availability": "How much of the time things work, and what that hangs on.",
    "cuts": "The smallest sets of failures that take something down.",
    "cfia": "What the failure of each single thing does to each service.",
    "importance": "How much each failure matters to one resource.",
    "recovery": "How long until something is back, in which order, and how much data is lost.",
    "simulate": "How downtime spreads over the months, and how often an agreement is missed.",
    "validate": "Check all resources against schemas and rules.",
    "list": "Resources that a selector matches.",
    "show": "One resource: what it says, what it needs, who needs it.",
    "graph": "Resources and how they hang together, as a tree or a picture.",
    "export": "How a resource fails, for other programs to check.",
    "explain": "What a rule, a kind or a field means.",
    "init": "Start here: write a project file and a first resource.",
    "new": "Write a new resource of a kind.",
    "schema": "The JSON Schema of all kinds or of one, for editors.",
    "demo": "Plan a change of an invented company's catalogue.",
}
"""Every command and what it is for, in the order in which people meet them. Its module has the same name."""

HIDDEN = ("generate",)
"""Commands for those who work on mofconf itself."""

ISSUES = "https://github.com/mofconf/mofconf/issues"


class Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return [*COMMANDS]  # importing the command of that name hides list()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in (*COMMANDS, *HIDDEN):
            return None
        module = importlib.import_module(f"mofconf.cli.{cmd_name}")
        command: click.Command = module.command
        command.help = command.help or COMMANDS.get(cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, and with a suggestion for a misspelt name."""
        name = args[0] if args else ""
        if name and name not in (*COMMANDS, *HIDDEN) and not name.startswith("-"):
            near = did_you_mean(name, COMMANDS)
            ctx.fail(f"there is no command {name}" + (f": {near}" if near else ""))
        return super().resolve_command(ctx, args)


EPILOG = """
\b
Exit codes:
  0   clean
  1   findings at or above --fail-on (default: error)
  2   wrong usage
  3   could not compute: git, a file or a revision is not there
  4   a bug in mofconf
  10  plan --detailed-exitcode: changes, and nothing wrong
"""


@click.command(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="mofconf %(version)s")
@common
@click.pass_context
def mofconf(ctx: click.Context, /, **options: Any) -> None:
    """mofconf tells you what a change breaks before you merge it.

    Services, assets, agreements and teams stand as YAML in git. Start with `mofconf validate`, then `mofconf plan`.
    """
    ctx.obj = {name: value for name, value in options.items() if value not in (None, (), False)}


def main(arguments: Sequence[str] | None = None) -> None:
    """The program. What is wrong with the input is said by the commands; a bug of ours is said in one line."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nobody else's code is to run in here
    gc.disable()  # what is made lives until the end, so looking for garbage only costs time: a factor of three
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: nobody wants to hear it
            setattr(sys, name, open(os.devnull, "w"))  # noqa: PTH123, SIM115  # it stays open until the end
    _run([*arguments] if arguments is not None else None)


def _run(arguments: list[str] | None) -> NoReturn:
    """Run the program, and leave with its exit code: from in here, where all that it made is still held."""
    try:
        mofconf.main(args=arguments, prog_name="mofconf", standalone_mode=False)
    except SystemExit as leaving:
        _leave(leaving.code if isinstance(leaving.code, int) else 0)
    except click.ClickException as wrong:
        wrong.show()
        _leave(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _leave(130)  # as a shell has it for what was interrupted
    except BrokenPipeError:
        # Whoever reads has read enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as bug:  # the one place where everything ends up
        if os.environ.get("MOFCONF_DEBUG"):
            raise
        where = " ".join(sys.argv[1:])
        sys.stderr.write(
            f"mofconf: a bug: {type(bug).__name__}: {bug} (in `mofconf {where}`). Please run it again with "
            f"MOFCONF_DEBUG=1 and report what it prints at {ISSUES}\n"
        )
        _leave(4)
    _leave(0)


def _leave(code: int) -> NoReturn:
    """End the process at once: to take a million objects apart first would cost a fifth of the time."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    os._exit(code)
