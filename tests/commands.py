"""Runs mofconf's commands inside the tests' own process, as a shell would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from mofconf.cli import mofconf


class Said(NamedTuple):
    """What a command printed, and how it left."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """What it printed, read as JSON."""
        return dict(json.loads(self.out))


def run(*arguments: str | Path, code: int | None = None) -> Said:
    """Run a command. A bug raises; with ``code`` any other exit code does, too."""
    result = CliRunner().invoke(mofconf, [str(one) for one in arguments], prog_name="mofconf")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = Said(result.exit_code, result.stdout, result.stderr)
    if code is not None:
        assert said.code == code, f"left with {said.code}:\n{said.out}\n{said.err}"
    return said
