"""What git says of a repository that is damaged, closed or none at all, in words that lead on."""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from mofconf.sources.tree import Unavailable, shown


class Damage(NamedTuple):
    """How git complains of something, what that means, and what helps. ``{}`` stands for what the pattern found."""

    complaint: str
    message: str
    next_step: str


_WITHOUT_GIT = "or move it away, and the folder is read without git"

DAMAGES = (
    Damage(
        r"(?:error opening|unable to access|cannot open|could not open) '(?P<place>[^']*)'.*: Permission denied",
        "git may not read {place}: permission denied",
        "give yourself the right to read it, then run the command again",
    ),
    Damage(
        r"invalid gitfile format: (?P<place>.*)",
        "{place} is a file, and does not say where the repository lies (gitdir: FOLDER)",
        f"write that into it, {_WITHOUT_GIT}",
    ),
    Damage(
        r"not a git repository: (?P<place>.*)",
        "the file .git in {folder} leads to {place}, where there is no repository",
        f"bring that repository back (a work tree that was moved: git worktree repair), {_WITHOUT_GIT}",
    ),
    Damage(
        r"not a git repository \(or any ",
        "the .git in {folder} is damaged, so git does not take it for a repository",
        f"compare it with that of a fresh clone (its file HEAD first), {_WITHOUT_GIT}",
    ),
    Damage(
        r"bad config line (?P<line>\d+) in file (?P<place>.*)",
        "git cannot read the settings of the repository in {folder}: line {line} of {place} is wrong",
        "mend that line",
    ),
    Damage(
        r"Invalid path '(?P<place>.*)': No such file or directory",
        "the repository in {folder} has its files elsewhere (its setting core.worktree), and {place} is not there",
        "bring that folder back, or run: git config --file {folder}/.git/config --unset core.worktree",
    ),
    Damage(
        r"(?:(?P<place>\S*index): )?(?:index file smaller than expected|index file corrupt|bad signature|bad index)",
        "the index of the repository in {folder} is damaged",
        "write it anew; it loses what was added and not committed, and no file: "
        "rm {folder}/.git/index && git -C {folder} reset",
    ),
)
"""In the order in which they are tried; git says some of it in more general words, too."""


def damage(complaint: str, folder: str) -> Unavailable | None:
    """The refusal for a complaint that is known. None for any other."""
    for one in DAMAGES:
        found = re.search(one.complaint, complaint)
        if found:
            told = {name: text or "" for name, text in found.groupdict().items()}
            message = one.message.format(**_each(shown, told, folder))
            return Unavailable(message, one.next_step.format(**_each(_word, told, folder)))
    return None


def no_folder(directory: Path) -> Unavailable:
    """Why something that was named as a folder cannot be read as one."""
    name = shown(str(directory))
    try:
        there = stat.S_ISDIR(directory.stat().st_mode)
    except PermissionError:
        there = True
    except OSError:
        return Unavailable(f"{name} does not exist", "name a folder that exists")
    if there:
        return Unavailable(
            f"the folder {name} cannot be opened: permission denied", "give yourself the right to open it"
        )
    return Unavailable(f"{name} is a file, not a folder", "name a folder that exists")


def closed(around: Path) -> Unavailable | None:
    """The refusal for a ``.git`` that may not be opened: git would walk past it as if it were not there."""
    place = around / ".git"
    if not os.path.isdir(place) or os.access(place, os.R_OK | os.X_OK):  # noqa: PTH112 - that of a Path may raise
        return None
    message = f"{shown(str(place))} may not be opened, so git cannot read the repository: permission denied"
    return Unavailable(message, "give yourself the right to open it, then run the command again")


def _each(made: Callable[[str], str], told: Mapping[str, str], folder: str) -> dict[str, str]:
    return {name: made(text) for name, text in {**told, "folder": folder}.items()}


def _word(text: str) -> str:
    return shlex.quote(shown(text))
