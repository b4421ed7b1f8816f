"""Small workspaces from YAML text, for tests that say what they need in a few lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from mofconf.diagnostic import Diagnostic
from mofconf.documents import SourceFile
from mofconf.kinds.settings import Settings, read_settings
from mofconf.rules import judge
from mofconf.selectors import Scope
from mofconf.workspace import Workspace, load

TODAY = date(2026, 11, 22)
"""The day of every test that is not about another one."""

_FILE = re.compile(r"(?m)^# file: (.+)\n")


def files_of(text: str) -> dict[str, str]:
    """The files that a text holds: each begins with ``# file: path``; what stands before is ``catalog/a.yaml``."""
    head, *parts = _FILE.split(text)
    files = {"catalog/a.yaml": head} if head.strip() else {}
    return files | dict(zip(parts[::2], parts[1::2], strict=True))


def load_files(files: Mapping[str, str | bytes]) -> Workspace:
    """The workspace of some files. ``mofconf.yaml`` is the project's, as in a repository."""
    sources = {path: SourceFile(path, text.encode() if isinstance(text, str) else text) for path, text in files.items()}
    settings: Settings = read_settings(sources.get("mofconf.yaml"))
    return load(sources, settings)


def estate(text: str) -> Workspace:
    """The workspace of a text with one or several files."""
    return load_files(files_of(text))


def scope(text: str) -> Scope:
    """What selectors are evaluated on."""
    workspace = estate(text)
    return Scope(workspace.catalog, workspace.graph)


def findings(text: str, rule: str = "", today: date = TODAY) -> tuple[Diagnostic, ...]:
    """What the rules find in a text: all of them, or one."""
    return tuple(one for one in judge(estate(text), today) if rule in ("", one.rule))


def told(text: str, rule: str, today: date = TODAY) -> list[str]:
    """The findings of one rule, each as ``file:line:column message``."""
    return [f"{one.place} {one.message}" for one in findings(text, rule, today)]


def marked(text: str, rule: str) -> list[tuple[str, int]]:
    """The lines that a text marks with ``# ! rule``, as file and line."""
    return [
        (path, number)
        for path, content in files_of(text).items()
        for number, line in enumerate(content.splitlines(), 1)
        if f"# ! {rule}" in line
    ]
